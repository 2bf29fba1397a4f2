/* The treasury's papers at the desk: a year's account on a page and as files, and the day book. */
#include "base/clock.h"
#include "domain/receipt.h"
#include "domain/treasury_scope.h"
#include "render/messages.h"
#include "web/account_view.h"
#include "web/app.h"
#include "web/date_fields.h"
#include "web/money_sheet.h"
#include "web/route.h"
#include "web/sheet_answer.h"
#include "web/work_room.h"

enum { DAY_ENTRIES = 50, DAY_FILE_ENTRIES = 5000 };

typedef struct Year {
    AccountYear account;
    int64_t day_before, day_after; /* on which money moved, out of this year */
} Year;

static Status year_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Year *y = rq->state = ARENA_NEW(ctx->arena, Year);
    int64_t now = receipt_financial_year(ctx->now_s, ctx->org->zone_offset_s);
    int64_t year = request_has(rq, "year") ? request_int(rq, "year") : now;
    TRY(account_year_read(ctx, year, &y->account));
    return ledger_days_beside(ctx, clock_day_of((int)year, 4, 1),
                              clock_day_of((int)year + 1, 3, 31), &y->day_before, &y->day_after);
}

/* The nearest year in which money moved. */
static void add_year_link(Request *rq, const char *name, int64_t day) {
    Arena *arena = rq->ctx.arena;
    if (day == INT64_MIN) return;
    int64_t year = receipt_financial_year(day * CLOCK_DAY_S, 0);
    if (year < ACCOUNT_YEAR_FIRST || year > ACCOUNT_YEAR_LAST) return;
    View *link = view_object(arena, rq->view, name);
    view_text(arena, link, "number", arena_printf(arena, "%lld", (long long)year));
    view_text(arena, link, "name", account_view_year_long(arena, year));
}

static Status year_page(Request *rq) {
    const AccountYear *year = &((const Year *)rq->state)->account;
    Ctx *ctx = &rq->ctx;
    Sheet sheet;
    account_view_sheet(ctx, year, &sheet);
    account_view_tables(ctx, &sheet, rq->view);
    view_text(ctx->arena, rq->view, "title", sheet.title.text);
    view_text(ctx->arena, rq->view, "note", sheet.note.text);
    view_bool(ctx->arena, rq->view, "balances", year->balances);
    view_text(ctx->arena, rq->view, "closing", message_rupees(ctx->arena, year->closing));
    view_text(ctx->arena, rq->view, "fees",
              message_rupees(ctx->arena, year->kinds[ACCOUNT_FEES].credit));
    view_text(ctx->arena, rq->view, "year",
              arena_printf(ctx->arena, "%lld", (long long)year->year));
    add_year_link(rq, "before", ((const Year *)rq->state)->day_before);
    add_year_link(rq, "after", ((const Year *)rq->state)->day_after);
    return OK;
}

static Status year_file(Request *rq) {
    const AccountYear *year = &((const Year *)rq->state)->account;
    Sheet sheet;
    account_view_sheet(&rq->ctx, year, &sheet);
    return sheet_answer(rq, &sheet, account_view_year(rq->ctx.arena, year->year));
}

static Status day_prepare(Request *rq) {
    MoneyDay *book = rq->state = ARENA_NEW(rq->ctx.arena, MoneyDay);
    Text typed = date_fields_iso(rq, "day");
    book->day = organisation_day(&rq->ctx);
    if (typed.len && !clock_parse_day(typed, &book->day))
        return fail(&rq->ctx, INVALID, "day", "ledger_date");
    return OK;
}

static Status day_apply(Request *rq) {
    MoneyDay *book = rq->state;
    TRY(treasury_scope_check(&rq->ctx));
    TRY(ledger_day_count(&rq->ctx, book->day, &book->all));
    TRY(ledger_day_sum(&rq->ctx, book->day, &book->debit, &book->credit));
    TRY(ledger_days_beside(&rq->ctx, book->day, book->day, &book->day_before, &book->day_after));
    return ledger_day_book(&rq->ctx, book->day, request_int(rq, "after"), DAY_ENTRIES,
                           &book->entries, &book->count);
}

