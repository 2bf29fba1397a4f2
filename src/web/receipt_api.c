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
    TRY(receipt_issued_list(&rq->ctx, member.serial, RECEIPTS_MAX, l->list, &l->count));
    for (int i = 0; i < l->count; i++)
        TRY(receipt_issued_of_member(&rq->ctx, &member, l->list[i].sequence, &l->list[i]));
    return OK;
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

extern const Route receipt_api_routes[];
const Route receipt_api_routes[] = {
    {.method = "GET", .path = "/api/v1/receipts/{code}", .kind = ROUTE_READ, .face = FACE_API,
     .params = check_params, .prepare = check_prepare, .apply = check_apply,
     .render = check_render, .summary = "Is this receipt genuine? A receipt's number or code"},
    {.method = "GET", .path = "/api/v1/members/{number}/receipts", .kind = ROUTE_WRITE,
     .face = FACE_API, .needs = CAN_READ_MEMBER, .params = list_params, .apply = list_apply,
     .render = list_render, .summary = "A member's receipts, newest first; the look is recorded"},
    {.method = "GET", .path = "/api/v1/members/{number}/receipt.pdf", .kind = ROUTE_WRITE,
     .face = FACE_API, .needs = CAN_READ_MEMBER, .params = file_params, .apply = file_apply,
     .render = file_render, .slow = true,
     .summary = "A member's receipt as PDF; the look is recorded"},
    {0},
};
