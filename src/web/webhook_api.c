/* Where a payment gateway calls: POST /hook/razorpay. */
#include "web/route.h"
#include "web/webhook.h"

static Status hook_prepare(Request *rq) {
    rq->state = ARENA_NEW(rq->ctx.arena, Webhook);
    return request_tries_left(rq, "hook");
}

static Status hook_apply(Request *rq) {
    Text signature = request_text(rq, "X-Razorpay-Signature");
    Status status = webhook_receive(&rq->ctx, rq->body, signature, rq->state);
    if (status == DENIED) request_count_once(rq, "hook", rq->client);
    return status;
}

static Status hook_render(Request *rq) {
    const Webhook *hook = rq->state;
    view_bool(rq->ctx.arena, rq->view, "counted", hook->counted);
    return OK;
}

static const Param hook_params[] = {
    {.name = "X-Razorpay-Signature", .place = PARAM_HEADER, .type = PARAM_SECRET, .max_bytes = 128,
     .help = "Hex HMAC-SHA256 of the raw body under the webhook's secret"},
    {0},
};

static const AnswerField hook_fields[] = {
    {"counted", ANSWER_BOOL, .help = "it was news of money; false: known, or of something else"},
    {0},
};

extern const Route webhook_routes[];
const Route webhook_routes[] = {
    {.method = "POST", .path = "/hook/razorpay", .kind = ROUTE_WRITE, .face = FACE_API,
     .params = hook_params, .raw_body = true, .prepare = hook_prepare, .apply = hook_apply,
     .render = hook_render, .answer = hook_fields,
     .summary = "A payment gateway tells of a payment, signed"},
    {0},
};
