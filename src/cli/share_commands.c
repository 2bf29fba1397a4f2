/* share set, show, due, pay: what part of the fees belongs to which units. */
#include "base/clock.h"
#include "base/limits.h"
#include "cli/register.h"
#include "cli/sheet_file.h"
#include "domain/receipt.h"
#include "domain/unit_share.h"
#include "render/messages.h"
#include "web/money_sheet.h"

enum { UNITS_MAX = 200000 };

typedef struct Act {
    UnitShareSet set, sets[UNIT_SHARE_SETS_MAX];
    UnitShareDue *due;
    int count;
    int64_t first, last, paise;
    Text unit, from, note;
    UnitShareLook look;
} Act;

static Status set_apply(Ctx *ctx, void *argument) {
    return unit_share_set(ctx, &((Act *)argument)->set);
}

static Status show_apply(Ctx *ctx, void *argument) {
    Act *a = argument;
    return unit_share_sets(ctx, a->sets, &a->count);
}

static Status due_apply(Ctx *ctx, void *argument) {
    Act *a = argument;
    return unit_share_due(ctx, a->first, a->last, UNITS_MAX, &a->due, &a->count);
}

static Status look_apply(Ctx *ctx, void *argument) {
    Act *a = argument;
    return unit_share_look(ctx, a->unit, &a->look);
}

static Status pay_apply(Ctx *ctx, void *argument) {
    Act *a = argument;
    int64_t paise = a->paise;
    Status status = unit_share_pay(ctx, a->unit, &a->look, paise, a->from, a->note, &a->paise);
    if (status != OK) a->paise = paise;
    return status;
}

static Status day_option(Cli *cli, const char *name, int64_t otherwise, int64_t *ret) {
    *ret = otherwise;
    if (!command_has(cli, name) || clock_parse_day(command_option(cli, name), ret)) return OK;
    return command_misuse(cli, name, "ledger_date");
}

static int64_t today(const Cli *cli) {
    return organisation_day(&cli->ctx);
}

static void print_set(const UnitShareSet *set) {
    char day[11];
    clock_iso_day(set->from_day, day);
    command_print("from %s ", day);
    for (int i = 0; i < set->count; i++)
        command_print(" %.*s=%lld.%02lld", TEXT_ARG(set->levels[i].kind),
                      (long long)set->levels[i].basis_points / 100,
                      (long long)set->levels[i].basis_points % 100);
    command_print("\n");
}

static Status run_set(Cli *cli) {
    Act *a = ARENA_NEW(cli->ctx.arena, Act);
    if (!unit_share_parse(cli->arguments[0], &a->set))
        return command_misuse(cli, "parts", "share_form");
    TRY(register_open(cli, STORE_COMMAND));
    TRY(day_option(cli, "from", today(cli), &a->set.from_day));
    TRY(lane_write(cli->store, &cli->ctx, set_apply, a));
    print_set(&a->set);
    return OK;
}

static Status run_show(Cli *cli) {
    Act *a = ARENA_NEW(cli->ctx.arena, Act);
    TRY(register_open(cli, STORE_READ_ONLY));
    TRY(lane_read(cli->store, &cli->ctx, show_apply, a));
    for (int i = 0; i < a->count; i++) print_set(&a->sets[i]);
    if (!a->count) command_print("No parts are set: all fees stay with the whole.\n");
    return OK;
}

static Text signed_rupees(Arena *arena, int64_t paise) {
    Text amount = message_rupees(arena, paise < 0 ? -paise : paise);
    return paise < 0 ? arena_printf(arena, "-%.*s", TEXT_ARG(amount)) : amount;
}

static Status run_due(Cli *cli) {
    Act *a = ARENA_NEW(cli->ctx.arena, Act);
    Arena *arena = cli->ctx.arena;
    Text path = command_option(cli, "out");
    TRY(sheet_file_check(cli, path));
    TRY(register_open(cli, STORE_READ_ONLY));
    int64_t year = receipt_financial_year(cli->ctx.now_s, cli->org.zone_offset_s);
    TRY(day_option(cli, "from", clock_day_of((int)year, 4, 1), &a->first));
    TRY(day_option(cli, "to", today(cli), &a->last));
    TRY(lane_read(cli->store, &cli->ctx, due_apply, a));
    if (path.len) {
        Sheet sheet;
        money_sheet_shares(&cli->ctx, a->first, a->last, a->due, a->count, &sheet);
        return sheet_file_write(cli, &sheet, path);
    }
    command_print("%-16s %14s %14s %14s %14s\n", "unit", "earned", "went back", "paid out",
                  "still due");
    for (int i = 0; i < a->count; i++) {
        const UnitShareDue *d = &a->due[i];
        command_print("%-16.*s %14.*s %14.*s %14.*s %14.*s\n", TEXT_ARG(d->unit.code),
                      TEXT_ARG(signed_rupees(arena, d->earned)),
                      TEXT_ARG(signed_rupees(arena, d->returned)),
                      TEXT_ARG(signed_rupees(arena, d->paid)),
                      TEXT_ARG(signed_rupees(arena, d->payable)));
    }
    return OK;
}

static Status run_pay(Cli *cli) {
    Act *a = ARENA_NEW(cli->ctx.arena, Act);
    a->unit = cli->arguments[0];
    a->note = command_option(cli, "note");
    a->from = text_eq(command_option(cli, "from"), T("cash")) ? T("cash:server") : T("bank");
    if (command_has(cli, "amount") &&
        (!text_to_paise(command_option(cli, "amount"), &a->paise) || !a->paise))
        return command_misuse(cli, "amount", "payment_amount");
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_read(cli->store, &cli->ctx, look_apply, a));
    TRY(lane_write(cli->store, &cli->ctx, pay_apply, a));
    command_print("%.*s paid out to %.*s.\n", TEXT_ARG(message_rupees(cli->ctx.arena, a->paise)),
                  TEXT_ARG(a->unit));
    return OK;
}

static const Option set_options[] = {
    {"from", "DATE", false, "first day of these parts; today when left out"},
    {NULL, NULL, false, NULL},
};
static const Option due_options[] = {
    {"from", "DATE", false, "first day; the financial year's when left out"},
    {"to", "DATE", false, "last day; today when left out"},
    {"out", "FILE", false, "as a file (also -o FILE): .pdf, .xlsx or .csv"},
    {NULL, NULL, false, NULL},
};
static const Option pay_options[] = {
    {"amount", "RUPEES", false, "all that is due when left out"},
    {"from", "bank|cash", false, "the bank when left out"},
    {"note", "TEXT", false, "the transfer's UTR number"},
    {NULL, NULL, false, NULL},
};

extern const Command share_commands[];
const Command share_commands[] = {
    {"share set", "PARTS", 1, set_options, run_set, "which part of a fee is which unit's",
     "PARTS: kinds of unit and percent, together 100: nation=40,state=30,district=30. Parts are\n"
     "rounded down fee by fee; what that leaves is the whole's.", false},
    {"share show", "", 0, NULL, run_show, "the parts, and since when", NULL, false},
    {"share due", "", 0, due_options, run_due, "what units earned, were paid and are due", NULL,
     false},
    {"share pay", "UNIT", 1, pay_options, run_pay, "record that a unit was paid its share",
     NULL, false},
    {.words = NULL},
};
