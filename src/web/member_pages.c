/* A member at the desk, by the number: what the register says, and the photo, which may be taken
 * off the card. Each look is recorded. */
#include "base/clock.h"
#include "base/limits.h"
#include "domain/denial.h"
#include "domain/member_guardian.h"
#include "domain/member_photo.h"
#include "domain/receipt_issued.h"
#include "render/messages.h"
#include "web/member_words.h"
#include "web/route.h"

enum { RECEIPTS_SHOWN = 5 };

typedef struct Looking {
    ReceiptIssued receipts[RECEIPTS_SHOWN]; /* the newest */
    int receipt_count;
    Enroller enroller;
    Member member;
    Unit unit;
    Guardian guardian;
    Text phone, photo;
} Looking;

static Status prepare(Request *rq) {
    request_private(rq);
    rq->state = ARENA_NEW(rq->ctx.arena, Looking);
    return OK;
}

static Status ask_page(Request *rq) {
    request_private(rq);
    view_text(rq->ctx.arena, rq->view, "number", T(""));
    return OK;
}

static Status ask_again(Request *rq) {
    view_text(rq->ctx.arena, rq->view, "number", request_text(rq, "number"));
    return OK;
}

/* The number goes into the address as it is written, without what somebody typed around it. */
static Status find_apply(Request *rq) {
    Looking *l = rq->state;
    return member_look(&rq->ctx, request_text(rq, "number"), &l->member, &l->unit);
}

static Status to_member(Request *rq) {
    const Looking *l = rq->state;
    request_redirect(rq, arena_printf(rq->ctx.arena, "/desk/members/%.*s",
                                      TEXT_ARG(number_text_in(rq->ctx.arena, &l->member.number))));
    return OK;
}

static Status look_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Looking *l = rq->state;
    TRY(find_apply(rq));
    TRY(member_guardian_read(ctx, &l->member, &l->guardian));
    TRY(member_phone(ctx, &l->member, &l->phone));
    TRY(receipt_issued_list(ctx, l->member.serial, RECEIPTS_SHOWN, l->receipts,
                            &l->receipt_count));
    TRY(denial_enroller(ctx, l->member.enrolled_by, l->member.enroller_serial, &l->enroller));
    return member_photo_read(ctx, &l->member, &l->photo);
}

static const char *fee_words(const Looking *l) {
    if (l->member.state == MEMBER_APPLIED) return "members_fee_open";
    if (l->member.state == MEMBER_PROVISIONAL) return "members_fee_claimed";
    if (l->member.state == MEMBER_REJECTED) return "members_fee_rejected";
    return l->receipt_count ? "members_fee_paid" : "members_fee_none";
}

/* How the fee stands, with the receipts, and who brought the member in. */
static void add_fee(Request *rq, Looking *l) {
    Ctx *ctx = &rq->ctx;
    Arena *arena = ctx->arena;
    View *list = view_list(arena, rq->view, "receipts");
    view_text(arena, rq->view, "fee_state", message(ctx->lang, fee_words(l)));
    for (int i = 0; i < l->receipt_count; i++) {
        ReceiptIssued *r = &l->receipts[i];
        View *item = view_item(arena, list);
        receipt_issued_sign(ctx, r);
        view_text(arena, item, "receipt", r->number);
        view_text(arena, item, "code", r->code);
        view_text(arena, item, "amount", message_rupees(arena, r->paise));
        view_text(arena, item, "day",
                  message_day(arena, ctx->lang, clock_day(r->at, ctx->org->zone_offset_s)));
        view_bool(arena, item, "returned", r->state == RECEIPT_REFUNDED);
    }
    const Enroller *e = &l->enroller;
    View *who = view_object(arena, rq->view, "enroller");
    view_text(arena, who, "who_name", e->name);
    view_text(arena, who, "who_number", e->number);
    view_text(arena, who, "who_label", e->label);
    view_bool(arena, who, "elsewhere", e->elsewhere && !e->label.len);
    int64_t token = l->member.enrolled_by;
    bool unnamed = !e->name.len && !e->label.len && !e->elsewhere;
    view_text(arena, who, "who_token",
              unnamed && token ? arena_printf(arena, "%lld", (long long)token) : T(""));
    view_bool(arena, who, "nobody", unnamed && !token);
}

