/* Receipts as they were issued: what stands on one, and what anybody may learn from its code. */
#ifndef DOMAIN_RECEIPT_ISSUED_H
#define DOMAIN_RECEIPT_ISSUED_H

#include "crypto/receipt_code.h"
#include "domain/membership_kind.h"
#include "domain/receipt.h"

typedef enum ReceiptState {
    RECEIPT_VALID,
    RECEIPT_REFUNDED,  /* the money went back */
    RECEIPT_VOID,      /* the slip was spoiled; nobody paid on it */
    RECEIPT_UNKNOWN,   /* well-formed, but none of ours; also with a tag that is not its */
    RECEIPT_NOT_ONE,
    RECEIPT_OTHER_ORGANISATION,
    RECEIPT_STATE_COUNT
} ReceiptState;

/* "valid", "refunded", "void", "unknown", "not_a_receipt", "other_organisation". */
Text receipt_issued_state_text(ReceiptState state);

typedef struct ReceiptIssued {
    Receipt receipt;
    ReceiptState state;
    int64_t sequence;     /* of this member's payments: 0, 1, … */
    int64_t at, paise;
    Text method;          /* receipt_method */
    Text collector;       /* who took the cash, as the office says; may be empty */
    Member member;        /* of a void one: nobody */
    MembershipKind kind;  /* what was paid for */
    /* Filled by receipt_issued_sign: */
    Text number;    /* "GKC/26-27/B017/0042" */
    Text code;      /* "GKC2627B017R0042-7K3M9QWX" */
    Text check_url; /* upper case, for the QR */
} ReceiptIssued;

/* Everything that stands on the receipt; sequence -1: the newest. NOT_FOUND receipt_not_found. In
 * apply. No scope and no audit: for the edges, by a member's own address or after member_look. */
MUST_USE Status receipt_issued_of_member(Ctx *ctx, const Member *member, int64_t sequence,
                                         ReceiptIssued *ret);
/* The same by a number or code as typed; INVALID receipt_form when it is none, NOT_FOUND
 * receipt_not_found also for a void one. */
MUST_USE Status receipt_issued_by_number(Ctx *ctx, Text typed, ReceiptIssued *ret);
/* The member's, newest first, without member, kind and collector; at most max. */
MUST_USE Status receipt_issued_list(Ctx *ctx, int64_t serial, int max, ReceiptIssued *ret,
                                    int *ret_count);
/* Number, code and address: no store. */
void receipt_issued_sign(Ctx *ctx, ReceiptIssued *receipt);

/* Is this receipt genuine? For anybody. */
typedef struct ReceiptCheck {
    ReceiptCode code;    /* as read */
    bool shows_person;   /* the tag was right: it may be said who paid */
    ReceiptIssued issued; /* state always; the rest unless unknown */
} ReceiptCheck;
/* Reads the code, which may be a whole address: no store. receipt_issued_look then asks the
 * register; both return OK with a state unless the store fails. */
void receipt_issued_read(Ctx *ctx, Text typed, ReceiptCheck *ret);
MUST_USE Status receipt_issued_look(Ctx *ctx, const ReceiptCheck *read, ReceiptCheck *ret);

#endif
