/* Members: who they are, how they came, what became of them. The one way in is member_enrol, for
 * the API, the web, the terminal and the demo alike. */
#ifndef DOMAIN_MEMBER_H
#define DOMAIN_MEMBER_H

#include "crypto/number.h"
#include "domain/idempotency.h"
#include "domain/member_state.h"
#include "domain/organisation.h"
#include "domain/person.h"
#include "domain/tally.h"

/* The table of what may become what (member_state.h). */
bool member_may_become(MemberState from, MemberState to);

typedef enum FeeMethod {
    FEE_NONE,    /* claimed only */
    FEE_CASH,    /* taken by the actor */
    FEE_DEMO,    /* as if by a gateway */
    FEE_PENDING, /* open */
    /* Out of money that came in before (payment_in.h): */
    FEE_DEMO_ORDER, FEE_GATEWAY, FEE_UPI, FEE_BANK,
    FEE_METHOD_COUNT
} FeeMethod;

/* Everything asked of somebody who joins; texts as typed. */
typedef struct Enrolment {
    Text name, name_alt;
    Text phone;         /* as typed or E.164; empty: no phone */
    Text phone_of;      /* "self" | "household"; empty: self, or none without a phone */
    Text phone_proof;   /* "code" | "sms_in" | "missed_call" | "witness"; empty: none was given */
    int64_t pin;        /* a postal PIN code, or 0 when unit_code is given */
    Text unit_code;
    Text settlement;    /* "rural" | "urban" | empty: unknown */
    Text gender;        /* f m x n */
    int64_t birth_year;
    Text of_age;        /* "yes" | "no": who turns of age this year may be asked; empty: yes */
    Text guardian_name, guardian_phone; /* of a minor; as typed */
    Text guardian_proof;                /* of that phone, likewise */
    bool messages;      /* agreed to be written to, apart from the membership */
    Text country, town; /* abroad: ISO 3166 code and city, instead of pin and unit_code */
    Text kind;          /* empty: ordinary */
    Text notice;        /* version of the consent notice agreed to */
    int64_t consent_at;
    FeeMethod fee_method;
    int64_t fee_paise;
    Text enrolled_by;   /* membership number of the enroller to be credited, or empty */
    Text how;           /* "enroller" | "web" | "import" | "demo" | "operator" */
    int64_t joined_at;  /* 0: now; the demo and imports set it */
    Text idempotency_key; /* with the actor; empty: none */
    Text body;          /* what the key stands for */

    /* Set by member_prepare: */
    bool minor;
    Text phone_e164, guardian_e164;
    Text person_key;
    uint8_t phone_hash[16];
    uint8_t person_hash[PERSON_HASH_BYTES];
    IdempotencyKey idempotency;
} Enrolment;

typedef struct Enrolled {
    int64_t serial;
    Number number;
    MemberState state;
    Unit unit;
    int64_t joined_at, expires_at; /* expires_at 0: for life */
    Text receipt;   /* "GKC/26-27/B017/0042" or empty */
    bool replayed;  /* the same key and body came before */
} Enrolled;

/* Checks and normalises what can be without the store, and hashes. Records one error a field. */
MUST_USE Status member_prepare(Ctx *ctx, Enrolment *e);
/* Enrols: resolves the place, refuses doubles (CONFLICT, member_duplicate), a full household phone
 * (LIMIT), more than the enroller may (LIMIT, enroller.h), a witness where that is no proof (DENIED
 * witness_off), a unit outside the actor's subtree (DENIED), another body under the same key
 * (INVALID, idempotency_reused). In apply. A PIN that spans districts: INVALID pin_spans on field
 * "pin"; the choices by place_by_pin. */
MUST_USE Status member_enrol(Ctx *ctx, const Enrolment *e, Enrolled *ret);

/* A member's row. */
typedef struct Member {
    int64_t serial;
    Number number;
    MemberState state;
    Text kind, name, name_alt, gender, settlement, how, phone_proof, fee_proof, phone_of;
    int64_t birth_year, unit_id, joined_at, confirmed_at, expires_at, ended_at;
    int64_t enrolled_by;     /* token, 0: none */
    int64_t enroller_serial; /* -1: none */
    int64_t card_issue, card_generation;
    Text sealed_key, phone_sealed, town; /* town: abroad; else empty */
    Lang lang;                           /* of messages to the member */
} Member;

/* Reads a member by serial; NOT_FOUND (member_not_found). No scope, no audit: for the domain. */
MUST_USE Status member_by_serial(Ctx *ctx, int64_t serial, Member *ret);
/* The same by a number of this organisation. */
MUST_USE Status member_of_number(Ctx *ctx, const Number *number, Member *ret);
/* Reads by a number as typed: member_number_form, member_number_digit, member_not_found. */
MUST_USE Status member_by_number(Ctx *ctx, Text typed, Member *ret);
/* Whether the member is in the unit of an API token that asks; true for all who are no token. */
MUST_USE Status member_in_reach(Ctx *ctx, const Member *member, bool *ret);
/* The same with scope: NOT_FOUND outside the actor's subtree; the look is recorded. A write. */
MUST_USE Status member_look(Ctx *ctx, Text number, Member *ret, Unit *ret_unit);
/* Opens the sealed phone; empty when there is none. */
MUST_USE Status member_phone(Ctx *ctx, const Member *member, Text *ret_e164);

/* The language in which the member came last is that of messages from now on. A write. */
MUST_USE Status member_set_lang(Ctx *ctx, Member *member, Lang lang);

/* For the domain: what of the member counts; its place on its phone is free again. */
TallyFacts member_facts(const Member *member);
MUST_USE Status member_free_phone(Ctx *ctx, const Member *member);
/* Records that something happened to the member, as it is now, on this day. A write. */
MUST_USE Status member_record_event(Ctx *ctx, const Member *member, Text type, Text reason);
/* To another state with a dated event and the tallies; CONFLICT (member_state_refused) when the
 * table forbids it. Ending frees the place on the phone; an applied one who goes was never
 * counted. A write. */
MUST_USE Status member_change_state(Ctx *ctx, Member *member, MemberState to, Text reason);
/* The fee was proved by this means: applied, provisional or rejected becomes confirmed, with a
 * receipt and an entry in the ledger. A write; on a member already confirmed nothing changes and
 * the receipt is empty. CONFLICT (member_state_refused) for any other: money lifts none of it. */
MUST_USE Status member_confirm_fee(Ctx *ctx, Member *member, FeeMethod method, int64_t paise,
                                   Text *ret_receipt);
/* May member_confirm_fee confirm it? Not who was confirmed before and is provisional for a renewal
 * (member_term.h). */
bool member_awaits_fee(const Member *member);
/* Next issue of the card: the old one then says so. A write. */
MUST_USE Status member_reissue(Ctx *ctx, Member *member, Text reason);
/* The same with the event "correct": what is printed was mended. A write. */
MUST_USE Status member_reissue_corrected(Ctx *ctx, Member *member);

/* Members of one unit itself (not of those below: the caller walks the subtree by unit.h), by time
 * of joining, from the cursor on, which starts zeroed; *ret_count < max: that was the last page. No
 * scope check, no audit: for the edges, which do both. */
typedef struct MemberCursor {
    bool begun;
    int64_t joined_at, serial;
} MemberCursor;
MUST_USE Status member_of_unit(Ctx *ctx, int64_t unit_id, int64_t since, MemberCursor *cursor,
                               Member *ret, int max, int *ret_count);

#endif
