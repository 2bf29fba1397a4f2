/* Mending the name on the card: at once where it stays the same name, else as a request. */
#include "base/limits.h"
#include "domain/correction.h"
#include "domain/name_check.h"
#include "web/card_act.h"

typedef struct Naming {
    Text name, name_alt; /* as they shall be printed */
    Correction pending;
    bool done;
} Naming;

static Status name_prepare(Request *rq) {
    TRY(card_act_prepare_step(rq, "name"));
    ((CardAct *)rq->state)->own = ARENA_NEW(rq->ctx.arena, Naming);
    return OK;
}

static Status name_load(Request *rq) {
    CardAct *act = rq->state;
    Naming *naming = act->own;
    TRY(card_act_load(rq));
    return act->open ? correction_of_member(&rq->ctx, &act->card.member, &naming->pending) : OK;
}

static Status name_page(Request *rq) {
    const Naming *naming = ((const CardAct *)rq->state)->own;
    bool pending = naming->pending.state == CORRECTION_ASKED;
    if (card_act_lead_to_code(rq)) return OK;
    card_act_fill(rq);
    view_text(rq->ctx.arena, rq->view, "pending", pending ? naming->pending.name : T(""));
    return OK;
}

/* Both names are looked at, so that one answer says what is wrong with either. */
static Status names_prepare(Request *rq) {
    Ctx *ctx = &rq->ctx;
    TRY(name_prepare(rq));
    Naming *naming = ((CardAct *)rq->state)->own;
    Status status = name_check(ctx, "name", request_text(rq, "name"), &naming->name);
    Text alt = request_text(rq, "name_alt");
    Status other = alt.len ? name_check(ctx, "name_alt", alt, &naming->name_alt) : OK;
    return status != OK ? status : other;
}

static Status names_save(Request *rq) {
    CardAct *act = rq->state;
    Naming *naming = act->own;
    TRY(card_act_demand(rq));
    return correction_ask(&rq->ctx, &act->card.member, naming->name, naming->name_alt,
                          &naming->done);
}

static Status names_saved(Request *rq) {
    const Naming *naming = ((const CardAct *)rq->state)->own;
    request_redirect(rq, card_act_path(rq, naming->done ? "?done=named" : "?done=asked"));
    return OK;
}

/* As typed, with what is wrong; what is typed tells nothing that the sender does not know. */
static Status names_refused(Request *rq) {
    Arena *arena = rq->ctx.arena;
    view_text(arena, rq->view, "card_path", card_act_path(rq, ""));
    view_text(arena, rq->view, "name", request_text(rq, "name"));
    view_text(arena, rq->view, "name_alt", request_text(rq, "name_alt"));
    view_text(arena, rq->view, "pending", T(""));
    return OK;
}

static const Param token_only[] = {CARD_TOKEN_PARAM, {0}};
static const Param names[] = {
    CARD_TOKEN_PARAM,
    {.name = "name", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = LIMIT_NAME_BYTES,
     .message = "join_name_again", .help = "Name as it shall be printed"},
    {.name = "name_alt", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = LIMIT_NAME_BYTES,
     .message = "join_name_again", .help = "Name in the other script"},
    {0},
};

extern const Route card_name_routes[];
const Route card_name_routes[] = {
    {.method = "GET", .path = "/card/{token}/name", .kind = ROUTE_READ, .face = FACE_PAGE,
     .params = token_only, .prepare = name_prepare, .apply = name_load, .render = name_page,
     .page = "card_name", .summary = "The name on the card, to be mended"},
    {.method = "POST", .path = "/card/{token}/name", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = names, .prepare = names_prepare, .apply = names_save, .render = names_saved,
     .on_error = names_refused, .page = "card_name",
     .summary = "Mends the name, or asks the organisation for another one"},
    {0},
};
