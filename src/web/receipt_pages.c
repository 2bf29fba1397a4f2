/* Receipts for people: the file a member saves at the card page's address, and the page that the
 * code on a receipt leads to. That says whether we issued it and whether it still stands; who paid
 * it says only to whoever has the code, and guessing is slowed down as at cards. */
#include "base/limits.h"
#include "domain/card.h"
#include "render/messages.h"
#include "web/app.h"
#include "web/card_act.h"
#include "web/card_tools.h"
#include "web/card_view.h"
#include "web/receipt_tries.h"
#include "web/receipt_view.h"
#include "web/route.h"

static Status file_prepare(Request *rq) {
    rq->state = ARENA_NEW(rq->ctx.arena, ReceiptIssued);
    return OK;
}

static Status file_apply(Request *rq) {
    Card card;
    TRY(card_by_token(&rq->ctx, request_text(rq, "token"), &card));
    int64_t which = request_has(rq, "n") ? request_int(rq, "n") : -1;
    return receipt_issued_of_member(&rq->ctx, &card.member, which, rq->state);
}

static Status file_render(Request *rq) { return receipt_view_answer(rq, rq->state); }

static Status check_prepare(Request *rq) {
    request_private(rq);
    ReceiptCheck *read = rq->state = ARENA_NEW(rq->ctx.arena, ReceiptCheck);
    receipt_issued_read(&rq->ctx, request_text(rq, "code"), read);
    return receipt_tries_left(rq, read);
}

static Status check_apply(Request *rq) {
    ReceiptCheck *found = ARENA_NEW(rq->ctx.arena, ReceiptCheck);
    TRY(receipt_issued_look(&rq->ctx, rq->state, found));
    view_bool(rq->ctx.arena, rq->view, "retry", found->issued.state == RECEIPT_NOT_ONE);
    *(ReceiptCheck *)rq->state = *found;
    return OK;
}

typedef struct Words {
    const char *title, *text, *tone;
} Words;

static const Words words[RECEIPT_STATE_COUNT] = {
    [RECEIPT_VALID] = {"receipt_valid_title", "receipt_valid_text", "good"},
    [RECEIPT_REFUNDED] = {"receipt_refunded_title", "receipt_refunded_text", "still"},
    [RECEIPT_VOID] = {"receipt_void_title", "receipt_void_text", "bad"},
    [RECEIPT_UNKNOWN] = {"receipt_unknown_title", "receipt_unknown_text", "bad"},
    [RECEIPT_NOT_ONE] = {"receipt_not_one_title", "receipt_not_one_text", "warn"},
    [RECEIPT_OTHER_ORGANISATION] = {"receipt_other_title", "receipt_other_text", "still"},
};

static void add_both(Request *rq, const char *name, const char *name_other, const char *key) {
    Ctx *ctx = &rq->ctx;
    Lang other = ctx->lang == LANG_HI ? LANG_EN : LANG_HI;
    view_text(ctx->arena, rq->view, name, message(ctx->lang, key));
    view_text(ctx->arena, rq->view, name_other, message(other, key));
}

static void add_verdict(Request *rq, ReceiptState state) {
    static const char *const flags[][2] = {{"good", "tone_good"}, {"warn", "tone_warn"},
                                           {"bad", "tone_bad"}, {"still", "tone_still"}};
    const Words *said = &words[state];
    add_both(rq, "verdict_title", "verdict_title_other", said->title);
    add_both(rq, "verdict_text", "verdict_text_other", said->text);
    view_text(rq->ctx.arena, rq->view, "tone", text_of(said->tone));
    for (int i = 0; i < 4; i++)
        view_bool(rq->ctx.arena, rq->view, flags[i][1], strcmp(said->tone, flags[i][0]) == 0);
}

static void add_receipt(Request *rq, const ReceiptCheck *check) {
    Ctx *ctx = &rq->ctx;
    const ReceiptIssued *r = &check->issued;
    view_text(ctx->arena, rq->view, "number", r->number);
    if (r->at) view_text(ctx->arena, rq->view, "day", card_view_day(ctx, r->at, ctx->lang));
    if (r->paise) {
        view_text(ctx->arena, rq->view, "amount", message_rupees(ctx->arena, r->paise));
        view_text(ctx->arena, rq->view, "way", receipt_view_method(r->method, ctx->lang));
        view_text(ctx->arena, rq->view, "kind", membership_kind_name(&r->kind, ctx->lang));
    }
    if (!check->shows_person) return;
    view_text(ctx->arena, rq->view, "payer", r->member.name);
    view_text(ctx->arena, rq->view, "payer_alt", r->member.name_alt);
}

static Status check_page(Request *rq) {
    const ReceiptCheck *check = rq->state;
    TRY(receipt_tries_count(rq, check));
    add_verdict(rq, check->issued.state);
    add_receipt(rq, check);
    return OK;
}

static const Param file_params[] = {
    CARD_TOKEN_PARAM,
    {.name = "n", .place = PARAM_QUERY, .type = PARAM_INT, .min = 0, .max = INT32_MAX,
     .help = "Which of the member's payments; the newest when left out"},
    {0},
};
static const Param check_params[] = {
    {.name = "code", .place = PARAM_PATH, .type = PARAM_TEXT, .required = true, .max_bytes = 200,
     .message = "check_code_empty", .help = "Number or code of a receipt"},
    {0},
};

#define CHECK_ROUTE(address)                                                                       \
    {                                                                                              \
        .method = "GET", .path = address, .kind = ROUTE_READ, .face = FACE_PAGE,                   \
        .params = check_params, .prepare = check_prepare, .apply = check_apply,                    \
        .render = check_page, .page = "receipt_check",                                             \
        .summary = "Is this receipt genuine? As a page for anybody",                               \
    }

extern const Route receipt_routes[];
const Route receipt_routes[] = {
    {.method = "GET", .path = "/card/{token}/receipt.pdf", .kind = ROUTE_READ, .face = FACE_FILE,
     .params = file_params, .prepare = file_prepare, .apply = file_apply, .render = file_render,
     .slow = true, .summary = "A receipt of the member's, to keep and to print"},
    CHECK_ROUTE("/R/{code}"),
    CHECK_ROUTE("/r/{code}"),
    {0},
};
