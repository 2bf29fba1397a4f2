/* How the organisation lets people pay their fees. */
#ifndef DOMAIN_PAY_WAY_H
#define DOMAIN_PAY_WAY_H

#include "domain/organisation.h"

typedef enum PayWayKind {
    PAY_WAY_DEMO,     /* a button that pays nothing: demo registers only */
    PAY_WAY_RAZORPAY, /* a payment page of the gateway, and its webhook */
    PAY_WAY_UPI,
    PAY_WAY_BANK,
    PAY_WAY_CASH,
    PAY_WAY_COUNT
} PayWayKind;

typedef struct PayWay {
    bool is_on;
    Text detail; /* upi: the VPA; bank: the account as lines of text; razorpay: https address of
                    the payment page, or empty */
    Text payee;  /* upi: the name that the payer's app shows */
    Text secret; /* razorpay: of the webhook; on writing NULL keeps it */
} PayWay;

Text pay_way_text(PayWayKind kind);
bool pay_way_parse(Text text, PayWayKind *ret);
/* All of them. Never set: a demo register has its button, every register cash. The demo's secret is
 * derived; secrets are for web/webhook.c alone. */
MUST_USE Status pay_way_list(Ctx *ctx, PayWay ret[PAY_WAY_COUNT]);
/* INVALID pay_way_vpa, pay_way_payee, pay_way_account, pay_way_page, pay_way_secret; DENIED
 * demo_only. A write. */
MUST_USE Status pay_way_set(Ctx *ctx, PayWayKind kind, const PayWay *way);

#endif
