/* Where the provider of the organisation's numbers tells of SMS and calls: POST /hook/incoming. */
#include "web/incoming.h"
#include "web/route.h"

typedef struct Hook {
    bool taken, forged;
} Hook;

static Status hook_prepare(Request *rq) {
    rq->state = ARENA_NEW(rq->ctx.arena, Hook);
    return request_tries_left(rq, "hook");
}

static Status hook_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Hook *hook = rq->state;
    PhoneWays ways;
    Text secret;
    Incoming incoming;
    *hook = (Hook){0};
    TRY(phone_way_read(ctx, &ways));
    TRY(phone_way_secret(ctx, &ways, &secret));
    hook->forged = !incoming_is_signed(secret, rq->body, request_text(rq, "X-Sangathan-Secret"),
                                       request_text(rq, "X-Sangathan-Signature"));
    if (hook->forged) return OK; /* counted and refused by hook_render */
    TRY(incoming_read(ctx, &ways, rq->body, &incoming));
    return phone_wait_receive(ctx, &incoming, &hook->taken);
}

static Status hook_render(Request *rq) {
    const Hook *hook = rq->state;
    if (hook->forged) {
        TRY(request_wrong_try(rq, "hook"));
        return fail(&rq->ctx, DENIED, NULL, "incoming_forged");
    }
    view_bool(rq->ctx.arena, rq->view, "taken", hook->taken);
    return OK;
}

static const Param hook_params[] = {
    {.name = "X-Sangathan-Secret", .place = PARAM_HEADER, .type = PARAM_SECRET,
     .max_bytes = PHONE_WAY_SECRET_MAX, .help = "The secret itself; or"},
    {.name = "X-Sangathan-Signature", .place = PARAM_HEADER, .type = PARAM_SECRET,
     .max_bytes = 128, .help = "Hex HMAC-SHA256 of the raw body under the secret"},
    {0},
};

static const AnswerField hook_fields[] = {
    {"taken", ANSWER_BOOL, .help = "it proved somebody's phone; false: nobody waited for it"},
    {0},
};

extern const Route incoming_routes[];
const Route incoming_routes[] = {
    {.method = "POST", .path = "/hook/incoming", .kind = ROUTE_WRITE, .face = FACE_API,
     .params = hook_params, .raw_body = true, .prepare = hook_prepare, .apply = hook_apply,
     .render = hook_render, .body_max = 8192,
     .answer = hook_fields,
     .summary = "An SMS or a missed call came in at one of the organisation's numbers"},
    {0},
};
