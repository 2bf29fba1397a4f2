/* Writing the request, reading the answer; see payment_link.h. */
#include "outbound/payment_link.h"

#include <jansson.h>

static json_t *string_of(Text text) { return json_stringn(text.ptr ? text.ptr : "", text.len); }

/* Nobody is written to by the gateway: it is told no name, no phone, and to notify nobody. */
static json_t *body_of(const PaymentLinkRequest *rq) {
    return json_pack("{sI ss sb so so s{so} s{sb sb} sb so ss sI}", "amount",
                     (json_int_t)rq->amount_paise, "currency", "INR", "accept_partial", 0,
                     "reference_id", string_of(rq->name), "description",
                     string_of(rq->description), "notes", "reference", string_of(rq->reference),
                     "notify", "sms", 0, "email", 0, "reminder_enable", 0, "callback_url",
                     string_of(rq->return_url), "callback_method", "get", "expire_by",
                     (json_int_t)rq->expires_at);
}

static Text dump(Arena *arena, json_t *value) {
    size_t len = json_dumpb(value, NULL, 0, JSON_COMPACT);
    char *bytes = arena_alloc(arena, len + 1);
    (void)json_dumpb(value, bytes, len, JSON_COMPACT);
    json_decref(value);
    return (Text){bytes, len};
}

void payment_link_fill(Arena *arena, const PaymentLinkRequest *rq, HttpCall *ret) {
    *ret = (HttpCall){
        .arena = arena,
        .timeout_ms = rq->timeout_ms,
        .method = "POST",
        .url = arena_printf(arena, "%.*s/v1/payment_links", TEXT_ARG(rq->api_url)).ptr,
        .headers = {"Content-Type: application/json", "Accept: application/json"},
        .header_count = 2,
        .user = arena_cstr(arena, rq->key_id),
        .password = arena_cstr(arena, rq->key_secret),
        .body = dump(arena, body_of(rq)),
    };
}

static Text text_in(Arena *arena, const json_t *object, const char *name, size_t max) {
    const json_t *value = json_object_get(object, name);
    if (!json_is_string(value) || json_string_length(value) > max) return TEXT_NONE;
    return arena_copy(arena, (Text){json_string_value(value), json_string_length(value)});
}

static bool read_answer(Arena *arena, const PaymentLinkRequest *rq, Text answer,
                        PaymentLinkAnswer *ret) {
    json_t *root = json_loadb(answer.ptr ? answer.ptr : "", answer.len, JSON_REJECT_DUPLICATES,
                              NULL);
    if (!root) return false;
    ret->link_id = text_in(arena, root, "id", PAYMENT_LINK_ID_BYTES);
    ret->url = text_in(arena, root, "short_url", HTTP_CALL_ANSWER_BYTES);
    bool ours =
        json_integer_value(json_object_get(root, "amount")) == rq->amount_paise &&
        text_eq(text_in(arena, root, "currency", 3), T("INR")) &&
        text_eq(text_in(arena, root, "reference_id", PAYMENT_LINK_ID_BYTES), rq->name);
    json_decref(root);
    return ours && ret->link_id.len && ret->url.len;
}

PaymentLinkVerdict payment_link_judge(Arena *arena, const PaymentLinkRequest *rq,
                                      const HttpCall *call, PaymentLinkAnswer *ret) {
    *ret = (PaymentLinkAnswer){.reason = http_call_trouble_text(call->trouble)};
    if (call->trouble == HTTP_CALL_IMPOSSIBLE) return PAYMENT_LINK_REFUSED;
    if (call->trouble != HTTP_CALL_ANSWERED) return PAYMENT_LINK_LATER;
    if (call->status < 200 || call->status > 299) {
        ret->reason = arena_printf(arena, "status %d", call->status);
        bool later = call->status == 429 || call->status == 408 || call->status >= 500;
        return later ? PAYMENT_LINK_LATER : PAYMENT_LINK_REFUSED;
    }
    if (read_answer(arena, rq, call->answer, ret)) return PAYMENT_LINK_MADE;
    ret->reason = T("answer does not fit");
    return PAYMENT_LINK_LATER;
}
