/* The API for checking cards, and what other software needs to check them itself: keys, status. */
#include "base/limits.h"
#include "crypto/status_list.h"
#include "domain/check.h"
#include "web/app.h"
#include "web/card_view.h"
#include "web/check_asked.h"
#include "web/route.h"

enum { STATUS_TTL_S = 3600 };

static const Param check_params[] = {
    {"code", PARAM_PATH, PARAM_TEXT, true, LIMIT_CODE_BYTES, 0, 0, NULL, NULL,
     "a membership number, check code or signed code"},
    {.name = NULL},
};

static Status check_render(Request *rq) {
    Arena *arena = rq->ctx.arena;
    const Check *check = &((const CheckAsked *)rq->state)->result;
    TRY(check_asked_count(rq));
    View *v = rq->view;
    view_text(arena, v, "verdict", check_verdict_text(check->verdict));
    if (check->number.len) view_text(arena, v, "number", check->number);
    view_text(arena, v, "organisation", rq->ctx.org->name_en);
    view_text(arena, v, "host", rq->ctx.org->host);
    if (!check->shows_person) return OK;
    const Card *card = &check->card;
    view_text(arena, v, "name", card->member.name);
    view_text(arena, v, "name_alt", card->member.name_alt);
    view_text(arena, v, "unit", card->unit.code);
    view_text(arena, v, "unit_name", card_view_place(&rq->ctx, card, LANG_EN));
    view_int(arena, v, "since", card->member.joined_at);
    View *posts = view_list(arena, v, "posts");
    for (int i = 0; i < card->post_count; i++) view_item_text(arena, posts, card->post_en[i]);
    return OK;
}

static Status jwks_render(Request *rq) {
    Text keys = signed_code_jwks(rq->ctx.arena, &rq->ctx.org->keys);
    request_answer_bytes(rq, "application/jwk-set+json", keys, NULL);
    return OK;
}

static const Param status_params[] = {
    {"shard", PARAM_PATH, PARAM_INT, true, 0, 0, 9536, NULL, "page_not_found",
     "number of the shard"},
    {.name = NULL},
};

static Status status_apply(Request *rq) {
    uint8_t *bits;
    TRY(card_status_bits(&rq->ctx, request_int(rq, "shard"), &bits));
    rq->state = bits;
    return OK;
}

static Status status_render(Request *rq) {
    const Organisation *org = rq->ctx.org;
    Arena *arena = rq->ctx.arena;
    Text uri = arena_printf(arena, "%.*s/status/%lld", TEXT_ARG(org->base_url),
                            (long long)request_int(rq, "shard"));
    Text list = status_list_make(arena, &org->keys, uri, rq->state, rq->ctx.now_s, STATUS_TTL_S);
    request_answer_bytes(rq, "application/statuslist+cwt", list, NULL);
    return OK;
}

static const AnswerField check_fields[] = {
    {"verdict", ANSWER_TEXT, .help = "is it genuine and in force?",
     .choices = "valid|provisional|ended|suspended|reissued|unknown|wrong_tag|wrong_digit|"
                "not_a_code|other_organisation|forged|expired"},
    {"number", ANSWER_TEXT, .help = "membership number, where one could be read",
     .given = GIVEN_SOMETIMES},
    {"organisation", ANSWER_TEXT, .help = "who answers"},
    {"host", ANSWER_TEXT, .help = "where its cards are checked"},
    {"name", ANSWER_TEXT, .help = "where the code shows that the card is at hand",
     .given = GIVEN_SOMETIMES},
    {"name_alt", ANSWER_TEXT, .help = "with name: the same in the other script",
     .given = GIVEN_SOMETIMES},
    {"unit", ANSWER_TEXT, .help = "with name: code of the unit", .given = GIVEN_SOMETIMES},
    {"unit_name", ANSWER_TEXT, .help = "with name: where that is", .given = GIVEN_SOMETIMES},
    {"since", ANSWER_INT, .help = "with name: member since, epoch seconds",
     .given = GIVEN_SOMETIMES},
    {"posts[]", ANSWER_TEXT, .help = "with name: what the member is elected to",
     .given = GIVEN_SOMETIMES},
    {0},
};

const Route check_api_routes[] = {
    {.method = "GET",
     .path = "/api/v1/check/{code}",
     .kind = ROUTE_READ,
     .face = FACE_API,
     .params = check_params,
     .prepare = check_asked_prepare,
     .apply = check_asked_apply,
     .render = check_render,
     .answer = check_fields,
     .summary = "Is this card genuine? A number, a check code or a signed code"},
    {.method = "GET",
     .path = "/.well-known/jwks.json",
     .kind = ROUTE_STATIC,
     .face = FACE_FILE,
     .render = jwks_render,
     .summary = "Keys that sign cards (JWK Set)"},
    {.method = "GET",
     .path = "/status/{shard}",
     .kind = ROUTE_READ,
     .face = FACE_FILE,
     .params = status_params,
     .apply = status_apply,
     .render = status_render,
     .summary = "Status list of cards (CWT)",
     .cache_s = 60},
    {.method = NULL},
};
