/* The page of an order, at an address that is given on to whoever pays: what there is to pay and
 * how, what became of it. It names nobody. */
#ifndef WEB_PAY_ORDER_H
#define WEB_PAY_ORDER_H

#include "domain/appeal.h"
#include "domain/pay_way.h"
#include "web/request.h"

typedef struct PayOrder {
    FeeOrder order;
    FeeStanding standing;
    FeeOrderState together; /* of the order that it was gathered into; open when there is none */
    Appeal appeal; /* the newest, where appealed */
    bool appealed;
    bool own_draft; /* the reader is joining with it: the cookie says so */
    PayWay ways[PAY_WAY_COUNT];
    Text typed_utr, typed_bank_utr, typed_appeal; /* to be shown again beside their errors */
} PayOrder;

/* Makes rq->state, a PayOrder, of a private page. */
void pay_order_prepare(Request *rq);
/* In apply, by the parameter "token". */
MUST_USE Status pay_order_load(Request *rq);
/* All that templates/pay.html names. */
MUST_USE Status pay_order_fill(Request *rq);
/* For what is still to be paid. */
Text pay_order_upi_link(Request *rq);

#endif
