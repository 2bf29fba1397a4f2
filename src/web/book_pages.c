/* Receipt books at the desk: who has cash in hand and since when, handing it in, and the books. */
#include "base/clock.h"
#include "base/limits.h"
#include "domain/receipt_book.h"
#include "domain/receipt_issued.h"
#include "domain/token.h"
#include "domain/treasury_scope.h"
#include "render/messages.h"
#include "web/account_view.h"
#include "web/app.h"
#include "web/card_view.h"
#include "web/date_fields.h"
#include "web/route.h"

enum { BOOKS_SHOWN = 100, OWED_MAX = 2000, OWED_SHOWN = 200, COLLECTORS_CHOSEN = 200 };

typedef struct Books {
    int64_t after, all;
    ReceiptBook *books;
    ReceiptOwed *owed;
    Token *tokens;
    int count, owed_count, token_count;
    ReceiptCheck voided; /* the number that was just made void */
    Receipt receipt;     /* the same, while that is done */
} Books;

static Status show_prepare(Request *rq) {
    Books *b = rq->state = ARENA_NEW(rq->ctx.arena, Books);
    b->after = request_int(rq, "after");
    return OK;
}

static Status read_books(Request *rq) {
    Books *b = rq->state;
    TRY(treasury_scope_check(&rq->ctx));
    TRY(receipt_book_owed(&rq->ctx, OWED_MAX, &b->owed, &b->owed_count));
    TRY(token_collectors(&rq->ctx, COLLECTORS_CHOSEN + 1, &b->tokens, &b->token_count));
    TRY(receipt_book_count(&rq->ctx, &b->all));
    return receipt_book_list(&rq->ctx, b->after, BOOKS_SHOWN, &b->books, &b->count);
}

static Status show_apply(Request *rq) {
    Books *b = rq->state;
    ReceiptCheck read;
    TRY(read_books(rq));
    if (!request_has(rq, "void")) return OK;
    receipt_issued_read(&rq->ctx, request_text(rq, "void"), &read);
    return receipt_issued_look(&rq->ctx, &read, &b->voided);
}

/* Who may be given a book; where they are too many to choose from, the number is typed. */
static void add_collectors(Request *rq, const Books *b, Text chosen) {
    Ctx *ctx = &rq->ctx;
    bool many = b->token_count > COLLECTORS_CHOSEN;
    View *list = view_list(ctx->arena, rq->view, "collectors");
    view_bool(ctx->arena, rq->view, "many_collectors", many);
    view_bool(ctx->arena, rq->view, "no_collectors", !b->token_count);
    for (int i = 0; i < b->token_count && !many; i++) {
        const Token *t = &b->tokens[i];
        View *item = view_item(ctx->arena, list);
        Text id = arena_printf(ctx->arena, "%lld", (long long)t->id);
        view_text(ctx->arena, item, "value", id);
        view_text(ctx->arena, item, "label", t->label);
        view_text(ctx->arena, item, "unit_code", t->unit_code);
        view_bool(ctx->arena, item, "chosen", text_eq(chosen, id));
    }
}

static Text number_typed(Request *rq, const char *name) {
    int64_t number = request_int(rq, name);
    return number ? arena_printf(rq->ctx.arena, "%lld", (long long)number) : T("");
}

/* Whose cash it is that is handed in. */
static void add_choice(Ctx *ctx, View *hands_in, const ReceiptOwed *o, Text chosen) {
    Text prefix = T("cash:token:");
    if (!text_starts_with(o->account, prefix)) return;
    Text id = text_slice(o->account, prefix.len, o->account.len);
    View *item = view_item(ctx->arena, hands_in);
    view_text(ctx->arena, item, "value", id);
    view_text(ctx->arena, item, "who", account_view_account(ctx, o->account));
    view_text(ctx->arena, item, "label", o->label);
    view_text(ctx->arena, item, "amount", message_rupees(ctx->arena, o->paise));
    view_bool(ctx->arena, item, "chosen", text_eq(chosen, id));
}

