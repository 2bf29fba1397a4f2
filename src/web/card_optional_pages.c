/* What a member may add to the card: a name on the front, help in need on the back. */
#include "base/limits.h"
#include "domain/member_optional.h"
#include "web/card_act.h"

static Status optional_prepare(Request *rq) {
    TRY(card_act_prepare_step(rq, "more"));
    ((CardAct *)rq->state)->own = ARENA_NEW(rq->ctx.arena, MemberOptional);
    return OK;
}

static Status optional_load(Request *rq) {
    CardAct *act = rq->state;
    TRY(card_act_load(rq));
    return act->open ? member_optional_read(&rq->ctx, &act->card.member, act->own) : OK;
}

static void fill(Request *rq, const MemberOptional *shown) {
    static const char *const groups[] = {"A+", "A-", "B+", "B-", "AB+", "AB-", "O+", "O-"};
    Arena *arena = rq->ctx.arena;
    view_text(arena, rq->view, "card_path", card_act_path(rq, ""));
    view_text(arena, rq->view, "relative", shown->relative);
    view_text(arena, rq->view, "emergency", shown->emergency);
    View *list = view_list(arena, rq->view, "groups");
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        View *item = view_item(arena, list);
        view_text(arena, item, "group", text_of(groups[i]));
        view_bool(arena, item, "chosen", text_eq(text_of(groups[i]), shown->blood_group));
    }
}

static Status optional_page(Request *rq) {
    if (!card_act_lead_to_code(rq)) fill(rq, ((const CardAct *)rq->state)->own);
    return OK;
}

static MemberOptional typed(const Request *rq) {
    return (MemberOptional){request_text(rq, "relative"), request_text(rq, "blood_group"),
                            request_text(rq, "emergency")};
}

static Status save_prepare(Request *rq) {
    TRY(optional_prepare(rq));
    MemberOptional *optional = ((CardAct *)rq->state)->own;
    *optional = typed(rq);
    return member_optional_check(&rq->ctx, optional);
}

static Status save_apply(Request *rq) {
    const CardAct *act = rq->state;
    TRY(card_act_demand(rq));
    return member_optional_put(&rq->ctx, &act->card.member, act->own);
}

static Status saved(Request *rq) {
    request_redirect(rq, card_act_path(rq, ""));
    return OK;
}

static Status refused(Request *rq) {
    MemberOptional as_typed = typed(rq);
    fill(rq, &as_typed);
    return OK;
}

static const Param token_only[] = {CARD_TOKEN_PARAM, {0}};
static const Param fields[] = {
    CARD_TOKEN_PARAM,
    {.name = "relative", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = LIMIT_NAME_BYTES,
     .message = "join_name_again", .help = "A parent's or spouse's name"},
    {.name = "blood_group", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = 8,
     .message = "blood_group_form", .help = "A+ to O-"},
    {.name = "emergency", .place = PARAM_FORM, .type = PARAM_TEXT,
     .max_bytes = LIMIT_PHONE_BYTES, .message = "phone_form", .help = "Whom to call"},
    {0},
};

extern const Route card_optional_routes[];
const Route card_optional_routes[] = {
    {.method = "GET", .path = "/card/{token}/more", .kind = ROUTE_READ, .face = FACE_PAGE,
     .params = token_only, .prepare = optional_prepare, .apply = optional_load,
     .render = optional_page, .page = "card_more", .summary = "What a member may add to the card"},
    {.method = "POST", .path = "/card/{token}/more", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = fields, .prepare = save_prepare, .apply = save_apply, .render = saved,
     .on_error = refused, .page = "card_more", .summary = "Keeps it, sealed"},
    {0},
};
