/* oddity list, show, decide, suspend, find, rule: what looks odd in how people join and pay. */
#include "base/clock.h"
#include "base/limits.h"
#include "cli/register.h"
#include "domain/denial.h"
#include "domain/oddity_look.h"
#include "domain/oddity_members.h"

enum { PAGE_MAX = 100 };

typedef struct Shown {
    Oddity oddity;
    Enroller enroller;
    Unit unit;
} Shown;

typedef struct Listing {
    Text unit_code;
    OddityFilter filter;
    int64_t before, total;
    Oddity page[PAGE_MAX];
    Shown shown[PAGE_MAX];
    int count;
} Listing;

static Status show(Ctx *ctx, const Oddity *o, Shown *ret) {
    ret->oddity = *o;
    TRY(unit_by_id(ctx, o->unit_id, &ret->unit));
    return denial_enroller(ctx, o->enrolled_by, o->enroller_serial, &ret->enroller);
}

static Status list_apply(Ctx *ctx, void *argument) {
    Listing *l = argument;
    Unit top = {.id = ctx->org->root_unit_id};
    if (l->unit_code.len) TRY(unit_by_code(ctx, l->unit_code, &top));
    l->filter.unit_id = top.id;
    TRY(oddity_count(ctx, &l->filter, &l->total));
    TRY(oddity_list(ctx, &l->filter, l->before, l->page, PAGE_MAX, &l->count));
    for (int i = 0; i < l->count; i++) TRY(show(ctx, &l->page[i], &l->shown[i]));
    return OK;
}

static void print_oddity(Cli *cli, const Shown *s) {
    const Oddity *o = &s->oddity;
    char first[11], last[11];
    clock_iso_day(clock_day(o->first_at, cli->org.zone_offset_s), first);
    clock_iso_day(clock_day(o->last_at, cli->org.zone_offset_s), last);
    command_print("%5lld  %-8.*s  %-11.*s  %s %s  %-10.*s  %6lld", (long long)o->id,
                  TEXT_ARG(oddity_state_text(o->state)), TEXT_ARG(oddity_kind_text(o->kind)), first,
                  last, TEXT_ARG(s->unit.code), (long long)o->found);
    if (o->out_of) command_print(" of %lld", (long long)o->out_of);
    if (s->enroller.number.len) command_print("  %.*s", TEXT_ARG(s->enroller.number));
    if (o->enrolled_by)
        command_print("  token %lld %.*s", (long long)o->enrolled_by, TEXT_ARG(s->enroller.label));
    command_print("%s\n", o->several ? " and others" : "");
}

static Status read_filter(Cli *cli, Listing *l) {
    OddityKind kind;
    OddityState state = ODDITY_OPEN;
    l->filter.kind = command_option(cli, "kind");
    l->filter.state = command_option(cli, "state");
    l->unit_code = command_option(cli, "unit");
    if (l->filter.kind.len && !oddity_kind_parse(l->filter.kind, &kind))
        return command_misuse(cli, "kind", "oddity_kind_unknown");
    if (l->filter.state.len && !oddity_state_parse(l->filter.state, &state))
        return command_misuse(cli, "state", "oddity_state_unknown");
    l->filter.decided = state == ODDITY_FINE || state == ODDITY_ACTED;
    return OK;
}

static Status run_list(Cli *cli) {
    Listing *l = ARENA_NEW(cli->ctx.arena, Listing);
    TRY(read_filter(cli, l));
    TRY(register_open(cli, STORE_COMMAND));
    do {
        TRY(lane_read(cli->store, &cli->ctx, list_apply, l));
        for (int i = 0; i < l->count; i++) print_oddity(cli, &l->shown[i]);
        if (l->count) l->before = l->page[l->count - 1].id;
    } while (l->count == PAGE_MAX);
    command_print("%lld odd%s\n", (long long)l->total, l->total == 1 ? " thing" : " things");
    return OK;
}

typedef struct Act {
    int64_t id, after;
    OddityState to;
    Text note;
    Shown shown;
    OddityMembers members;
    int count;
    bool more;
} Act;

static Status members_apply(Ctx *ctx, void *argument) {
    Act *a = argument;
    Oddity o;
    TRY(oddity_read(ctx, a->id, &o));
    TRY(show(ctx, &o, &a->shown));
    return oddity_members(ctx, &o, a->after, PAGE_MAX, &a->members);
}

static Status decide_apply(Ctx *ctx, void *argument) {
    Act *a = argument;
    Oddity o;
    TRY(oddity_decide(ctx, a->id, a->to, a->note, &o));
    return show(ctx, &o, &a->shown);
}

static Status suspend_apply(Ctx *ctx, void *argument) {
    Act *a = argument;
    return oddity_members_suspend(ctx, a->id, a->note, &a->count, &a->more);
}

static Status read_id(Cli *cli, Act *a) {
    bool good = text_to_int(cli->arguments[0], &a->id);
    return good ? OK : fail(&cli->ctx, NOT_FOUND, NULL, "oddity_not_found");
}

