/* payment payout, payment charges: what the gateway handed on to the bank, and kept. */
#include "base/limits.h"
#include "cli/register.h"
#include "domain/gateway_payout.h"
#include "render/messages.h"

typedef struct Payout {
    int64_t id, paise;
    Text note;
    PaymentIn payment;
} Payout;

static Status payout_apply(Ctx *ctx, void *argument) {
    Payout *p = argument;
    return gateway_payout_settle(ctx, p->id, p->paise, &p->payment);
}

static Status charge_apply(Ctx *ctx, void *argument) {
    Payout *p = argument;
    return gateway_payout_charge(ctx, p->paise, p->note);
}

static Status run_payout(Cli *cli) {
    Payout p = {0};
    Arena *arena = cli->ctx.arena;
    if (!text_to_int(cli->arguments[0], &p.id))
        return fail(&cli->ctx, NOT_FOUND, NULL, "payment_not_found");
    if (command_has(cli, "charges") && !text_to_paise(command_option(cli, "charges"), &p.paise))
        return command_misuse(cli, "charges", "payout_charges");
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, payout_apply, &p));
    command_print("%.*s came from the gateway; it kept %.*s.\n",
                  TEXT_ARG(message_rupees(arena, p.payment.amount_paise)),
                  TEXT_ARG(message_rupees(arena, p.paise)));
    return OK;
}

static Status run_charges(Cli *cli) {
    Payout p = {.note = command_option(cli, "note")};
    if (!text_to_paise(cli->arguments[0], &p.paise))
        return command_misuse(cli, "charges", "payout_charges");
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, charge_apply, &p));
    command_print("The gateway kept %.*s.\n",
                  TEXT_ARG(message_rupees(cli->ctx.arena, p.paise)));
    return OK;
}

static const Option payout_options[] = {
    {"charges", "RUPEES", false, "what the gateway kept of it; nothing when left out"},
    {NULL, NULL, false, NULL},
};
static const Option charges_options[] = {
    {"note", "TEXT", false, "the gateway's bill"},
    {NULL, NULL, false, NULL},
};

extern const Command payout_commands[];
const Command payout_commands[] = {
    {"payment payout", "ID", 1, payout_options, run_payout,
     "an open credit of the bank is the gateway's payout",
     "ID as in payment list. Lines of a statement that name the gateway are settled by the import.",
     false},
    {"payment charges", "RUPEES", 1, charges_options, run_charges,
     "record what the gateway kept for itself", NULL, false},
    {.words = NULL},
};
