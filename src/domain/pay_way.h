/* How the organisation lets people pay their fees. */
#ifndef DOMAIN_PAY_WAY_H
#define DOMAIN_PAY_WAY_H

#include "domain/bank_account.h"
#include "domain/organisation.h"

typedef enum PayWayKind {
    PAY_WAY_DEMO,     /* a button that pays nothing: demo registers only */
    PAY_WAY_RAZORPAY, /* a payment page of the gateway, and its webhook */
    PAY_WAY_UPI,
    PAY_WAY_BANK,
    PAY_WAY_CASH,
    PAY_WAY_COUNT
} PayWayKind;

#define PAY_WAY_API "https://api.razorpay.com"

typedef struct PayWay {
    bool is_on;
    Text detail; /* upi: the VPA; razorpay: https address of the payment page, or empty; bank: as
                    it is kept */
    BankAccount bank; /* of the bank; empty texts where it is kept as one text */
    Text payee;  /* upi: the name that the payer's app shows */
    /* razorpay; on writing NULL keeps what is there: */
    Text secret;     /* of the webhook */
    Text key_id;     /* of its API, or empty: it is not asked for payment links */
    Text key_secret;
    Text api_url;    /* without path; empty: PAY_WAY_API */
} PayWay;

Text pay_way_text(PayWayKind kind);
bool pay_way_parse(Text text, PayWayKind *ret);
/* All of them. Never set: a demo register has its button, every register cash. The demo's secret is
 * derived; secrets are for web/webhook.c alone. */
MUST_USE Status pay_way_list(Ctx *ctx, PayWay ret[PAY_WAY_COUNT]);
/* CONFLICT pay_way_off unless people may pay so. */
MUST_USE Status pay_way_check(Ctx *ctx, PayWayKind kind);
/* May payment links be asked for? */
bool pay_way_has_links(const PayWay *way);
/* INVALID pay_way_vpa, pay_way_payee, pay_way_page, pay_way_secret, pay_way_key, gateway_url_form,
 * gateway_url_tls, those of bank_account_check; DENIED demo_only. A write. */
MUST_USE Status pay_way_set(Ctx *ctx, PayWayKind kind, const PayWay *way);

#endif
