/* One order out of several, so that a family or an enroller pays once: one amount, one code to
 * scan, one number typed in. The orders gathered stay as they are, and may still be paid alone:
 * what is then paid twice waits for a decision, as all money does that is too much. */
#ifndef DOMAIN_FEE_GATHER_H
#define DOMAIN_FEE_GATHER_H

#include "domain/fee_order.h"

/* Whoever knows the addresses of orders may pay for them, and who is signed in by their references
 * too: pages that contain "/pay/…" or references, one a line or separated by commas, at most
 * FEE_ORDER_PEOPLE_MAX. The same order or person twice counts once. INVALID on field "orders", with
 * {nth} of the list: gather_unknown, also of people who are not in an API token's unit;
 * gather_not_open (claimed, paid, over, or money is here already); gather_few when they are not two
 * people at least; fee_order_people. A write. */
MUST_USE Status fee_gather_orders(Ctx *ctx, Text typed, FeeOrder *ret);
/* The same for members by their numbers, for enrollers alone; on field "members". */
MUST_USE Status fee_gather_members(Ctx *ctx, Text typed, FeeOrder *ret);
/* Whether all of the order's people are in the unit of an API token that asks; true for others. */
MUST_USE Status fee_gather_reaches(Ctx *ctx, const FeeOrder *order, bool *ret);
/* An order by its reference, for a token in whose unit all of its people are: NOT_FOUND
 * order_not_found otherwise. */
MUST_USE Status fee_gather_look(Ctx *ctx, Text reference, FeeOrder *ret);

#endif
