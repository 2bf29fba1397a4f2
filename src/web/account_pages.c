/* The treasury's papers at the desk: a year's account on a page and as files, and the day book. */
#include "base/clock.h"
#include "base/limits.h"
#include "domain/receipt.h"
#include "render/messages.h"
#include "web/account_view.h"
#include "web/app.h"
#include "web/card_tools.h"
#include "web/route.h"

enum { DAY_ENTRIES = 50 };

static Status year_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    rq->state = ARENA_NEW(ctx->arena, AccountYear);
    int64_t now = receipt_financial_year(ctx->now_s, ctx->org->zone_offset_s);
    return account_year_read(ctx, request_has(rq, "year") ? request_int(rq, "year") : now,
                             rq->state);
}

static void add_year_link(Request *rq, const char *name, int64_t year) {
    Arena *arena = rq->ctx.arena;
    if (year < ACCOUNT_YEAR_FIRST || year > ACCOUNT_YEAR_LAST) return;
    View *link = view_object(arena, rq->view, name);
    view_text(arena, link, "number", arena_printf(arena, "%lld", (long long)year));
    view_text(arena, link, "name", account_view_year(arena, year));
}

static Status year_page(Request *rq) {
    const AccountYear *year = rq->state;
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
    add_year_link(rq, "before", year->year - 1);
    add_year_link(rq, "after", year->year + 1);
    return OK;
}

static const char *file_name(Request *rq, const char *ending) {
    const AccountYear *year = rq->state;
    return arena_printf(rq->ctx.arena, "%.*s-%.*s.%s", TEXT_ARG(rq->ctx.org->code),
                        TEXT_ARG(account_view_year(rq->ctx.arena, year->year)), ending).ptr;
}

static Status year_pdf(Request *rq) {
    Sheet sheet;
    Buffer out = buffer_in(rq->ctx.arena, LIMIT_RESPONSE_BYTES);
    account_view_sheet(&rq->ctx, rq->state, &sheet);
    CardPainter *painter = card_tools_painter(rq->app->card_tools);
    Status status = sheet_pdf(&rq->ctx, painter, &sheet, paper_to_buffer, &out);
    card_tools_return(rq->app->card_tools, painter);
    TRY(status);
    request_answer_bytes(rq, "application/pdf", buffer_text(&out), file_name(rq, "pdf"));
    return OK;
}

static Status year_xlsx(Request *rq) {
    Sheet sheet;
    Buffer out = buffer_in(rq->ctx.arena, LIMIT_RESPONSE_BYTES);
    account_view_sheet(&rq->ctx, rq->state, &sheet);
    TRY(sheet_xlsx(&rq->ctx, &sheet, &out));
    request_answer_bytes(rq, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                         buffer_text(&out), file_name(rq, "xlsx"));
    return OK;
}

static Status year_csv(Request *rq) {
    Sheet sheet;
    Buffer out = buffer_in(rq->ctx.arena, LIMIT_RESPONSE_BYTES);
    account_view_sheet(&rq->ctx, rq->state, &sheet);
    sheet_csv(&sheet, &out);
    request_answer_bytes(rq, "text/csv; charset=utf-8", buffer_text(&out), file_name(rq, "csv"));
    return OK;
}

typedef struct DayBook {
    int64_t day;
    LedgerEntry *entries;
    int count;
} DayBook;

static Status day_prepare(Request *rq) {
    DayBook *book = rq->state = ARENA_NEW(rq->ctx.arena, DayBook);
    Text typed = request_text(rq, "day");
    book->day = clock_day(rq->ctx.now_s, rq->ctx.org->zone_offset_s);
    if (typed.len && !clock_parse_day(typed, &book->day))
        return fail(&rq->ctx, INVALID, "day", "ledger_date");
    return OK;
}

static Status day_apply(Request *rq) {
    DayBook *book = rq->state;
    TRY(account_year_check_whole(&rq->ctx));
    return ledger_day_book(&rq->ctx, book->day, request_int(rq, "after"), DAY_ENTRIES,
                           &book->entries, &book->count);
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

static Status day_page(Request *rq) {
    const DayBook *book = rq->state;
    Ctx *ctx = &rq->ctx;
    char iso[11];
    clock_iso_day(book->day, iso);
    view_text(ctx->arena, rq->view, "day", arena_copy(ctx->arena, text_of(iso)));
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
    DayBook *book = ARENA_NEW(rq->ctx.arena, DayBook);
    book->day = clock_day(rq->ctx.now_s, rq->ctx.org->zone_offset_s);
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
    {.name = "day", .place = PARAM_QUERY, .type = PARAM_TEXT, .max_bytes = 20,
     .message = "ledger_date", .help = "YYYY-MM-DD; today when left out"},
    {.name = "after", .place = PARAM_QUERY, .type = PARAM_INT, .min = 0, .max = INT64_MAX,
     .help = "Last number of the page before"},
    {0},
};

#define YEAR_FILE(address, draw, words)                                                            \
    {                                                                                              \
        .method = "GET", .path = address, .kind = ROUTE_READ, .face = FACE_FILE,                   \
        .needs = CAN_ADMINISTER, .params = year_params, .apply = year_apply, .render = draw,       \
        .slow = true, .summary = words                                                             \
    }

extern const Route account_routes[];
const Route account_routes[] = {
    {.method = "GET", .path = "/desk/accounts", .kind = ROUTE_READ, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = year_params, .apply = year_apply, .render = year_page,
     .page = "account_year", .slow = true,
     .summary = "A year's account: where the money lies, what it was for"},
    YEAR_FILE("/desk/accounts.pdf", year_pdf, "A year's account to print, in both languages"),
    YEAR_FILE("/desk/accounts.xlsx", year_xlsx, "A year's account as a workbook"),
    YEAR_FILE("/desk/accounts.csv", year_csv, "A year's account as CSV"),
    {.method = "GET", .path = "/desk/day-book", .kind = ROUTE_READ, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = day_params, .prepare = day_prepare, .apply = day_apply,
     .render = day_page, .on_error = day_again, .page = "day_book",
     .summary = "The day book: everything that moved money on a day"},
    {0},
};
