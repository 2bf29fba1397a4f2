/* Fees to be paid: one order for one person or several, from when it is open to when the money is
 * here. An order proves nothing; payment_in.h brings the money. */
#ifndef DOMAIN_FEE_ORDER_H
#define DOMAIN_FEE_ORDER_H

#include "crypto/order_code.h"
#include "domain/member.h"

enum {
    FEE_ORDER_PEOPLE_MAX = 50,
    FEE_ORDER_UTR_DIGITS = 12,
    FEE_ORDER_WHY_BYTES = 1200, /* a sentence of ours in both languages, and own words */
};

typedef enum FeeOrderState {
    FEE_ORDER_OPEN,    /* nothing said, or the claim was not true */
    FEE_ORDER_CLAIMED, /* the payer typed in a UTR */
    FEE_ORDER_PAID,
    FEE_ORDER_STATE_COUNT
} FeeOrderState;

typedef struct FeeOrder {
    int64_t id;
    FeeOrderState state;
    int64_t amount_paise;
    int64_t received_paise; /* what is here for it and not yet for anybody's fee */
    Text way;               /* upi | bank | razorpay | demo, or empty */
    Text utr;               /* 12 digits as typed by the payer, or empty */
    Text gateway_order;     /* "order_…", or empty */
    int64_t created_at, claimed_at, ended_at;
    Text rejected_reason; /* of the newest claim that was rejected, or empty */
    int64_t rejected_at;
    int told; /* phones that an SMS tells of a rejection just made */
    int64_t joined_into;  /* an order for these people and others, or 0 */
    int64_t serials[FEE_ORDER_PEOPLE_MAX];
    int64_t fees[FEE_ORDER_PEOPLE_MAX];
    bool renews[FEE_ORDER_PEOPLE_MAX];        /* another term; else the fee of joining */
    int64_t renewed_at[FEE_ORDER_PEOPLE_MAX]; /* 0: not yet */
    int people;
} FeeOrder;

Text fee_order_state_text(FeeOrderState state);
/* For all of these people, each at the fee of the own kind. INVALID fee_order_people (none, too
 * many, twice), CONFLICT fee_order_nothing when somebody owes no fee. A write. */
MUST_USE Status fee_order_create(Ctx *ctx, const int64_t *serials, int count, FeeOrder *ret);
/* For the serials, fees and renews that are filled in, as other orders of these people say them. A
 * write. */
MUST_USE Status fee_order_make(Ctx *ctx, FeeOrder *order);
/* NOT_FOUND order_not_found. */
MUST_USE Status fee_order_read(Ctx *ctx, int64_t id, FeeOrder *ret);
/* By its reference or the token of its address. NOT_FOUND order_not_found. */
MUST_USE Status fee_order_by_reference(Ctx *ctx, Text typed, FeeOrder *ret);
MUST_USE Status fee_order_by_token(Ctx *ctx, Text token, FeeOrder *ret);
/* The newest of a member. */
MUST_USE Status fee_order_of_member(Ctx *ctx, int64_t serial, FeeOrder *ret, bool *ret_found);
/* The newest that is not paid, or a new one for this member alone: of the fee of joining, or of
 * renewing where nothing else is owed and that is possible. While one that was gathered into the
 * newest is open like it, that one: a member need not pay for the others. A write. */
MUST_USE Status fee_order_for_member(Ctx *ctx, int64_t serial, FeeOrder *ret);

/* What staff write: a reference, the address of the page where it is paid, or the number of the
 * member whose open fee is meant (as above).
 * NOT_FOUND payment_target on "order". A write. */
MUST_USE Status fee_order_by_target(Ctx *ctx, Text typed, FeeOrder *ret);
/* Another term for this member: the newest order of one that is not paid and still has its price,
 * or a new one. CONFLICT renew_not_now outside of the kind's window (member_term_may_renew),
 * renew_free when its kind costs nothing. A write. */
MUST_USE Status fee_order_for_renewal(Ctx *ctx, const Member *m, FeeOrder *ret);
/* Whether the fee of the order's i-th person, who is read as m, is still to be proved. */
MUST_USE Status fee_order_is_due(Ctx *ctx, const FeeOrder *o, int i, const Member *m, bool *ret);
/* The money for the i-th person's renewal is here: another term, once. For payment_in. A write. */
MUST_USE Status fee_order_renew(Ctx *ctx, FeeOrder *o, int i, Member *m);
/* The member says to have paid a renewal, and nobody has seen the money yet. */
MUST_USE Status fee_order_renewal_claimed(Ctx *ctx, int64_t serial, bool *ret);

/* "GKCF…" and the 32 characters of its address, in the arena. */
Text fee_order_reference(Ctx *ctx, int64_t id);
Text fee_order_token(Ctx *ctx, int64_t id);

/* A UTR as people type or paste it (digits of any Indian script, spaces, small letters), made as it
 * is kept and as statements are searched for it: 12 digits, of a bank also NEFT's 16 and RTGS's 22
 * capital letters and digits (statement_utr.h). INVALID utr_digits, utr_bank on the field. */
MUST_USE Status fee_order_utr(Ctx *ctx, const char *field, Text typed, bool bank, Text *ret);
/* The payer says to have paid, by "upi" or "bank": who applied has a provisional card from now on;
 * who had expired is provisional again for a claimed renewal; who was rejected stays so until
 * somebody looks at the new claim (the appeal). Money that came with this UTR is counted at once.
 * Claiming again mends a wrong UTR. CONFLICT order_paid. A write. */
MUST_USE Status fee_order_claim(Ctx *ctx, FeeOrder *order, Text way, Text utr);
/* The money never came: the claim is dropped, its provisional members become rejected, or expired
 * again where it was for a renewal. reason says what to do. CONFLICT order_not_claimed; INVALID
 * reason_form. A write. */
MUST_USE Status fee_order_reject(Ctx *ctx, FeeOrder *order, Text reason);
/* The appeal is granted: the rejected of the order are provisional again, as are those who expired
 * and renew by it, and it counts as claimed until money comes; an open appeal is settled by it. A
 * write. */
MUST_USE Status fee_order_restore(Ctx *ctx, FeeOrder *order, Text reason);
/* How its people stand. */
typedef struct FeeStanding {
    int applied, provisional, rejected, confirmed;
    int over; /* lapsed, ended, refunded, expired, suspended: money of the order lifts none of it */
    int renewing; /* members whose next term it pays */
    int64_t unproved_paise; /* fees of those whom money would confirm */
    int64_t due_paise;      /* less what is here for them already; at least 0 */
} FeeStanding;
MUST_USE Status fee_order_standing(Ctx *ctx, const FeeOrder *order, FeeStanding *ret);
/* It was gathered into another one. A write. */
MUST_USE Status fee_order_join(Ctx *ctx, FeeOrder *order, int64_t into);
/* All fees of it are proved. For payment_in. A write. */
MUST_USE Status fee_order_close(Ctx *ctx, FeeOrder *order, Text way);

#endif