static void add_owed(Request *rq, const Books *b, Text from) {
    Ctx *ctx = &rq->ctx;
    View *list = view_list(ctx->arena, rq->view, "owed");
    View *hands_in = view_list(ctx->arena, rq->view, "hands_in");
    int64_t sum = 0;
    for (int i = 0; i < b->owed_count; i++) {
        const ReceiptOwed *o = &b->owed[i];
        sum += o->paise;
        if (i >= OWED_SHOWN) continue;
        View *item = view_item(ctx->arena, list);
        view_text(ctx->arena, item, "who", account_view_account(ctx, o->account));
        view_text(ctx->arena, item, "label", o->label);
        view_text(ctx->arena, item, "amount", sheet_amount(ctx->arena, o->paise));
        add_choice(ctx, hands_in, o, from);
        view_text(ctx->arena, item, "since",
                  o->since == INT64_MIN ? T("")
                                        : message_day(ctx->arena, ctx->lang, o->since));
    }
    view_text(ctx->arena, rq->view, "owed_sum", sheet_amount(ctx->arena, sum));
    view_int(ctx->arena, rq->view, "owed_count", b->owed_count);
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
                  book->until ? card_view_day(ctx, book->until - 1, ctx->lang)
                              : message_day(ctx->arena, ctx->lang,
                                            clock_day_of((int)book->financial_year + 1, 3, 31)));
    }
    view_int(ctx->arena, rq->view, "book_count", b->all);
    view_bool(ctx->arena, rq->view, "has_books", b->count > 0);
    if (b->count == BOOKS_SHOWN)
        view_text(ctx->arena, rq->view, "next",
                  arena_printf(ctx->arena, "%lld", (long long)b->books[b->count - 1].book));
}

/* from: whose cash is handed in, holder: for whom a book is, as they were chosen, or empty. */
static Status draw(Request *rq, Text from, Text holder) {
    add_owed(rq, rq->state, from);
    add_books(rq, rq->state);
    add_collectors(rq, rq->state, holder);
    return OK;
}

static Status show_page(Request *rq) {
    const Books *b = rq->state;
    bool is_void = request_has(rq, "void") && b->voided.issued.state == RECEIPT_VOID;
    date_fields_empty(rq, "until");
    view_bool(rq->ctx.arena, rq->view, "done", request_bool(rq, "done"));
    view_bool(rq->ctx.arena, rq->view, "issued", request_bool(rq, "issued"));
    view_text(rq->ctx.arena, rq->view, "void_number", is_void ? b->voided.issued.number : T(""));
    return draw(rq, T(""), T(""));
}

static Status deposit_apply(Request *rq) {
    int64_t paise;
    Ctx *ctx = &rq->ctx;
    TRY(treasury_scope_check(ctx));
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

/* The page with what was typed into one of its forms. */
static Status again(Request *rq, Text from, Text holder) {
    rq->state = ARENA_NEW(rq->ctx.arena, Books);
    TRY(read_books(rq));
    return draw(rq, from, holder);
}

static Status deposit_again(Request *rq) {
    Arena *arena = rq->ctx.arena;
    date_fields_empty(rq, "until");
    view_text(arena, rq->view, "typed_collector", number_typed(rq, "collector"));
    view_text(arena, rq->view, "typed_amount", request_text(rq, "amount"));
    view_text(arena, rq->view, "typed_note", request_text(rq, "note"));
    return again(rq, number_typed(rq, "collector"), T(""));
}

static Status issue_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    ReceiptBook book;
    int64_t day, until = 0;
    Text typed = date_fields_iso(rq, "until"), label = request_text(rq, "label");
    TRY(treasury_scope_check(ctx));
    if (typed.len && !clock_parse_day(typed, &day))
        return fail(ctx, INVALID, "until", "book_until");
    if (typed.len) until = (day + 1) * CLOCK_DAY_S - ctx->org->zone_offset_s;
    return receipt_book_issue(ctx, request_int(rq, "holder"), request_text(rq, "unit"), until,
                              label, &book);
}

