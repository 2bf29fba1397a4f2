/* denial list, decide; refund list, settle: who says not to have joined, and the fees that go
 * back for it. */
#include "base/clock.h"
#include "cli/register.h"
#include "domain/audit.h"
#include "domain/denial.h"
#include "domain/refund.h"
#include "render/messages.h"

enum { PAGE_MAX = 100 };

static void print_enroller(const Enroller *e) {
    if (e->number.len) command_print("  %.*s", TEXT_ARG(e->number));
    if (e->label.len) command_print("  token %.*s", TEXT_ARG(e->label));
    command_print("\n");
}

typedef struct Denials {
    Text unit_code, state;
    int64_t unit_id, before;
    bool begun;
    Denial page[PAGE_MAX];
    DenialCount counts[PAGE_MAX];
    int count, counts_count;
} Denials;

static Status denials_apply(Ctx *ctx, void *argument) {
    Denials *d = argument;
    if (!d->before) {
        TRY(register_begin_list(ctx, "denial.list", d->unit_code, &d->unit_id));
        TRY(denial_counts(ctx, d->unit_id, d->counts, PAGE_MAX, &d->counts_count));
    }
    return denial_list(ctx, d->unit_id, d->state, d->before, d->page, PAGE_MAX, &d->count);
}

static Status run_denials(Cli *cli) {
    Denials *d = ARENA_NEW(cli->ctx.arena, Denials);
    d->unit_code = command_option(cli, "unit");
    d->state = command_option(cli, "state");
    int64_t total = 0;
    TRY(register_open(cli, STORE_COMMAND));
    do {
        TRY(lane_write(cli->store, &cli->ctx, denials_apply, d));
        for (int i = 0; i < d->count; i++) {
            command_print("%5lld  %-9.*s  ", (long long)d->page[i].id,
                          TEXT_ARG(d->page[i].state));
            register_print_day(cli, d->page[i].at);
            command_print("%.*s  %-10.*s %-8.*s", TEXT_ARG(d->page[i].number),
                          TEXT_ARG(d->page[i].unit_code), TEXT_ARG(d->page[i].how));
            print_enroller(&d->page[i].enroller);
            d->before = d->page[i].id;
        }
        total += d->count;
    } while (d->count == PAGE_MAX);
    command_print("%lld denials\n", (long long)total);
    for (int i = 0; i < d->counts_count; i++) {
        command_print("%5lld  %5lld upheld  %-10.*s", (long long)d->counts[i].denials,
                      (long long)d->counts[i].upheld,
                      TEXT_ARG(d->counts[i].unit_code));
        print_enroller(&d->counts[i].enroller);
    }
    return OK;
}

typedef struct Deciding {
    int64_t id;
    bool upheld;
    Text reason;
    Denial denial;
} Deciding;

static Status decide_apply(Ctx *ctx, void *argument) {
    Deciding *d = argument;
    return denial_decide(ctx, d->id, d->upheld, d->reason, &d->denial);
}

static Status run_decide(Cli *cli) {
    Deciding d = {.upheld = text_eq(command_option(cli, "as"), T("upheld")),
                  .reason = command_option(cli, "reason")};
    if (!text_to_int(cli->arguments[0], &d.id))
        return fail(&cli->ctx, NOT_FOUND, NULL, "denial_not_found");
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, decide_apply, &d));
    command_print("%.*s  %.*s\n", TEXT_ARG(d.denial.number), TEXT_ARG(d.denial.state));
    return OK;
}

typedef struct Refunds {
    RefundDue page[PAGE_MAX];
    const RefundDue *after;
    int count;
    Text number, from;
    int64_t paise;
} Refunds;

static Status refunds_apply(Ctx *ctx, void *argument) {
    Refunds *r = argument;
    return refund_due_list(ctx, r->after, r->page, PAGE_MAX, &r->count);
}

static Status run_refunds(Cli *cli) {
    Refunds *r = ARENA_NEW(cli->ctx.arena, Refunds);
    RefundDue last;
    int64_t total = 0;
    TRY(register_open(cli, STORE_COMMAND));
    do {
        TRY(lane_read(cli->store, &cli->ctx, refunds_apply, r));
        for (int i = 0; i < r->count; i++) {
            register_print_day(cli, r->page[i].since);
            command_print("%.*s  %10.*s  %.*s\n", TEXT_ARG(r->page[i].number),
                          TEXT_ARG(message_rupees(cli->ctx.arena, r->page[i].paise)),
                          TEXT_ARG(r->page[i].reason));
        }
        total += r->count;
        if (r->count) last = r->page[r->count - 1], r->after = &last;
    } while (r->count == PAGE_MAX);
    command_print("%lld fee%s to give back\n", (long long)total, total == 1 ? "" : "s");
    return OK;
}

static Status settle_apply(Ctx *ctx, void *argument) {
    Refunds *r = argument;
    Member m;
    TRY(member_by_number(ctx, r->number, &m));
    return refund_due_settle(ctx, m.serial, r->from, &r->paise);
}

static Status run_settle(Cli *cli) {
    Refunds *r = ARENA_NEW(cli->ctx.arena, Refunds);
    r->number = cli->arguments[0];
    r->from = command_option(cli, "from");
    if (text_eq(r->from, T("cash"))) r->from = T("cash:server");
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, settle_apply, r));
    command_print("%.*s went back.\n", TEXT_ARG(message_rupees(cli->ctx.arena, r->paise)));
    return OK;
}

static const Option list_options[] = {
    {"unit", "CODE", false, "the unit, with all below; everywhere when left out"},
    {"state", "open|upheld|withdrawn", false, "only these"},
    {NULL, NULL, false, NULL},
};
static const Option decide_options[] = {
    {"as", "upheld|withdrawn", true, "true, or taken back by the member"},
    {"reason", "TEXT", true, "what you found; no personal data"},
    {NULL, NULL, false, NULL},
};
static const Option settle_options[] = {
    {"from", "bank|gateway|cash", true, "out of which money it went back"},
    {NULL, NULL, false, NULL},
};

const Command denial_commands[] = {
    {"denial list", "", 0, list_options, run_denials, "who says “I did not join”, by enroller",
     "Counted by enroller and unit. That you looked is recorded.", false},
    {"denial decide", "ID", 1, decide_options, run_decide, "record what you found",
     "Upheld: the membership ends and a fee goes to refund list. Withdrawn: it is as before.",
     false},
    {"refund list", "", 0, NULL, run_refunds, "fees to return", NULL, false},
    {"refund settle", "NUMBER", 1, settle_options, run_settle, "record that a fee was returned",
     NULL, false},
    {.words = NULL},
};
