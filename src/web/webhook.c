/* Reading and making signed payment events; see webhook.h. */
#include "web/webhook.h"

#include <jansson.h>

#include "crypto/hmac.h"
#include "domain/audit.h"
#include "domain/pay_link.h"
#include "domain/pay_way.h"
#include "domain/payer.h"

enum { ID_BYTES_MAX = 64, DEPTH_FLAGS = JSON_REJECT_DUPLICATES };

static void release_json(void *json) { json_decref(json); }

static Text string_of(Ctx *ctx, const json_t *object, const char *name) {
    const json_t *value = json_object_get(object, name);
    if (!json_is_string(value) || json_string_length(value) > ID_BYTES_MAX) return T("");
    return arena_copy(ctx->arena, (Text){json_string_value(value), json_string_length(value)});
}

/* Whose secret signed it. */
static Status find_signer(Ctx *ctx, Text body, Text signature, Text *ret_source) {
    static const PayWayKind kinds[] = {PAY_WAY_RAZORPAY, PAY_WAY_DEMO};
    PayWay ways[PAY_WAY_COUNT];
    TRY(pay_way_list(ctx, ways));
    for (int i = 0; i < 2; i++) {
        if (ways[kinds[i]].is_on && hmac_sha256_is(ways[kinds[i]].secret, body, signature)) {
            *ret_source = pay_way_text(kinds[i]);
            return OK;
        }
    }
    return fail(ctx, DENIED, NULL, "webhook_signature");
}

static bool is_captured(Ctx *ctx, const json_t *root, const json_t *payment) {
    Text event = string_of(ctx, root, "event");
    return (text_eq(event, T("payment.captured")) || text_eq(event, T("order.paid")) ||
            text_eq(event, T("payment_link.paid"))) &&
           text_eq(string_of(ctx, payment, "status"), T("captured")) &&
           json_is_true(json_object_get(payment, "captured")) &&
           text_eq(string_of(ctx, payment, "currency"), T("INR"));
}

static const json_t *entity_of(const json_t *root, const char *name) {
    return json_object_get(json_object_get(json_object_get(root, "payload"), name), "entity");
}

/* A payment of a link may come without the link's notes; the event of the link then says them
 * (razorpay.com/docs/webhooks/payloads/payment-links). */
static Text reference_of(Ctx *ctx, const json_t *root) {
    const json_t *link = entity_of(root, "payment_link");
    const json_t *bearers[] = {entity_of(root, "payment"), link};
    for (int i = 0; i < 2; i++) {
        Text said = string_of(ctx, json_object_get(bearers[i], "notes"), "reference");
        if (said.len) return said;
    }
    return pay_link_reference(string_of(ctx, link, "reference_id"));
}

static PaymentIn payment_of(Ctx *ctx, const json_t *root, Text source) {
    const json_t *payment = entity_of(root, "payment");
    const json_t *acquirer = json_object_get(payment, "acquirer_data");
    Text vpa = payer_address(ctx->arena, string_of(ctx, payment, "vpa"));
    return (PaymentIn){
        .source = source,
        .external_id = string_of(ctx, payment, "id"),
        .at = ctx->now_s,
        .amount_paise = json_integer_value(json_object_get(payment, "amount")),
        .gateway_order = string_of(ctx, payment, "order_id"),
        .utr = string_of(ctx, acquirer, "rrn"),
        .reference = reference_of(ctx, root),
        .payer = vpa.len ? vpa : string_of(ctx, payment, "contact"),
    };
}

WebhookSays webhook_read(Ctx *ctx, Text body, Text source, Text *ret_event, PaymentIn *ret) {
    json_t *root = json_loadb(body.ptr ? body.ptr : "", body.len, DEPTH_FLAGS, NULL);
    if (!root) return WEBHOOK_UNREADABLE;
    arena_defer(ctx->arena, release_json, root);
    *ret_event = string_of(ctx, root, "event");
    if (!is_captured(ctx, root, entity_of(root, "payment"))) return WEBHOOK_OTHER;
    *ret = payment_of(ctx, root, source);
    return ret->external_id.len && ret->amount_paise > 0 ? WEBHOOK_PAID : WEBHOOK_UNREADABLE;
}

Status webhook_receive(Ctx *ctx, Text body, Text signature, Webhook *ret) {
    Text source, event;
    *ret = (Webhook){0};
    TRY(find_signer(ctx, body, signature, &source));
    switch (webhook_read(ctx, body, source, &event, &ret->payment)) {
    case WEBHOOK_UNREADABLE: break;
    case WEBHOOK_OTHER: return audit_add(ctx, "payment.passed-over", source, event);
    case WEBHOOK_PAID: return payment_in_receive(ctx, &ret->payment, &ret->counted);
    }
    return fail(ctx, INVALID, NULL, "webhook_form");
}

Status webhook_demo_pay(Ctx *ctx, const FeeOrder *order, Webhook *ret) {
    PayWay ways[PAY_WAY_COUNT];
    char hex[HMAC_HEX_CHARS];
    TRY(pay_way_list(ctx, ways));
    if (!ways[PAY_WAY_DEMO].is_on) return fail(ctx, DENIED, NULL, "demo_only");
    Text reference = fee_order_reference(ctx, order->id);
    Text body = arena_printf(
        ctx->arena,
        "{\"event\":\"payment.captured\",\"payload\":{\"payment\":{\"entity\":{"
        "\"id\":\"demo_%.*s\",\"amount\":%lld,\"currency\":\"INR\",\"status\":\"captured\","
        "\"captured\":true,\"notes\":{\"reference\":\"%.*s\"}}}}}",
        TEXT_ARG(reference), (long long)order->amount_paise, TEXT_ARG(reference));
    hmac_sha256_hex(ways[PAY_WAY_DEMO].secret, body, hex);
    return webhook_receive(ctx, body, (Text){hex, sizeof hex}, ret);
}