static Status read_file(Request *rq) {
    MoneyDay *book = rq->state;
    TRY(treasury_scope_check(&rq->ctx));
    TRY(ledger_day_count(&rq->ctx, book->day, &book->all));
    return ledger_day_book(&rq->ctx, book->day, request_int(rq, "after"), DAY_FILE_ENTRIES,
                           &book->entries, &book->count);
}

static Status day_file_apply(Request *rq) { return work_room_within(rq, read_file); }

static Text iso_day(Ctx *ctx, int64_t day) {
    char iso[11];
    clock_iso_day(day, iso);
    return arena_copy(ctx->arena, text_of(iso));
}

static Status draw_file(Request *rq) {
    const MoneyDay *book = rq->state;
    Ctx *ctx = &rq->ctx;
    int64_t after = request_int(rq, "after");
    Text name = arena_printf(ctx->arena, "day-%.*s", TEXT_ARG(iso_day(ctx, book->day)));
    if (after)
        name = arena_printf(ctx->arena, "%.*s-from-%lld", TEXT_ARG(name), (long long)after + 1);
    Sheet sheet;
    money_sheet_day(ctx, book, &sheet);
    return sheet_answer(rq, &sheet, name);
}

static Status day_file(Request *rq) { return work_room_within(rq, draw_file); }

/* A file holds so many entries; a day of more has several. */
static void add_files(Ctx *ctx, View *view, const MoneyDay *book) {
    View *files = view_list(ctx->arena, view, "files");
    for (int64_t after = 0; after < book->all; after += DAY_FILE_ENTRIES) {
        int64_t last = after + DAY_FILE_ENTRIES;
        View *item = view_item(ctx->arena, files);
        view_text(ctx->arena, item, "begins", arena_printf(ctx->arena, "%lld", (long long)after));
        view_bool(ctx->arena, item, "part", book->all > DAY_FILE_ENTRIES);
        view_int(ctx->arena, item, "first", after + 1);
        view_int(ctx->arena, item, "last", last < book->all ? last : book->all);
    }
}

static void add_entry(Ctx *ctx, View *entries, const LedgerEntry *e) {
    Arena *arena = ctx->arena;
    View *item = view_item(arena, entries);
    view_int(arena, item, "number", e->number);
    view_text(arena, item, "kind", account_view_kind(ctx, e->kind));
    view_text(arena, item, "subject", account_view_subject(ctx, e->subject));
    view_text(arena, item, "remark", e->note);
    View *lines = view_list(arena, item, "lines");
    for (int i = 0; i < e->count; i++) {
        View *line = view_item(arena, lines);
        int64_t paise = e->lines[i].paise;
        view_text(arena, line, "account", account_view_account(ctx, e->lines[i].account));
        view_text(arena, line, "debit", paise > 0 ? sheet_amount(arena, paise) : T(""));
        view_text(arena, line, "credit", paise < 0 ? sheet_amount(arena, -paise) : T(""));
    }
}

static void add_day_link(Request *rq, const char *name, int64_t day) {
    Ctx *ctx = &rq->ctx;
    if (day == INT64_MIN) return;
    View *link = view_object(ctx->arena, rq->view, name);
    view_text(ctx->arena, link, "iso", iso_day(ctx, day));
    view_text(ctx->arena, link, "name", message_day(ctx->arena, ctx->lang, day));
}

