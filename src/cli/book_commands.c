/* book list, issue, void, deposit, owed: receipt books, and the cash of those who take it. */
#include "base/clock.h"
#include "base/limits.h"
#include "cli/register.h"
#include "domain/receipt_book.h"
#include "domain/refund.h"
#include "render/messages.h"

enum { BOOKS_PAGE = 200, OWED_MAX = 10000 };

typedef struct Listing {
    int64_t after;
    ReceiptBook *books;
    ReceiptOwed *owed;
    int count;
} Listing;

static Status list_apply(Ctx *ctx, void *argument) {
    Listing *l = argument;
    return receipt_book_list(ctx, l->after, BOOKS_PAGE, &l->books, &l->count);
}

static void print_book(Cli *cli, const ReceiptBook *b) {
    char until[11] = "";
    if (b->until) clock_iso_day(clock_day(b->until - 1, cli->org.zone_offset_s), until);
    command_print("B%03lld  %02d-%02d  %-12.*s used %6lld  void %4lld  %-10.*s %-10s %.*s\n",
                  (long long)b->book, (int)(b->financial_year % 100),
                  (int)((b->financial_year + 1) % 100), TEXT_ARG(b->holder), (long long)b->used,
                  (long long)b->voided, TEXT_ARG(b->unit_code), until, TEXT_ARG(b->label));
}

static Status run_list(Cli *cli) {
    Listing l = {0};
    TRY(register_open(cli, STORE_READ_ONLY));
    do {
        TRY(lane_read(cli->store, &cli->ctx, list_apply, &l));
        for (int i = 0; i < l.count; i++) print_book(cli, &l.books[i]);
        if (l.count) l.after = l.books[l.count - 1].book;
    } while (l.count == BOOKS_PAGE);
    return OK;
}

typedef struct Act {
    int64_t id, until, paise;
    Text unit, text, reason;
    ReceiptBook book;
    Receipt receipt;
    Member member;
} Act;

static Status issue_apply(Ctx *ctx, void *argument) {
    Act *a = argument;
    return receipt_book_issue(ctx, a->id, a->unit, a->until, a->text, &a->book);
}

static Status void_apply(Ctx *ctx, void *argument) {
    Act *a = argument;
    return receipt_book_void(ctx, a->id, a->reason, &a->receipt);
}

static Status deposit_apply(Ctx *ctx, void *argument) {
    Act *a = argument;
    return receipt_book_deposit(ctx, a->id, a->paise, a->text, a->reason);
}

static Status return_apply(Ctx *ctx, void *argument) {
    Act *a = argument;
    TRY(member_by_number(ctx, a->unit, &a->member));
    return refund_member(ctx, &a->member, a->text, a->reason, &a->paise);
}

static Status owed_apply(Ctx *ctx, void *argument) {
    Listing *l = argument;
    return receipt_book_owed(ctx, OWED_MAX, &l->owed, &l->count);
}

static Status read_id(Cli *cli, const char *message, int64_t *ret) {
    return text_to_int(cli->arguments[0], ret) ? OK : fail(&cli->ctx, NOT_FOUND, NULL, message);
}

static Status run_issue(Cli *cli) {
    Act a = {.unit = command_option(cli, "unit"), .text = command_option(cli, "label")};
    int64_t day;
    TRY(read_id(cli, "token_not_found", &a.id));
    if (a.text.len > LIMIT_LABEL_BYTES) return command_misuse(cli, "label", "reason_form");
    TRY(register_open(cli, STORE_COMMAND));
    if (command_has(cli, "until")) {
        if (!clock_parse_day(command_option(cli, "until"), &day))
            return command_misuse(cli, "until", "book_until");
        a.until = (day + 1) * CLOCK_DAY_S - cli->org.zone_offset_s;
    }
    TRY(lane_write(cli->store, &cli->ctx, issue_apply, &a));
    command_print("Book B%03lld is issued to token %lld.\n", (long long)a.book.book,
                  (long long)a.id);
    return OK;
}

static Status run_void(Cli *cli) {
    Act a = {.reason = command_option(cli, "reason")};
    TRY(read_id(cli, "book_not_found", &a.id));
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, void_apply, &a));
    command_print("%.*s is void.\n", TEXT_ARG(receipt_text(&cli->ctx, &a.receipt)));
    return OK;
}

static Status run_deposit(Cli *cli) {
    Act a = {.reason = command_option(cli, "note"), .text = T("bank")};
    TRY(read_id(cli, "token_not_found", &a.id));
    if (!text_to_paise(command_option(cli, "amount"), &a.paise))
        return command_misuse(cli, "amount", "payment_amount");
    if (command_has(cli, "office")) a.text = T("cash:server");
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, deposit_apply, &a));
    command_print("%.*s handed in.\n", TEXT_ARG(message_rupees(cli->ctx.arena, a.paise)));
    return OK;
}

static Status run_owed(Cli *cli) {
    Listing l = {0};
    TRY(register_open(cli, STORE_READ_ONLY));
    TRY(lane_read(cli->store, &cli->ctx, owed_apply, &l));
    for (int i = 0; i < l.count; i++) {
        char since[11] = "-";
        if (l.owed[i].since != INT64_MIN) clock_iso_day(l.owed[i].since, since);
        command_print("%-24.*s %14.*s  since %s\n", TEXT_ARG(l.owed[i].account),
                      TEXT_ARG(message_rupees(cli->ctx.arena, l.owed[i].paise)), since);
    }
    if (!l.count) command_print("Nobody has cash in hand.\n");
    return OK;
}

static Status run_return(Cli *cli) {
    Act a = {.unit = cli->arguments[0], .reason = command_option(cli, "reason"),
             .text = command_option(cli, "from")};
    if (text_eq(a.text, T("cash"))) a.text = T("cash:server");
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, return_apply, &a));
    command_print("%.*s went back; the membership is refunded.\n",
                  TEXT_ARG(message_rupees(cli->ctx.arena, a.paise)));
    return OK;
}

static const Option issue_options[] = {
    {"until", "DATE", false, "last day of its use; the year's end when left out"},
    {"unit", "CODE", false, "where it is used"},
    {"label", "TEXT", false, "who holds it"},
    {NULL, NULL, false, NULL},
};
static const Option void_options[] = {
    {"reason", "TEXT", true, "why the number is not used"},
    {NULL, NULL, false, NULL},
};
static const Option deposit_options[] = {
    {"amount", "RUPEES", true, "how much was handed in"},
    {"office", NULL, false, "to the office's cash box; to the bank when left out"},
    {"note", "TEXT", false, "the bank's slip"},
    {NULL, NULL, false, NULL},
};
static const Option return_options[] = {
    {"from", "bank|gateway|cash", true, "out of which money"},
    {"reason", "TEXT", true, "why; no personal data"},
    {NULL, NULL, false, NULL},
};

const Command book_commands[] = {
    {"book list", "", 0, NULL, run_list,
     "receipt books: who holds them, how many receipts are used and cancelled", NULL, false},
    {"book issue", "TOKEN", 1, issue_options, run_issue, "issue this year's book to a collector",
     NULL, false},
    {"book void", "BOOK", 1, void_options, run_void, "cancel the book's next number", NULL,
     false},
    {"book deposit", "TOKEN", 1, deposit_options, run_deposit,
     "record cash that a collector hands in", NULL, false},
    {"book owed", "", 0, NULL, run_owed, "cash in hand of each collector, and since when", NULL,
     false},
    {"payment return", "NUMBER", 1, return_options, run_return,
     "record that a member's fee was returned",
     "The membership then ends as refunded, and the card is void.", false},
    {.words = NULL},
};
