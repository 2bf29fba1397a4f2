/* tally and rebuild: the counts, and making them again. */
#include <limits.h>

#include "base/clock.h"
#include "cli/progress.h"
#include "cli/register.h"
#include "domain/rebuild.h"
#include "render/messages.h"

enum { TALLY_DAYS = 30, REBUILD_CHUNK = 500 };

typedef struct Question {
    Text unit_code;
    bool by_child, by_day;
    Unit unit;
    Tally tally;
    TallyChild *children;
    int child_count;
    TallyDay days[TALLY_DAYS];
} Question;

static Status ask_apply(Ctx *ctx, void *argument) {
    Question *q = argument;
    if (q->unit_code.len)
        TRY(unit_by_code(ctx, q->unit_code, &q->unit));
    else
        TRY(unit_by_id(ctx, ctx->org->root_unit_id, &q->unit));
    TRY(tally_read(ctx, q->unit.id, &q->tally));
    int64_t today = organisation_day(ctx);
    bool more;
    if (q->by_child)
        TRY(tally_children(ctx, q->unit.id, today, INT_MAX, &q->children, &q->child_count, &more));
    if (q->by_day) TRY(tally_days(ctx, q->unit.id, today - TALLY_DAYS + 1, today, q->days));
    return OK;
}

static void print_figure(Cli *cli, const char *name, int64_t value) {
    command_print("  %-18s %12.*s\n", name, TEXT_ARG(message_number(cli->ctx.arena, value)));
}

static void print_tally(Cli *cli, const Tally *t) {
    print_figure(cli, "members", t->members);
    print_figure(cli, "  provisional", t->provisional);
    print_figure(cli, "  suspended", t->suspended);
    print_figure(cli, "  rural", t->rural);
    print_figure(cli, "  urban", t->urban);
    print_figure(cli, "  women", t->women);
    print_figure(cli, "  men", t->men);
    print_figure(cli, "  other or not said", t->other_gender);
    print_figure(cli, "  phone confirmed", t->phone_confirmed);
    print_figure(cli, "  fee proved", t->fee_proved);
    print_figure(cli, "ever joined", t->ever_joined);
    print_figure(cli, "ended", t->ended);
}

static Status run_tally(Cli *cli) {
    Question q = {.unit_code = command_option(cli, "unit")};
    Text by = command_option(cli, "by");
    q.by_child = text_eq(by, T("child"));
    q.by_day = text_eq(by, T("day"));
    if (by.len && !q.by_child && !q.by_day) return command_misuse(cli, NULL, "tally_by_form");
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_read(cli->store, &cli->ctx, ask_apply, &q));
    command_print("%.*s  %.*s\n", TEXT_ARG(q.unit.code),
                  TEXT_ARG(unit_name(&q.unit, cli->ctx.lang)));
    if (!by.len) print_tally(cli, &q.tally);
    for (int i = 0; i < q.child_count; i++) {
        const TallyChild *c = &q.children[i];
        command_print("  %-14.*s %12.*s  %.*s\n", TEXT_ARG(c->unit.code),
                      TEXT_ARG(message_number(cli->ctx.arena, c->tally.members)),
                      TEXT_ARG(unit_name(&c->unit, cli->ctx.lang)));
    }
    for (int i = 0; q.by_day && i < TALLY_DAYS; i++) {
        char day[11];
        clock_iso_day(q.days[i].day, day);
        command_print("  %s  joined %8.*s  ended %8.*s\n", day,
                      TEXT_ARG(message_number(cli->ctx.arena, q.days[i].joined)),
                      TEXT_ARG(message_number(cli->ctx.arena, q.days[i].ended)));
    }
    return OK;
}

static Status compare_apply(Ctx *ctx, void *argument) { return rebuild_compare(ctx, argument); }

typedef struct Mending {
    const Rebuild *rebuild;
    int64_t from;
} Mending;

static Status mend_apply(Ctx *ctx, void *argument) {
    const Mending *m = argument;
    return rebuild_mend(ctx, m->rebuild, m->from, REBUILD_CHUNK);
}

static Status run_rebuild(Cli *cli) {
    TRY(register_open(cli, STORE_COMMAND));
    bool only_check = command_has(cli, "check");
    if (only_check) TRY(store_check_integrity(cli->store, &cli->ctx));
    Rebuild rebuild;
    TRY(lane_read(cli->store, &cli->ctx, compare_apply, &rebuild));
    ErrorArg counts[] = {{"members", message_number(cli->ctx.arena, rebuild.members)},
                         {"differences", message_number(cli->ctx.arena, rebuild.count)}};
    if (only_check) {
        command_say(cli, "rebuild_checked", counts, 2);
        cli->exit_code = rebuild.count ? 1 : 0;
        return OK;
    }
    Progress progress = progress_begin(&cli->ctx, "progress_rebuilding");
    for (Mending m = {&rebuild, 0}; m.from < rebuild.count; m.from += REBUILD_CHUNK) {
        TRY(lane_write(cli->store, &cli->ctx, mend_apply, &m));
        progress_update(&progress, m.from, rebuild.count);
    }
    progress_end(&progress, rebuild.count);
    command_say(cli, "rebuild_mended", counts, 2);
    return OK;
}

static const Option tally_options[] = {
    {"unit", "CODE", false, "which unit, with all below it; the whole when left out"},
    {"by", "child|day", false, "its units one by one, or the last 30 days"},
    {NULL, NULL, false, NULL},
};
static const Option rebuild_options[] = {
    {"check", NULL, false, "only compare; exit code 1 when there is a difference"},
    {NULL, NULL, false, NULL},
};

const Command tally_commands[] = {
    {"tally", "", 0, tally_options, run_tally, "the counts of a unit with all below it", NULL,
     false},
    {"rebuild", "", 0, rebuild_options, run_rebuild, "count everything again from the members",
     "Members who join meanwhile are not lost: differences are found in one snapshot and added.",
     false},
    {.words = NULL},
};
