/* A payment event whose signature was right: what stands in it is still others' work, down to the
 * payer's address and notes. */
#include "fuzz.h"
#include "web/webhook.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > 1 << 16) return 0;
    Arena *arena = arena_new(4 << 20);
    Ctx ctx;
    Text event;
    PaymentIn one, two;
    ctx_init(&ctx, arena);
    Text body = text_bytes(data, size);
    WebhookSays says = webhook_read(&ctx, body, T("razorpay"), &event, &one);
    assert(says == webhook_read(&ctx, body, T("razorpay"), &event, &two));
    if (says == WEBHOOK_PAID) {
        const PaymentIn *p = &one;
        assert(p->external_id.len && p->amount_paise > 0);
        assert(p->amount_paise == two.amount_paise);
        const Text texts[] = {p->external_id, p->gateway_order, p->utr, p->reference, p->payer};
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
            assert(text_is_utf8(texts[i]) && texts[i].len <= 64);
    }
    arena_delete(arena);
    return 0;
}
