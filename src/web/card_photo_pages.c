/* The photograph on the card: sent, cut as the member chooses, shown, taken off again. */
#include "base/limits.h"
#include "crypto/secret_token.h"
#include "domain/member_photo.h"
#include "web/card_photo.h"

enum { UPLOAD_BYTES = LIMIT_PHOTO_BYTES + (16 << 10) };

typedef struct Pictures {
    Text photo, draft;
} Pictures;

static Status photo_prepare(Request *rq) {
    TRY(card_act_prepare_step(rq, "photo"));
    ((CardAct *)rq->state)->own = ARENA_NEW(rq->ctx.arena, Pictures);
    return OK;
}

/* An address that was never made has no photograph taken. */
static Status upload_admit(Request *rq) {
    int64_t serial;
    Text token = request_path_value(rq, 0);
    if (card_token_serial(&rq->ctx.org->keys, token, &serial)) return OK;
    return fail(&rq->ctx, NOT_FOUND, NULL, "card_page_gone");
}

static Status photo_load(Request *rq) {
    CardAct *act = rq->state;
    Pictures *pictures = act->own;
    TRY(card_act_load(rq));
    TRY(member_photo_read(&rq->ctx, &act->card.member, &pictures->photo));
    return act->open ? member_photo_draft(&rq->ctx, &act->card.member, &pictures->draft) : OK;
}

static void fill_form(Request *rq, bool has_photo) {
    Arena *arena = rq->ctx.arena;
    const CardAct *act = rq->state;
    int64_t until = act->session.open_until;
    view_text(arena, rq->view, "card_path", card_act_path(rq, ""));
    view_bool(arena, rq->view, "has_photo", has_photo);
    view_text(arena, rq->view, "until", arena_printf(arena, "%lld", (long long)until));
    view_text(arena, rq->view, "ticket", card_photo_ticket(rq, act->secret, until));
}

static Status photo_page(Request *rq) {
    const Pictures *pictures = ((const CardAct *)rq->state)->own;
    if (!card_act_lead_to_code(rq)) fill_form(rq, pictures->photo.len > 0);
    return OK;
}

/* With a ticket the session is taken as open until its end; else open_until stays 0. */
static Status take_ticket(Request *rq) {
    TRY(photo_prepare(rq));
    CardAct *act = rq->state;
    if (card_photo_ticket_fits(rq, act->secret, request_int(rq, "until"),
                               request_text(rq, "ticket")))
        act->session.open_until = request_int(rq, "until");
    return OK;
}

static Status upload_prepare(Request *rq) {
    TRY(take_ticket(rq));
    const CardAct *act = rq->state;
    if (!act->session.open_until) return fail(&rq->ctx, DENIED, NULL, "act_code_needed");
    return card_photo_crops(rq, request_text(rq, "photo"), &((Pictures *)act->own)->draft);
}

static Status upload_apply(Request *rq) {
    CardAct *act = rq->state;
    TRY(card_act_demand(rq));
    return member_photo_put_draft(&rq->ctx, &act->card.member, ((Pictures *)act->own)->draft);
}

static Status uploaded(Request *rq) {
    request_redirect(rq, card_act_path(rq, "/crop"));
    return OK;
}

/* A file that is no photo, with the sentence; whoever has no ticket learns only that. */
static Status upload_refused(Request *rq) {
    if (!rq->state) TRY(take_ticket(rq)); /* nothing was prepared: the file is too large, say */
    const CardAct *act = rq->state;
    if (!act->session.open_until) return DENIED;
    fill_form(rq, false);
    return OK;
}

static Status crop_page(Request *rq) {
    Arena *arena = rq->ctx.arena;
    const Pictures *pictures = ((const CardAct *)rq->state)->own;
    if (card_act_lead_to_code(rq)) return OK;
    if (!pictures->draft.len) {
        request_redirect(rq, card_act_path(rq, "/photo"));
        return OK;
    }
    view_text(arena, rq->view, "card_path", card_act_path(rq, ""));
    View *list = view_list(arena, rq->view, "crops");
    for (int i = 0; i < CARD_PHOTO_CROPS; i++) {
        View *item = view_item(arena, list);
        view_text(arena, item, "nth", arena_printf(arena, "%d", i));
        view_text(arena, item, "shown", arena_printf(arena, "%d", i + 1));
        view_bool(arena, item, "first", i == 0);
    }
    return OK;
}

static Status crop_jpeg(Request *rq) {
    const CardAct *act = rq->state;
    const Pictures *pictures = act->own;
    Text jpeg = card_photo_crop(pictures->draft, request_int(rq, "nth"));
    if (!act->open || !jpeg.len) return fail(&rq->ctx, NOT_FOUND, NULL, "page_not_found");
    request_answer_bytes(rq, "image/jpeg", jpeg, NULL);
    return OK;
}

