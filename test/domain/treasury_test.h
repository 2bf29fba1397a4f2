/* What the tests of money share, upon a register. */
#ifndef TEST_DOMAIN_TREASURY_TEST_H
#define TEST_DOMAIN_TREASURY_TEST_H

#include "register_test.h"

#include "domain/ledger.h"
#include "domain/payment_in.h"

/* Somebody who applied and owes the fee. */
int64_t treasury_applicant(Register *r, int which);
/* An order for these people, which must succeed. */
FeeOrder treasury_order(Register *r, const int64_t *serials, int count);
/* The order of this member's renewal, which must succeed. */
FeeOrder treasury_renewal(Register *r, int64_t serial);
FeeOrder treasury_order_now(Register *r, int64_t id);
/* Claims by UPI with these digits, which must succeed; the order as it then is. */
FeeOrder treasury_claim(Register *r, int64_t id, const char *utr);
/* Money comes; the payment as it then is. */
PaymentIn treasury_pays(Register *r, PaymentIn p, bool *ret_new);
int64_t treasury_balance(Register *r, const char *account);
/* Fails the test unless every entry balances, the days are the sums of their lines, and the books
 * say what the members say. */
void treasury_agrees(Register *r);

#endif