static Status issue_done(Request *rq) {
    request_redirect(rq, T("/desk/books?issued=1"));
    return OK;
}

static Status issue_again(Request *rq) {
    Arena *arena = rq->ctx.arena;
    view_text(arena, rq->view, "typed_holder", number_typed(rq, "holder"));
    view_text(arena, rq->view, "typed_unit", request_text(rq, "unit"));
    date_fields_again(rq, "until");
    view_text(arena, rq->view, "typed_label", request_text(rq, "label"));
    return again(rq, T(""), number_typed(rq, "holder"));
}

static Status void_apply(Request *rq) {
    Books *b = rq->state = ARENA_NEW(rq->ctx.arena, Books);
    TRY(treasury_scope_check(&rq->ctx));
    return receipt_book_void(&rq->ctx, request_int(rq, "book"), request_text(rq, "reason"),
                             &b->receipt);
}

static Status void_done(Request *rq) {
    const Books *b = rq->state;
    request_redirect(rq, arena_printf(rq->ctx.arena, "/desk/books?void=%.*s",
                                      TEXT_ARG(receipt_text(&rq->ctx, &b->receipt))));
    return OK;
}

static Status void_again(Request *rq) {
    date_fields_empty(rq, "until");
    view_text(rq->ctx.arena, rq->view, "typed_book", number_typed(rq, "book"));
    view_text(rq->ctx.arena, rq->view, "typed_reason", request_text(rq, "reason"));
    return again(rq, T(""), T(""));
}

static const Param show_params[] = {
    {.name = "after", .place = PARAM_QUERY, .type = PARAM_INT, .min = 0, .max = INT32_MAX,
     .help = "Number of the last book of the page before"},
    {.name = "done", .place = PARAM_QUERY, .type = PARAM_BOOL, .help = "Cash was handed in"},
    {.name = "issued", .place = PARAM_QUERY, .type = PARAM_BOOL, .help = "A book was issued"},
    {.name = "void", .place = PARAM_QUERY, .type = PARAM_TEXT, .max_bytes = 64,
     .help = "The receipt number that was made void"},
    {0},
};
static const Param issue_params[] = {
    {.name = "holder", .place = PARAM_FORM, .type = PARAM_INT, .required = true, .min = 1,
     .max = INT32_MAX, .message = "book_holder_choose", .help = "Number of the collector"},
    {.name = "unit", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = LIMIT_UNIT_CODE_BYTES,
     .message = "share_unit", .help = "Code of the unit where it is used; anywhere when left out"},
    DATE_FIELDS(PARAM_FORM, "until", "book_until"), /* no end when left out */
    {.name = "label", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = LIMIT_LABEL_BYTES,
     .message = "label_form", .help = "Who holds it, as the office says"},
    {0},
};
static const Param void_params[] = {
    {.name = "book", .place = PARAM_FORM, .type = PARAM_INT, .required = true, .min = 1,
     .max = INT32_MAX, .message = "book_void_which", .help = "Number of the book"},
    {.name = "reason", .place = PARAM_FORM, .type = PARAM_TEXT, .required = true,
     .max_bytes = LIMIT_REASON_BYTES, .message = "reason_form", .help = "Why"},
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
     .needs = CAN_ADMINISTER, .params = show_params, .prepare = show_prepare, .apply = show_apply,
     .render = show_page, .page = "books",
     .summary = "Receipt books, and the cash that lies with collectors"},
    {.method = "POST", .path = "/desk/books", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = deposit_params, .apply = deposit_apply,
     .render = deposit_done, .on_error = deposit_again, .page = "books",
     .summary = "Writes down cash that a collector hands in"},
    {.method = "POST", .path = "/desk/books/issue", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = issue_params, .apply = issue_apply,
     .render = issue_done, .on_error = issue_again, .page = "books",
     .summary = "Issues a receipt book to a collector, or changes what it is for"},
    {.method = "POST", .path = "/desk/books/void", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = void_params, .apply = void_apply, .render = void_done,
     .on_error = void_again, .page = "books",
     .summary = "Makes the next number of a book void"},
    {0},
};
