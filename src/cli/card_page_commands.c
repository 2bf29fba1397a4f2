/* What members did on their card pages: denial list; correction list, accept, refuse; and
 * member new-address for whoever can not do it alone; member photo-off. */
#include "base/clock.h"
#include "base/limits.h"
#include "cli/register.h"
#include "domain/audit.h"
#include "domain/card.h"
#include "domain/correction.h"
#include "domain/member_card.h"
#include "domain/member_guardian.h"
#include "domain/member_photo.h"
#include "domain/reason.h"

enum { PAGE_MAX = 100 };

typedef struct Corrections {
    Text unit_code;
    int64_t unit_id, after;
    Correction page[PAGE_MAX];
    Member members[PAGE_MAX];
    int count;
} Corrections;

static Status corrections_apply(Ctx *ctx, void *argument) {
    Corrections *c = argument;
    if (!c->after) TRY(register_begin_list(ctx, "correction.list", c->unit_code, &c->unit_id));
    TRY(correction_list(ctx, c->unit_id, c->after, c->page, PAGE_MAX, &c->count));
    for (int i = 0; i < c->count; i++)
        TRY(member_by_serial(ctx, c->page[i].serial, &c->members[i]));
    return OK;
}

static Status run_corrections(Cli *cli) {
    Corrections *c = ARENA_NEW(cli->ctx.arena, Corrections);
    c->unit_code = command_option(cli, "unit");
    int64_t total = 0;
    TRY(register_open(cli, STORE_COMMAND));
    do {
        TRY(lane_write(cli->store, &cli->ctx, corrections_apply, c));
        for (int i = 0; i < c->count; i++) {
            char number[NUMBER_TEXT_MAX];
            const Correction *one = &c->page[i];
            (void)number_text(&c->members[i].number, number);
            command_print("%5lld  ", (long long)one->id);
            register_print_day(cli, one->asked_at);
            command_print("%s  %.*s  ->  %.*s%s%.*s\n", number, TEXT_ARG(c->members[i].name),
                          TEXT_ARG(one->name), one->name_alt.len ? " / " : "",
                          TEXT_ARG(one->name_alt));
            c->after = one->id;
        }
        total += c->count;
    } while (c->count == PAGE_MAX);
    command_print("%lld to decide\n", (long long)total);
    return OK;
}

typedef struct Deciding {
    int64_t id;
    bool accept;
    Text reason;
    Member member;
} Deciding;

static Status decide_apply(Ctx *ctx, void *argument) {
    Deciding *d = argument;
    return correction_decide(ctx, d->id, d->accept, d->reason, &d->member);
}

static Status decide(Cli *cli, bool accept) {
    Deciding d = {.accept = accept, .reason = command_option(cli, "reason")};
    if (!text_to_int(cli->arguments[0], &d.id))
        return fail(&cli->ctx, INVALID, NULL, "correction_not_found");
    TRY(reason_check(&cli->ctx, &d.reason));
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, decide_apply, &d));
    char number[NUMBER_TEXT_MAX];
    (void)number_text(&d.member.number, number);
    command_print("%s is %.*s; card issue %lld.\n", number, TEXT_ARG(d.member.name),
                  (long long)d.member.card_issue);
    return OK;
}

static Status run_accept(Cli *cli) { return decide(cli, true); }
static Status run_refuse(Cli *cli) { return decide(cli, false); }

typedef struct Moving {
    Text number;
    Card card;
} Moving;

static Status move_apply(Ctx *ctx, void *argument) {
    Moving *m = argument;
    Member member;
    TRY(member_by_number(ctx, m->number, &member));
    TRY(card_load(ctx, member.serial, false, &m->card));
    return member_card_new_address(ctx, &m->card.member);
}

static Status run_new_address(Cli *cli) {
    Moving *m = ARENA_NEW(cli->ctx.arena, Moving);
    m->number = cli->arguments[0];
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, move_apply, m));
    TRY(card_sign(&cli->ctx, NULL, &m->card));
    command_print("card        %.*s%.*s\n", TEXT_ARG(cli->org.base_url),
                  TEXT_ARG(m->card.page_path));
    return OK;
}

typedef struct Growing {
    Text number;
    Member member;
} Growing;

static Status of_age_apply(Ctx *ctx, void *argument) {
    Growing *g = argument;
    return member_guardian_end(ctx, g->number, &g->member);
}

static Status run_of_age(Cli *cli) {
    Growing g = {.number = cli->arguments[0]};
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, of_age_apply, &g));
    char number[NUMBER_TEXT_MAX];
    (void)number_text(&g.member.number, number);
    command_print("%s is of age; the guardian is forgotten. Phone: %.*s.\n", number,
                  TEXT_ARG(g.member.phone_proof));
    return OK;
}

typedef struct TakingOff {
    Text number, reason;
    Member member;
} TakingOff;

static Status take_off_apply(Ctx *ctx, void *argument) {
    TakingOff *t = argument;
    return member_photo_take_off(ctx, t->number, t->reason, &t->member);
}

static Status run_photo_off(Cli *cli) {
    TakingOff t = {.number = cli->arguments[0], .reason = command_option(cli, "reason")};
    TRY(reason_check(&cli->ctx, &t.reason));
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, take_off_apply, &t));
    char number[NUMBER_TEXT_MAX];
    (void)number_text(&t.member.number, number);
    command_print("%s has no photo on the card any more; the card page says why.\n", number);
    return OK;
}

static const Option unit_options[] = {
    {"unit", "CODE", false, "the unit, with all below it; everywhere when left out"},
    {NULL, NULL, false, NULL},
};
static const Option reason_options[] = {
    {"reason", "TEXT", true, "why; kept in the register, shown to nobody outside"},
    {NULL, NULL, false, NULL},
};

static const Option photo_off_options[] = {
    {"reason", "TEXT", true, "why; the member reads it on the card page"},
    {NULL, NULL, false, NULL},
};

const Command card_page_commands[] = {
    {"member new-address", "NUMBER", 1, NULL, run_new_address,
     "give the card page a new address; the old one then says so", NULL, false},
    {"member of-age", "NUMBER", 1, NULL, run_of_age,
     "a minor has turned 18: remove the guardian",
     "Only needed in the year of the birthday: from the January after it this happens by itself.",
     false},
    {"member photo-off", "NUMBER", 1, photo_off_options, run_photo_off,
     "take an unfit photo off the card, and tell the member why", NULL, false},
    {"correction list", "", 0, unit_options, run_corrections,
     "names that members ask for and you decide", NULL, false},
    {"correction accept", "ID", 1, reason_options, run_accept,
     "the name as asked, with a new card", NULL, false},
    {"correction refuse", "ID", 1, reason_options, run_refuse,
     "the name stays as it is", NULL, false},
    {.words = NULL},
};
