/* What a payment gateway says: believed only with its signature, counted once. The same way for
 * the gateway's own calls and for the demo's pay button, which signs as a gateway would. */
#ifndef WEB_WEBHOOK_H
#define WEB_WEBHOOK_H

#include "domain/payment_in.h"

typedef struct Webhook {
    bool counted; /* money that was not known before */
    PaymentIn payment;
} Webhook;

/* Razorpay's form: body is the raw JSON, signature the hex of its HMAC-SHA256 under the webhook's
 * secret. DENIED webhook_signature when it is no one's; INVALID webhook_form when a signed body
 * cannot be read. Other events than captured payments in rupees are not counted. In the apply of a
 * write. */
MUST_USE Status webhook_receive(Ctx *ctx, Text body, Text signature, Webhook *ret);

typedef enum WebhookSays { WEBHOOK_UNREADABLE, WEBHOOK_OTHER, WEBHOOK_PAID } WebhookSays;
/* What a body says, whoever signed it; ret when paid, its texts in the arena. No store. */
WebhookSays webhook_read(Ctx *ctx, Text body, Text source, Text *ret_event, PaymentIn *ret);

/* The demo's pay button: makes the signed event of a payment for the order, and receives it.
 * Pressed twice it pays once. DENIED demo_only where that way is off. In the apply of a write. */
MUST_USE Status webhook_demo_pay(Ctx *ctx, const FeeOrder *order, Webhook *ret);

#endif
