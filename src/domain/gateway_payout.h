/* What the payment gateway hands on to the bank: the fees that lie with it, less its charges. The
 * credit at the bank is no fee; without this it would count twice. */
#ifndef DOMAIN_GATEWAY_PAYOUT_H
#define DOMAIN_GATEWAY_PAYOUT_H

#include "domain/payment_in.h"

/* Is this line of a bank's statement a payout, going by its narration and payer? Only names of
 * gateways as words of their own count: an address of UPI ("name@razorpay") is somebody's. */
bool gateway_payout_is(Text narration, Text payer);

/* An open credit of the bank is the gateway's payout of it together with the charges that the
 * gateway kept, which become an expense (account "gateway-charges"). It is settled then. CONFLICT
 * payment_settled, payout_not_bank, payout_too_much {have}: less than both lies with the gateway;
 * INVALID payout_charges below 0; DENIED as treasury_scope_check. A write. */
MUST_USE Status gateway_payout_settle(Ctx *ctx, int64_t payment_id, int64_t charges_paise,
                                      PaymentIn *ret);
/* A credit of a statement that gateway_payout_is, which nobody claims: received (once) and settled
 * without charges; when less lies with the gateway it stays open, for somebody to look at. No
 * scope: it is the bank that says so. A write. */
MUST_USE Status gateway_payout_receive(Ctx *ctx, PaymentIn *payment, bool *ret_new);
/* Charges alone, as the gateway's report says them later. CONFLICT payout_too_much;
 * DENIED as treasury_scope_check. A write. */
MUST_USE Status gateway_payout_charge(Ctx *ctx, int64_t paise, Text note);

#endif
