/* A member's card: what stands on it and its two codes. Drawing is render's. */
#ifndef DOMAIN_CARD_H
#define DOMAIN_CARD_H

#include "crypto/signed_code.h"
#include "domain/member.h"
#include "domain/member_optional.h"
#include "domain/membership_kind.h"
#include "domain/organisation_slogan.h"

enum { CARD_POSTS = 3 };

typedef struct Card {
    Member member;
    Unit unit;
    Text state_name_en, state_name_hi; /* of the unit's state, empty above states */
    MembershipKind kind;
    Text post_en[CARD_POSTS], post_hi[CARD_POSTS];
    int post_count;
    Text photo; /* JPEG, by card_read_photo only: a check by number does not pay for it */
    MemberOptional optional; /* by card_read_more only: before card_sign, for a date of birth */
    OrganisationSlogan slogan; /* by card_read_more only */
    int64_t issued_at; /* of this issue: with the first, when the member joined */
    /* Filled by card_sign: */
    Text number;      /* "GKC-204-7719-0350" */
    Text check_code;  /* "GKC20477190350-7K3M9QWX" */
    Text check_url;   /* upper case, for the QR */
    Text signed_code;
    Text page_path;   /* "/card/<token>" */
} Card;

/* Reads what stands on the card. CONFLICT card_not_yet for an applied, card_ended for an ended one
 * (unless any_state). In apply. */
MUST_USE Status card_load(Ctx *ctx, int64_t serial, bool any_state, Card *ret);
/* The same by a number of this organisation, in any state. */
MUST_USE Status card_load_number(Ctx *ctx, const Number *number, Card *ret);
/* What card_sign needs of the card that an enrolment issues, the same at each repeat of its answer
 * whatever became of the member since: no store. */
void card_first_issue(const Enrolment *asked, const Enrolled *enrolled, Card *ret);
/* Reads and opens the photo of a card that was read; empty when there is none. In apply. */
MUST_USE Status card_read_photo(Ctx *ctx, Card *card);
/* The photo, what the member has added, the slogan: for drawing the card. In apply. */
MUST_USE Status card_read_more(Ctx *ctx, Card *card);
/* Makes the codes: no store. maker may be NULL. */
MUST_USE Status card_sign(Ctx *ctx, SignedCodeMaker *maker, Card *card);
/* The serial of a card page's address after checking it against the member: NOT_FOUND
 * card_page_gone for anything else, card_page_moved for an address that was replaced. In apply. */
MUST_USE Status card_by_token(Ctx *ctx, Text token, Card *ret);
/* The status list's bits of one shard (STATUS_SHARD_ENTRIES/8 bytes in the arena): 1 for cards that
 * are not valid: ended, suspended. In apply. */
MUST_USE Status card_status_bits(Ctx *ctx, int64_t shard, uint8_t **ret_bits);

#endif
