/* A payment link as Razorpay's API makes them: POST /v1/payment_links with key id and secret by
 * HTTP Basic, amounts in paise (razorpay.com/docs/api/payments/payment-links/create-standard). The
 * payer opens its short_url; what was paid is told by the webhook (web/webhook.h). */
#ifndef OUTBOUND_PAYMENT_LINK_H
#define OUTBOUND_PAYMENT_LINK_H

#include "outbound/http_call.h"

enum { PAYMENT_LINK_ID_BYTES = 64 };

typedef struct PaymentLinkRequest {
    Text api_url; /* scheme and host */
    Text key_id, key_secret;
    int64_t amount_paise;
    Text name;       /* reference_id: at most 40 bytes, never used before at that account */
    Text reference;  /* of the order: comes back as notes.reference */
    Text description;
    Text return_url; /* whoever has paid is sent back there */
    int64_t expires_at;
    int timeout_ms;
} PaymentLinkRequest;

/* The request in the arena, secrets and all. */
void payment_link_fill(Arena *arena, const PaymentLinkRequest *request, HttpCall *ret);

typedef enum PaymentLinkVerdict {
    PAYMENT_LINK_MADE,
    PAYMENT_LINK_LATER,   /* not reached, overloaded, or nothing one understands */
    PAYMENT_LINK_REFUSED, /* wrong keys or a request that it will never like */
} PaymentLinkVerdict;

typedef struct PaymentLinkAnswer {
    Text link_id, url; /* when made; url is not checked yet */
    Text reason;       /* otherwise, without a word of what was asked or answered */
} PaymentLinkAnswer;

/* Made only when the answer names a link, its address, and the amount and name asked for. */
PaymentLinkVerdict payment_link_judge(Arena *arena, const PaymentLinkRequest *request,
                                      const HttpCall *call, PaymentLinkAnswer *ret);

#endif