static Status crop_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    CardAct *act = rq->state;
    Text draft;
    TRY(card_act_demand(rq));
    TRY(member_photo_draft(ctx, &act->card.member, &draft));
    Text jpeg = card_photo_crop(draft, request_int(rq, "crop"));
    if (!jpeg.len) return fail(ctx, CONFLICT, NULL, "photo_again");
    return member_photo_put(ctx, &act->card.member, jpeg);
}

static Status remove_apply(Request *rq) {
    const CardAct *act = rq->state;
    TRY(card_act_demand(rq));
    return member_photo_remove(&rq->ctx, &act->card.member);
}

static Status cropped(Request *rq) {
    request_redirect(rq, card_act_path(rq, "?done=photo"));
    return OK;
}

static Status removed(Request *rq) {
    request_redirect(rq, card_act_path(rq, "?done=photo-off"));
    return OK;
}

static Status to_photo(Request *rq) {
    request_redirect(rq, card_act_path(rq, "/photo"));
    return OK;
}

/* The photo is part of the card: whoever has the address sees it. */
static Status photo_jpeg(Request *rq) {
    const Pictures *pictures = ((const CardAct *)rq->state)->own;
    if (!pictures->photo.len) return fail(&rq->ctx, NOT_FOUND, NULL, "page_not_found");
    request_answer_bytes(rq, "image/jpeg", pictures->photo, NULL);
    return OK;
}

static const Param token_only[] = {CARD_TOKEN_PARAM, {0}};
static const Param upload_fields[] = {
    CARD_TOKEN_PARAM,
    {.name = "until", .place = PARAM_FORM, .type = PARAM_INT, .required = true, .min = 1,
     .max = INT64_MAX, .message = "form_expired", .help = "When the session ends"},
    {.name = "ticket", .place = PARAM_FORM, .type = PARAM_SECRET, .required = true,
     .max_bytes = 64, .message = "form_expired", .help = "That the form was given in a session"},
    {.name = "photo", .place = PARAM_FORM, .type = PARAM_FILE, .required = true,
     .max_bytes = LIMIT_PHOTO_BYTES, .message = "card_photo_choose", .help = "JPEG, PNG or WebP"},
    {0},
};
static const Param crop_fields[] = {
    CARD_TOKEN_PARAM,
    {.name = "crop", .place = PARAM_FORM, .type = PARAM_INT, .min = 0,
     .max = CARD_PHOTO_CROPS - 1, .help = "Which of the squares"},
    {0},
};
static const Param nth_in_query[] = {
    CARD_TOKEN_PARAM,
    {.name = "nth", .place = PARAM_QUERY, .type = PARAM_INT, .min = 0,
     .max = CARD_PHOTO_CROPS - 1, .help = "Which of the squares"},
    {0},
};

extern const Route card_photo_routes[];
const Route card_photo_routes[] = {
    {.method = "GET", .path = "/card/{token}/photo", .kind = ROUTE_READ, .face = FACE_PAGE,
     .params = token_only, .prepare = photo_prepare, .apply = photo_load, .render = photo_page,
     .page = "card_photo", .summary = "Asks for a photograph"},
    {.method = "POST", .path = "/card/{token}/photo", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = upload_fields, .prepare = upload_prepare, .apply = upload_apply,
     .render = uploaded, .on_error = upload_refused, .page = "card_photo",
     .summary = "Takes a photograph, to be cut", .body_max = UPLOAD_BYTES,
     .admit = upload_admit,
     .too_large = "photo_too_heavy", .slow = true},
    {.method = "GET", .path = "/card/{token}/crop", .kind = ROUTE_READ, .face = FACE_PAGE,
     .params = token_only, .prepare = photo_prepare, .apply = photo_load, .render = crop_page,
     .page = "card_crop", .summary = "Squares of the photograph to choose from"},
    {.method = "GET", .path = "/card/{token}/crop.jpg", .kind = ROUTE_READ, .face = FACE_FILE,
     .params = nth_in_query, .prepare = photo_prepare, .apply = photo_load, .render = crop_jpeg,
     .summary = "One of these squares"},
    {.method = "POST", .path = "/card/{token}/crop", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = crop_fields, .prepare = photo_prepare, .apply = crop_apply, .render = cropped,
     .page = "card_crop", .summary = "Puts the chosen square on the card"},
    {.method = "POST", .path = "/card/{token}/photo-off", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = token_only, .prepare = photo_prepare, .apply = remove_apply, .render = removed,
     .page = "card_photo", .summary = "Takes the photograph off the card"},
    {.method = "GET", .path = "/card/{token}/photo-off", .kind = ROUTE_STATIC, .face = FACE_PAGE,
     .params = token_only, .render = to_photo, .page = "card_photo",
     .summary = "Leads back to the photograph"},
    {.method = "GET", .path = "/card/{token}/photo.jpg", .kind = ROUTE_READ, .face = FACE_FILE,
     .params = token_only, .prepare = photo_prepare, .apply = photo_load, .render = photo_jpeg,
     .summary = "The photograph on the card"},
    {0},
};