static Status look_page(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Arena *arena = ctx->arena;
    Looking *l = rq->state;
    const Member *m = &l->member;
    add_fee(rq, l);
    int64_t day = clock_day(m->joined_at, ctx->org->zone_offset_s);
    view_text(arena, rq->view, "number", number_text_in(arena, &m->number));
    view_text(arena, rq->view, "name", m->name);
    view_text(arena, rq->view, "name_alt", m->name_alt);
    view_text(arena, rq->view, "state", message(ctx->lang, member_words_state(m->state)));
    view_text(arena, rq->view, "unit_name", unit_name(&l->unit, ctx->lang));
    view_text(arena, rq->view, "since", message_day(arena, ctx->lang, day));
    view_text(arena, rq->view, "born", arena_printf(arena, "%lld", (long long)m->birth_year));
    view_text(arena, rq->view, "phone", l->phone);
    view_text(arena, rq->view, "guardian", l->guardian.name);
    view_text(arena, rq->view, "guardian_phone", l->guardian.e164);
    view_bool(arena, rq->view, "has_photo", l->photo.len > 0);
    view_bool(arena, rq->view, "may_take_off", l->photo.len && (ctx->actor.can & CAN_ADMINISTER));
    return OK;
}

static Status photo_jpeg(Request *rq) {
    const Looking *l = rq->state;
    if (!l->photo.len) return fail(&rq->ctx, NOT_FOUND, NULL, "page_not_found");
    request_answer_bytes(rq, "image/jpeg", l->photo, NULL);
    return OK;
}

static void fill_off(Request *rq, Text reason) {
    view_text(rq->ctx.arena, rq->view, "number", request_text(rq, "number"));
    view_text(rq->ctx.arena, rq->view, "reason", reason);
}

static Status off_page(Request *rq) {
    fill_off(rq, T(""));
    return OK;
}

static Status off_again(Request *rq) {
    fill_off(rq, request_text(rq, "reason"));
    return OK;
}

static Status take_off_apply(Request *rq) {
    Looking *l = rq->state;
    return member_photo_take_off(&rq->ctx, request_text(rq, "number"), request_text(rq, "reason"),
                                 &l->member);
}

#define NUMBER(where)                                                                              \
    {"number", where, PARAM_TEXT, true, 64, 0, 0, NULL, "member_number_form", "membership number"}
static const Param number_in_form[] = {NUMBER(PARAM_FORM), {.name = NULL}};
static const Param number_in_path[] = {NUMBER(PARAM_PATH), {.name = NULL}};
static const Param number_and_reason[] = {
    NUMBER(PARAM_PATH),
    {"reason", PARAM_FORM, PARAM_TEXT, true, LIMIT_REASON_BYTES, 0, 0, NULL, "reason_form",
     "why; the member reads it on the card page"},
    {.name = NULL},
};

extern const Route member_routes[];
const Route member_routes[] = {
    {.method = "GET", .path = "/desk/members", .kind = ROUTE_STATIC, .face = FACE_PAGE,
     .needs = CAN_READ_MEMBER, .render = ask_page, .page = "desk_members",
     .summary = "Asks whose membership is to be looked at"},
    {.method = "POST", .path = "/desk/members", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_READ_MEMBER, .params = number_in_form, .prepare = prepare,
     .apply = find_apply, .render = to_member, .on_error = ask_again, .page = "desk_members",
     .summary = "Leads there"},
    {.method = "GET", .path = "/desk/members/{number}", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_READ_MEMBER, .params = number_in_path, .prepare = prepare,
     .apply = look_apply, .render = look_page, .page = "desk_member",
     .summary = "A member; the look is recorded"},
    {.method = "GET", .path = "/desk/members/{number}/photo.jpg", .kind = ROUTE_WRITE,
     .face = FACE_FILE, .needs = CAN_READ_MEMBER, .params = number_in_path, .prepare = prepare,
     .apply = look_apply, .render = photo_jpeg, .summary = "The photo on the card, likewise"},
    {.method = "GET", .path = "/desk/members/{number}/photo-off", .kind = ROUTE_STATIC,
     .face = FACE_PAGE, .needs = CAN_ADMINISTER, .params = number_in_path, .prepare = prepare,
     .render = off_page, .page = "desk_photo_off", .summary = "Asks why a photo is unfit"},
    {.method = "POST", .path = "/desk/members/{number}/photo-off", .kind = ROUTE_WRITE,
     .face = FACE_PAGE, .needs = CAN_ADMINISTER, .params = number_and_reason,
     .prepare = prepare, .apply = take_off_apply, .render = to_member, .on_error = off_again,
     .page = "desk_photo_off", .summary = "Takes it off the card, and tells the member why"},
    {.method = NULL},
};
