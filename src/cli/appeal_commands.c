/* payment appeals, decide: what the rejected say, and the answer. */
#include "base/clock.h"
#include "cli/register.h"
#include "domain/appeal.h"

enum { PAGE = 50 };

typedef struct Listing {
    int64_t after;
    Appeal list[PAGE];
    Text references[PAGE];
    int count;
} Listing;

static Status list_apply(Ctx *ctx, void *argument) {
    Listing *l = argument;
    TRY(appeal_list(ctx, l->after, l->list, PAGE, &l->count));
    for (int i = 0; i < l->count; i++)
        l->references[i] = fee_order_reference(ctx, l->list[i].order_id);
    return OK;
}

static Status run_appeals(Cli *cli) {
    Listing *l = ARENA_NEW(cli->ctx.arena, Listing);
    TRY(register_open(cli, STORE_READ_ONLY));
    do {
        TRY(lane_read(cli->store, &cli->ctx, list_apply, l));
        for (int i = 0; i < l->count; i++) {
            char day[11];
            const Appeal *a = &l->list[i];
            clock_iso_day(clock_day(a->at, cli->org.zone_offset_s), day);
            command_print("%6lld  %s  %.*s\n", (long long)a->id, day, TEXT_ARG(l->references[i]));
            command_print("        %.*s\n", TEXT_ARG(a->text));
            l->after = a->id;
        }
    } while (l->count == PAGE);
    if (!l->after) command_print("Nothing.\n");
    return OK;
}

typedef struct Decision {
    int64_t id;
    bool restore;
    Text answer;
    FeeOrder order;
} Decision;

static Status decide_apply(Ctx *ctx, void *argument) {
    Decision *d = argument;
    return appeal_decide(ctx, d->id, d->restore, d->answer, &d->order);
}

static Status run_decide(Cli *cli) {
    Decision d = {.restore = command_has(cli, "restore"), .answer = command_option(cli, "answer")};
    if (command_has(cli, "keep") == d.restore)
        return command_misuse(cli, "keep", "appeal_choice");
    if (!text_to_int(cli->arguments[0], &d.id))
        return fail(&cli->ctx, NOT_FOUND, NULL, "appeal_not_found");
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, decide_apply, &d));
    command_print(d.restore ? "Restored; the order's page shows the answer.\n"
                            : "Kept rejected; the order's page shows the answer.\n");
    return OK;
}

static const Option decide_options[] = {
    {"restore", NULL, false, "their cards are provisional again"},
    {"keep", NULL, false, "the decision stays"},
    {"answer", "TEXT", true, "for them to read; no personal data"},
    {NULL, NULL, false, NULL},
};

const Command appeal_commands[] = {
    {"payment appeals", "", 0, NULL, run_appeals,
     "requests to check again, from people whose payment was refused",
     "What they write may be personal: it is deleted after the decision.", false},
    {"payment decide", "ID", 1, decide_options, run_decide, "decide such a request", NULL, false},
    {.words = NULL},
};