static Status run_show(Cli *cli) {
    Act a = {.after = -1};
    bool first = true;
    TRY(read_id(cli, &a));
    TRY(register_open(cli, STORE_COMMAND));
    do {
        TRY(lane_write(cli->store, &cli->ctx, members_apply, &a));
        if (first) print_oddity(cli, &a.shown);
        first = false;
        for (int i = 0; i < a.members.count; i++) {
            const OddityMember *m = &a.members.list[i];
            char number[NUMBER_TEXT_MAX];
            command_print("  %.*s  %-11.*s  %-10.*s  %.*s\n",
                          (int)number_text(&m->member.number, number), number,
                          TEXT_ARG(member_state_text(m->member.state)), TEXT_ARG(m->unit_code),
                          TEXT_ARG(m->member.name));
        }
        a.after = a.members.after;
    } while (a.after >= 0);
    if (a.shown.oddity.note.len) command_print("  %.*s\n", TEXT_ARG(a.shown.oddity.note));
    return OK;
}

static Status run_decide(Cli *cli) {
    Act a = {.note = command_option(cli, "note")};
    TRY(read_id(cli, &a));
    if (!oddity_state_parse(command_option(cli, "state"), &a.to))
        return command_misuse(cli, "state", "oddity_state_unknown");
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, decide_apply, &a));
    print_oddity(cli, &a.shown);
    return OK;
}

static Status run_suspend(Cli *cli) {
    Act a = {.note = command_option(cli, "reason")};
    int64_t total = 0;
    TRY(read_id(cli, &a));
    TRY(register_open(cli, STORE_COMMAND));
    do {
        TRY(lane_write(cli->store, &cli->ctx, suspend_apply, &a));
        total += a.count;
    } while (a.more);
    command_print("%lld membership%s on hold.\n", (long long)total, total == 1 ? " is" : "s are");
    return OK;
}

static Status look_apply(Ctx *ctx, void *look) { return oddity_look(ctx, look); }
static Status keep_apply(Ctx *ctx, void *look) { return oddity_look_keep(ctx, look); }

static Status run_find(Cli *cli) {
    OddityLook look = {.more = true};
    TRY(register_open(cli, STORE_COMMAND));
    while (look.more) {
        TRY(lane_read(cli->store, &cli->ctx, look_apply, &look));
        if (oddity_look_is_new(&look)) TRY(lane_write(cli->store, &cli->ctx, keep_apply, &look));
    }
    command_print("Looked at all who joined.\n");
    return OK;
}

static Status rule_read_apply(Ctx *ctx, void *argument) {
    OddityRule *rules = argument;
    for (int i = 0; i < ODDITY_KIND_COUNT; i++)
        TRY(oddity_rule_read(ctx, (OddityKind)i, &rules[i]));
    return OK;
}

static Status rule_set_apply(Ctx *ctx, void *rule) { return oddity_rule_set(ctx, rule); }

static Status change_rule(Cli *cli, OddityRule rules[ODDITY_KIND_COUNT]) {
    OddityKind kind;
    if (!command_has(cli, "kind")) return OK;
    if (!oddity_kind_parse(command_option(cli, "kind"), &kind))
        return command_misuse(cli, "kind", "oddity_kind_unknown");
    OddityRule *rule = &rules[kind];
    TRY(command_int(cli, "many", rule->many, 0, INT64_MAX, &rule->many));
    TRY(command_int(cli, "minutes", rule->minutes, 0, INT64_MAX, &rule->minutes));
    return lane_write(cli->store, &cli->ctx, rule_set_apply, rule);
}

static Status run_rule(Cli *cli) {
    OddityRule rules[ODDITY_KIND_COUNT];
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_read(cli->store, &cli->ctx, rule_read_apply, rules));
    TRY(change_rule(cli, rules));
    for (int i = 0; i < ODDITY_KIND_COUNT; i++) {
        command_print("%-12.*s from %lld on", TEXT_ARG(oddity_kind_text(rules[i].kind)),
                      (long long)rules[i].many);
        if (rules[i].minutes) command_print(" within %lld minutes", (long long)rules[i].minutes);
        command_print("\n");
    }
    return OK;
}

static const Option list_options[] = {
    {"kind", "KIND", false, "only these; the kinds are those of oddity rule"},
    {"state", "open|examined|fine|acted", false, "open and examined when left out"},
    {"unit", "CODE", false, "in this unit with all below; everywhere when left out"},
    {NULL, NULL, false, NULL},
};
static const Option decide_options[] = {
    {"state", "examined|fine|acted", true, "what it is now"},
    {"note", "TEXT", false, "what you found; no personal data"},
    {NULL, NULL, false, NULL},
};
static const Option suspend_options[] = {
    {"reason", "TEXT", true, "why; no personal data"},
    {NULL, NULL, false, NULL},
};
static const Option rule_options[] = {
    {"kind", "KIND", false, "the one to change"},
    {"many", "N", false, "how many make it odd; for seen: after how many days"},
    {"minutes", "N", false, "for a burst: within how many minutes"},
    {NULL, NULL, false, NULL},
};

const Command oddity_commands[] = {
    {"oddity list", "", 0, list_options, run_list, "what looks odd and you should look into",
     "Each with when it was first and last seen, the unit, how many, and who enrolled.", false},
    {"oddity show", "ID", 1, NULL, run_show, "one of them, with the members concerned",
     "That you looked is recorded with each member.", false},
    {"oddity decide", "ID", 1, decide_options, run_decide, "record what you found", NULL, false},
    {"oddity suspend", "ID", 1, suspend_options, run_suspend,
     "put all its members on hold, until each is looked at", NULL, false},
    {"oddity find", "", 0, NULL, run_find, "look at who joined since the last look",
     "The server does the same by itself, every minute.", false},
    {"oddity rule", "", 0, rule_options, run_rule, "show or set from how many on something is odd",
     NULL, false},
    {.words = NULL},
};
