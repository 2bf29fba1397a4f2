/* Receipt books at the desk: who has cash in hand and since when, handing it in, and the books. */
#include "base/clock.h"
#include "base/limits.h"
#include "domain/account_year.h"
#include "domain/receipt_book.h"
#include "render/messages.h"
#include "web/account_view.h"
#include "web/app.h"
#include "web/card_view.h"
#include "web/route.h"

enum { BOOKS_SHOWN = 100, OWED_MAX = 2000, OWED_SHOWN = 200 };

typedef struct Books {
    int64_t after;
    ReceiptBook *books;
    ReceiptOwed *owed;
    int count, owed_count;
} Books;

static Status show_prepare(Request *rq) {
    Books *b = rq->state = ARENA_NEW(rq->ctx.arena, Books);
    b->after = request_int(rq, "after");
    return OK;
}

static Status read_books(Request *rq) {
    Books *b = rq->state;
    TRY(account_year_check_whole(&rq->ctx));
    TRY(receipt_book_owed(&rq->ctx, OWED_MAX, &b->owed, &b->owed_count));
    return receipt_book_list(&rq->ctx, b->after, BOOKS_SHOWN, &b->books, &b->count);
}

static void add_owed(Request *rq, const Books *b) {
    Ctx *ctx = &rq->ctx;
    View *list = view_list(ctx->arena, rq->view, "owed");
    int64_t sum = 0;
    for (int i = 0; i < b->owed_count; i++) {
        const ReceiptOwed *o = &b->owed[i];
        sum += o->paise;
        if (i >= OWED_SHOWN) continue;
        View *item = view_item(ctx->arena, list);
        view_text(ctx->arena, item, "who", account_view_account(ctx, o->account));
        view_text(ctx->arena, item, "label", o->label);
        view_text(ctx->arena, item, "amount", sheet_amount(ctx->arena, o->paise));
        view_text(ctx->arena, item, "since",
                  o->since == INT64_MIN ? T("")
                                        : message_day(ctx->arena, ctx->lang, o->since));
    }
    view_text(ctx->arena, rq->view, "owed_sum", sheet_amount(ctx->arena, sum));
    view_bool(ctx->arena, rq->view, "has_owed", b->owed_count > 0);
    view_bool(ctx->arena, rq->view, "more_owed", b->owed_count > OWED_SHOWN);
}

static void add_books(Request *rq, const Books *b) {
    Ctx *ctx = &rq->ctx;
    View *list = view_list(ctx->arena, rq->view, "books");
    for (int i = 0; i < b->count; i++) {
        const ReceiptBook *book = &b->books[i];
        View *item = view_item(ctx->arena, list);
        view_text(ctx->arena, item, "name",
                  arena_printf(ctx->arena, "%.*s/B%03lld",
                               TEXT_ARG(account_view_year(ctx->arena, book->financial_year)),
                               (long long)book->book));
        view_text(ctx->arena, item, "holder", account_view_holder(ctx, book->holder));
        view_text(ctx->arena, item, "label", book->label);
        view_text(ctx->arena, item, "where",
                  ctx->lang == LANG_HI && book->unit_hi.len ? book->unit_hi : book->unit_en);
        view_int(ctx->arena, item, "used", book->used);
        view_int(ctx->arena, item, "voided", book->voided);
        view_text(ctx->arena, item, "until",
                  book->until ? card_view_day(ctx, book->until - 1, ctx->lang) : T(""));
    }
    view_bool(ctx->arena, rq->view, "has_books", b->count > 0);
    if (b->count == BOOKS_SHOWN)
        view_text(ctx->arena, rq->view, "next",
                  arena_printf(ctx->arena, "%lld", (long long)b->books[b->count - 1].book));
}

static Status draw(Request *rq) {
    add_owed(rq, rq->state);
    add_books(rq, rq->state);
    return OK;
}

static Status show_page(Request *rq) {
    view_bool(rq->ctx.arena, rq->view, "done", request_bool(rq, "done"));
    return draw(rq);
}

static Status deposit_apply(Request *rq) {
    int64_t paise;
    Ctx *ctx = &rq->ctx;
    TRY(account_year_check_whole(ctx));
    if (!text_to_paise(request_text(rq, "amount"), &paise))
        return fail(ctx, INVALID, "amount", "payment_amount");
    bool office = text_eq(request_text(rq, "to"), T("office"));
    Text note = request_text(rq, "note");
    return receipt_book_deposit(ctx, request_int(rq, "collector"), paise,
                                office ? T("cash:server") : T("bank"), note.ptr ? note : T(""));
}

static Status deposit_done(Request *rq) {
    request_redirect(rq, T("/desk/books?done=1"));
    return OK;
}

static Status deposit_again(Request *rq) {
    Arena *arena = rq->ctx.arena;
    rq->state = ARENA_NEW(arena, Books);
    int64_t collector = request_int(rq, "collector");
    view_text(arena, rq->view, "typed_collector",
              collector ? arena_printf(arena, "%lld", (long long)collector) : T(""));
    view_text(arena, rq->view, "typed_amount", request_text(rq, "amount"));
    view_text(arena, rq->view, "typed_note", request_text(rq, "note"));
    TRY(read_books(rq));
    return draw(rq);
}

static const Param show_params[] = {
    {.name = "after", .place = PARAM_QUERY, .type = PARAM_INT, .min = 0, .max = INT32_MAX,
     .help = "Number of the last book of the page before"},
    {.name = "done", .place = PARAM_QUERY, .type = PARAM_BOOL, .help = "Cash was handed in"},
    {0},
};
static const Param deposit_params[] = {
    {.name = "collector", .place = PARAM_FORM, .type = PARAM_INT, .required = true, .min = 1,
     .max = INT32_MAX, .message = "book_collector", .help = "Number of the collector"},
    {.name = "amount", .place = PARAM_FORM, .type = PARAM_TEXT, .required = true, .max_bytes = 30,
     .message = "payment_amount", .help = "Rupees that were handed in"},
    {.name = "to", .place = PARAM_FORM, .type = PARAM_CHOICE, .required = true,
     .choices = "bank|office", .message = "book_to", .help = "Where the cash went"},
    {.name = "note", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = LIMIT_REASON_BYTES,
     .message = "reason_form", .help = "The bank's slip"},
    {0},
};

extern const Route book_routes[];
const Route book_routes[] = {
    {.method = "GET", .path = "/desk/books", .kind = ROUTE_READ, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = show_params, .prepare = show_prepare, .apply = read_books,
     .render = show_page, .page = "books",
     .summary = "Receipt books, and the cash that lies with collectors"},
    {.method = "POST", .path = "/desk/books", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = deposit_params, .apply = deposit_apply,
     .render = deposit_done, .on_error = deposit_again, .page = "books",
     .summary = "Writes down cash that a collector hands in"},
    {0},
};