static Status day_page(Request *rq) {
    const MoneyDay *book = rq->state;
    Ctx *ctx = &rq->ctx;
    if (ctx->error_count) date_fields_again(rq, "day");
    else date_fields_show(rq, "day", book->day);
    view_text(ctx->arena, rq->view, "iso", iso_day(ctx, book->day));
    add_day_link(rq, "before", book->day_before);
    add_day_link(rq, "later", book->day_after);
    view_text(ctx->arena, rq->view, "debit_sum", sheet_amount(ctx->arena, book->debit));
    view_text(ctx->arena, rq->view, "credit_sum", sheet_amount(ctx->arena, book->credit));
    view_int(ctx->arena, rq->view, "count", book->all);
    view_bool(ctx->arena, rq->view, "has_entries", book->all > 0);
    add_files(ctx, rq->view, book);
    view_text(ctx->arena, rq->view, "day_name", message_day(ctx->arena, ctx->lang, book->day));
    View *entries = view_list(ctx->arena, rq->view, "entries");
    for (int i = 0; i < book->count; i++) add_entry(ctx, entries, &book->entries[i]);
    view_bool(ctx->arena, rq->view, "empty", !book->count && !ctx->error_count);
    if (book->count == DAY_ENTRIES)
        view_text(ctx->arena, rq->view, "next",
                  arena_printf(ctx->arena, "%lld",
                               (long long)book->entries[book->count - 1].number));
    return OK;
}

/* The form again, with today's book below it. */
static Status day_again(Request *rq) {
    MoneyDay *book = ARENA_NEW(rq->ctx.arena, MoneyDay);
    book->day_before = book->day_after = INT64_MIN;
    book->day = organisation_day(&rq->ctx);
    rq->state = book;
    return day_page(rq);
}

static const Param year_params[] = {
    {.name = "year", .place = PARAM_QUERY, .type = PARAM_INT, .min = ACCOUNT_YEAR_FIRST,
     .max = ACCOUNT_YEAR_LAST, .message = "account_year",
     .help = "The year it began: 2026 for 26-27; this one when left out"},
    {0},
};
static const Param day_params[] = {
    DATE_FIELDS(PARAM_QUERY, "day", "ledger_date"),
    {.name = "after", .place = PARAM_QUERY, .type = PARAM_INT, .min = 0, .max = INT64_MAX,
     .help = "Last number of the page before"},
    {0},
};

#define YEAR_FILE(address, words)                                                                  \
    {                                                                                              \
        .method = "GET", .path = address, .kind = ROUTE_READ, .face = FACE_FILE,                   \
        .needs = CAN_ADMINISTER, .params = year_params, .apply = year_apply, .render = year_file,  \
        .slow = true, .summary = words                                                             \
    }
#define DAY_FILE(address, words)                                                                   \
    {                                                                                              \
        .method = "GET", .path = address, .kind = ROUTE_READ, .face = FACE_FILE,                   \
        .needs = CAN_ADMINISTER, .params = day_params, .prepare = day_prepare,                     \
        .apply = day_file_apply, .render = day_file, .slow = true, .summary = words                \
    }

extern const Route account_routes[];
const Route account_routes[] = {
    {.method = "GET", .path = "/desk/accounts", .kind = ROUTE_READ, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = year_params, .apply = year_apply, .render = year_page,
     .page = "account_year", .slow = true,
     .summary = "A year's account: where the money lies, what it was for"},
    YEAR_FILE("/desk/accounts.pdf", "A year's account to print, in both languages"),
    YEAR_FILE("/desk/accounts.xlsx", "A year's account as a workbook"),
    YEAR_FILE("/desk/accounts.csv", "A year's account as CSV"),
    {.method = "GET", .path = "/desk/day-book", .kind = ROUTE_READ, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = day_params, .prepare = day_prepare, .apply = day_apply,
     .render = day_page, .on_error = day_again, .page = "day_book",
     .summary = "The day book: everything that moved money on a day"},
    DAY_FILE("/desk/day-book.pdf", "The day book to print, in both languages"),
    DAY_FILE("/desk/day-book.xlsx", "The day book as a workbook"),
    DAY_FILE("/desk/day-book.csv", "The day book as CSV"),
    {0},
};
