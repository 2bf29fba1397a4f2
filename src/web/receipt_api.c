/* Receipts for other software: is one genuine, which has a member, and the file. */
#include "base/limits.h"
#include "domain/member.h"
#include "web/app.h"
#include "web/receipt_tries.h"
#include "web/receipt_view.h"
#include "web/route.h"

enum { RECEIPTS_MAX = 100 };

static Status check_prepare(Request *rq) {
    ReceiptCheck *read = rq->state = ARENA_NEW(rq->ctx.arena, ReceiptCheck);
    receipt_issued_read(&rq->ctx, request_text(rq, "code"), read);
    return receipt_tries_left(rq, read);
}

static Status check_apply(Request *rq) {
    ReceiptCheck *found = ARENA_NEW(rq->ctx.arena, ReceiptCheck);
    TRY(receipt_issued_look(&rq->ctx, rq->state, found));
    *(ReceiptCheck *)rq->state = *found;
    return OK;
}

static Status check_render(Request *rq) {
    const ReceiptCheck *check = rq->state;
    const ReceiptIssued *r = &check->issued;
    Arena *arena = rq->ctx.arena;
    TRY(receipt_tries_count(rq, check));
    view_text(arena, rq->view, "state", receipt_issued_state_text(r->state));
    if (r->number.len) view_text(arena, rq->view, "receipt", r->number);
    view_text(arena, rq->view, "organisation", rq->ctx.org->name_en);
    view_text(arena, rq->view, "host", rq->ctx.org->host);
    if (r->at) view_int(arena, rq->view, "at", r->at);
    if (r->paise) {
        view_int(arena, rq->view, "amount_paise", r->paise);
        view_text(arena, rq->view, "method", r->method);
        view_text(arena, rq->view, "kind", r->kind.kind);
    }
    if (!check->shows_person) return OK;
    view_text(arena, rq->view, "name", r->member.name);
    view_text(arena, rq->view, "name_alt", r->member.name_alt);
    return OK;
}

typedef struct Listing {
    ReceiptIssued list[RECEIPTS_MAX];
    int count;
} Listing;

static Status list_apply(Request *rq) {
    Member member;
    Unit unit;
    Listing *l = rq->state = ARENA_NEW(rq->ctx.arena, Listing);
    TRY(member_look(&rq->ctx, request_text(rq, "number"), &member, &unit));
    return receipt_issued_list(&rq->ctx, member.serial, RECEIPTS_MAX, l->list, &l->count);
}

static Status list_render(Request *rq) {
    Listing *l = rq->state;
    Arena *arena = rq->ctx.arena;
    View *list = view_list(arena, rq->view, "receipts");
    for (int i = 0; i < l->count; i++) {
        ReceiptIssued *r = &l->list[i];
        View *item = view_item(arena, list);
        receipt_issued_sign(&rq->ctx, r);
        view_int(arena, item, "n", r->sequence);
        view_text(arena, item, "receipt", r->number);
        view_text(arena, item, "state", receipt_issued_state_text(r->state));
        view_int(arena, item, "at", r->at);
        view_int(arena, item, "amount_paise", r->paise);
        view_text(arena, item, "method", r->method);
        view_text(arena, item, "check_code", r->code);
    }
    return OK;
}

static Status file_apply(Request *rq) {
    Member member;
    Unit unit;
    rq->state = ARENA_NEW(rq->ctx.arena, ReceiptIssued);
    TRY(member_look(&rq->ctx, request_text(rq, "number"), &member, &unit));
    int64_t which = request_has(rq, "n") ? request_int(rq, "n") : -1;
    return receipt_issued_of_member(&rq->ctx, &member, which, rq->state);
}

static Status file_render(Request *rq) { return receipt_view_answer(rq, rq->state); }

static const Param check_params[] = {
    {.name = "code", .place = PARAM_PATH, .type = PARAM_TEXT, .required = true, .max_bytes = 200,
     .message = "check_code_empty", .help = "number or code of a receipt"},
    {0},
};
#define MEMBER_NUMBER                                                                              \
    {                                                                                              \
        .name = "number", .place = PARAM_PATH, .type = PARAM_TEXT, .required = true,               \
        .max_bytes = 64, .message = "member_number_form", .help = "membership number"              \
    }
static const Param list_params[] = {MEMBER_NUMBER, {0}};
static const Param file_params[] = {
    MEMBER_NUMBER,
    {.name = "n", .place = PARAM_QUERY, .type = PARAM_INT, .min = 0, .max = INT32_MAX,
     .help = "which of the member's payments; the newest when left out"},
    {0},
};

static const AnswerField check_fields[] = {
    {"state", ANSWER_TEXT, .help = "is it genuine?",
     .choices = "valid|refunded|void|unknown|not_a_receipt|other_organisation"},
    {"receipt", ANSWER_TEXT, .help = "its number, where one could be read",
     .given = GIVEN_SOMETIMES},
    {"organisation", ANSWER_TEXT, .help = "who answers"},
    {"host", ANSWER_TEXT, .help = "where its receipts are checked"},
    {"at", ANSWER_INT, .help = "when it was paid, epoch seconds", .given = GIVEN_SOMETIMES},
    {"amount_paise", ANSWER_INT, .help = "what was paid", .given = GIVEN_SOMETIMES},
    {"method", ANSWER_TEXT, .help = "with amount_paise: how it was paid", .given = GIVEN_SOMETIMES},
    {"kind", ANSWER_TEXT, .help = "with amount_paise: of membership", .given = GIVEN_SOMETIMES},
    {"name", ANSWER_TEXT, .help = "where the code shows that the receipt is at hand",
     .given = GIVEN_SOMETIMES},
    {"name_alt", ANSWER_TEXT, .help = "with name: the same in the other script",
     .given = GIVEN_SOMETIMES},
    {0},
};
static const AnswerField list_fields[] = {
    {"receipts[].n", ANSWER_INT, .help = "which of the member's payments: n of receipt.pdf"},
    {"receipts[].receipt", ANSWER_TEXT, .help = "its number"},
    {"receipts[].state", ANSWER_TEXT, .help = "is it in force?",
     .choices = "valid|refunded|void"},
    {"receipts[].at", ANSWER_INT, .help = "when it was paid, epoch seconds"},
    {"receipts[].amount_paise", ANSWER_INT, .help = "what was paid"},
    {"receipts[].method", ANSWER_TEXT, .help = "how it was paid"},
    {"receipts[].check_code", ANSWER_TEXT, .help = "by which anybody may check it"},
    {0},
};

extern const Route receipt_api_routes[];
const Route receipt_api_routes[] = {
    {.method = "GET", .path = "/api/v1/receipts/{code}", .kind = ROUTE_READ, .face = FACE_API,
     .params = check_params, .prepare = check_prepare, .apply = check_apply,
     .render = check_render, .answer = check_fields,
     .summary = "Is this receipt genuine? A receipt's number or code"},
    {.method = "GET", .path = "/api/v1/members/{number}/receipts", .kind = ROUTE_WRITE,
     .face = FACE_API, .needs = CAN_READ_MEMBER, .params = list_params, .apply = list_apply,
     .render = list_render, .answer = list_fields,
     .summary = "A member's receipts, newest first; the look is recorded"},
    {.method = "GET", .path = "/api/v1/members/{number}/receipt.pdf", .kind = ROUTE_WRITE,
     .face = FACE_API, .needs = CAN_READ_MEMBER, .params = file_params, .apply = file_apply,
     .render = file_render, .slow = true,
     .summary = "A member's receipt as PDF; the look is recorded"},
    {0},
};
