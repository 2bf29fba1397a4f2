/* What other servers answer: a gateway that makes payment links, one that sends SMS. The first byte
 * is the status. A link counts as made only when it is the one asked for; and no reason, which is
 * logged, has a word of the answer. */
#include "fuzz.h"
#include "outbound/payment_link.h"
#include "outbound/sms_gateway.h"

static int status_of(uint8_t byte) { return 100 + byte * 2; }

static void link(Arena *arena, const HttpCall *call) {
    const PaymentLinkRequest request = {.amount_paise = 1100, .name = T("GKCF2A.1"),
                                        .reference = T("GKCF2A")};
    PaymentLinkAnswer answer;
    PaymentLinkVerdict verdict = payment_link_judge(arena, &request, call, &answer);
    bool made = verdict == PAYMENT_LINK_MADE;
    assert(made == !answer.reason.len);
    if (!made) {
        assert(answer.reason.len < 40);
        return;
    }
    assert(call->status / 100 == 2 && answer.link_id.len && answer.url.len);
    assert(answer.link_id.len <= PAYMENT_LINK_ID_BYTES);
    assert(memmem(call->answer.ptr, call->answer.len, "1100", 4));
}

static void sms(Arena *arena, const HttpCall *call) {
    Text reason;
    SmsVerdict verdict = sms_gateway_judge(arena, T("taken"), call, &reason);
    assert((verdict == SMS_SENT) == !reason.len);
    assert(reason.len < 40);
    if (verdict != SMS_SENT) return;
    assert(call->status / 100 == 2 && memmem(call->answer.ptr, call->answer.len, "taken", 5));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size || size > HTTP_CALL_ANSWER_BYTES) return 0;
    Arena *arena = arena_new(4 << 20);
    HttpCall call = {.trouble = HTTP_CALL_ANSWERED, .status = status_of(data[0]),
                     .answer = text_bytes(data + 1, size - 1)};
    link(arena, &call);
    sms(arena, &call);
    arena_delete(arena);
    return 0;
}
