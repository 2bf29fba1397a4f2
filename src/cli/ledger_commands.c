/* ledger day, ledger year: the day book, and what a financial year came to. */
#include "base/clock.h"
#include "cli/register.h"
#include "cli/sheet_file.h"
#include "domain/ledger.h"
#include "domain/receipt.h"
#include "render/messages.h"
#include "web/account_view.h"
#include "web/money_sheet.h"

enum { ENTRIES_PAGE = 200, FILE_ENTRIES_MAX = 50000, ACCOUNTS_MAX = 20000 };

typedef struct Reading {
    int64_t first, last, after;
    LedgerEntry *entries;
    LedgerAccount *accounts;
    int count;
} Reading;

static Status day_apply(Ctx *ctx, void *argument) {
    Reading *r = argument;
    return ledger_day_book(ctx, r->first, r->after, ENTRIES_PAGE, &r->entries, &r->count);
}

static Status year_apply(Ctx *ctx, void *argument) {
    Reading *r = argument;
    return ledger_accounts(ctx, T(""), r->first, r->last, ACCOUNTS_MAX, &r->accounts, &r->count);
}

/* "-₹11" where it is less than nothing. */
static Text rupees(Cli *cli, int64_t paise) {
    Text amount = message_rupees(cli->ctx.arena, paise < 0 ? -paise : paise);
    return paise < 0 ? arena_printf(cli->ctx.arena, "-%.*s", TEXT_ARG(amount)) : amount;
}

static void print_entry(Cli *cli, const LedgerEntry *e) {
    command_print("%4lld  %-8.*s %-16.*s %.*s\n", (long long)e->number, TEXT_ARG(e->kind),
                  TEXT_ARG(e->subject), TEXT_ARG(e->note));
    for (int i = 0; i < e->count; i++)
        command_print("        %-24.*s %14.*s\n", TEXT_ARG(e->lines[i].account),
                      TEXT_ARG(rupees(cli, e->lines[i].paise)));
}

static Status file_apply(Ctx *ctx, void *argument) {
    MoneyDay *d = argument;
    TRY(ledger_day_count(ctx, d->day, &d->all));
    if (d->all > FILE_ENTRIES_MAX) {
        (void)fail(ctx, LIMIT, NULL, "ledger_day_many");
        fail_arg_int(ctx, "max", FILE_ENTRIES_MAX);
        return LIMIT;
    }
    return ledger_day_book(ctx, d->day, 0, (int)d->all + 1, &d->entries, &d->count);
}

static Status write_day(Cli *cli, int64_t day, Text path) {
    MoneyDay d = {.day = day};
    Sheet sheet;
    TRY(lane_read(cli->store, &cli->ctx, file_apply, &d));
    money_sheet_day(&cli->ctx, &d, &sheet);
    return sheet_file_write(cli, &sheet, path);
}

static Status run_day(Cli *cli) {
    Reading r = {0};
    Text typed = command_option(cli, "date"), path = command_option(cli, "out");
    TRY(sheet_file_check(cli, path));
    if (typed.len && !clock_parse_day(typed, &r.first))
        return command_misuse(cli, "date", "ledger_date");
    TRY(register_open(cli, STORE_READ_ONLY));
    if (!typed.len) r.first = organisation_day(&cli->ctx);
    if (path.len) return write_day(cli, r.first, path);
    do {
        TRY(lane_read(cli->store, &cli->ctx, day_apply, &r));
        for (int i = 0; i < r.count; i++) print_entry(cli, &r.entries[i]);
        if (r.count) r.after = r.entries[r.count - 1].number;
    } while (r.count == ENTRIES_PAGE);
    if (!r.after) command_print("Nothing on this day.\n");
    return OK;
}

static Status account_apply(Ctx *ctx, void *argument) {
    AccountYear *year = argument;
    return account_year_read(ctx, year->year, year);
}

static Status write_year(Cli *cli, int64_t which, Text path) {
    AccountYear *year = ARENA_NEW(cli->ctx.arena, AccountYear);
    Sheet sheet;
    year->year = which;
    TRY(lane_read(cli->store, &cli->ctx, account_apply, year));
    account_view_sheet(&cli->ctx, year, &sheet);
    return sheet_file_write(cli, &sheet, path);
}

static Status run_year(Cli *cli) {
    Reading r = {0};
    int64_t year, sum = 0;
    Text path = command_option(cli, "out");
    TRY(sheet_file_check(cli, path));
    TRY(register_open(cli, STORE_READ_ONLY));
    int64_t now = receipt_financial_year(cli->ctx.now_s, cli->org.zone_offset_s);
    TRY(command_int(cli, "from", now, 2000, 2200, &year));
    if (path.len) return write_year(cli, year, path);
    r.first = clock_day_of((int)year, 4, 1);
    r.last = clock_day_of((int)year + 1, 3, 31);
    TRY(lane_read(cli->store, &cli->ctx, year_apply, &r));
    command_print("%-24s %14s %14s %14s %14s\n", "April to March", "before", "debit", "credit",
                  "balance");
    for (int i = 0; i < r.count; i++) {
        const LedgerAccount *a = &r.accounts[i];
        int64_t closing = a->opening + a->debit - a->credit;
        sum += closing;
        command_print("%-24.*s %14.*s %14.*s %14.*s %14.*s\n", TEXT_ARG(a->account),
                      TEXT_ARG(rupees(cli, a->opening)), TEXT_ARG(rupees(cli, a->debit)),
                      TEXT_ARG(rupees(cli, a->credit)), TEXT_ARG(rupees(cli, closing)));
    }
    command_print("%-24s %59.*s\n", "sum", TEXT_ARG(rupees(cli, sum)));
    cli->exit_code = sum ? 1 : 0;
    return OK;
}

static const Option day_options[] = {
    {"date", "DATE", false, "which day; today when left out"},
    {"out", "FILE", false, "as a file (also -o FILE): .pdf, .xlsx or .csv"},
    {NULL, NULL, false, NULL},
};
static const Option year_options[] = {
    {"from", "YEAR", false, "the year it began: 2026 for 26-27; this one when left out"},
    {"out", "FILE", false, "as a file (also -o FILE): .pdf, .xlsx or .csv"},
    {NULL, NULL, false, NULL},
};

const Command ledger_commands[] = {
    {"ledger day", "", 0, day_options, run_day, "the day book", NULL, false},
    {"ledger year", "", 0, year_options, run_year, "a financial year, account by account",
     "A debit is positive. The sum of all balances is zero; otherwise the exit code is 1.", false},
    {.words = NULL},
};
