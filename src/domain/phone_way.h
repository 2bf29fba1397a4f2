/* How a phone may be proved in this organisation: by a code sent to it, by an SMS or a missed call
 * that comes from it, by the word of an enroller. */
#ifndef DOMAIN_PHONE_WAY_H
#define DOMAIN_PHONE_WAY_H

#include "domain/organisation.h"

enum {
    PHONE_WAY_KEYWORD_BYTES = 20,
    PHONE_WAY_FIELD_BYTES = 40,
    PHONE_WAY_SECRET_MIN = 16,
    PHONE_WAY_SECRET_MAX = 200,
};

typedef struct PhoneWays {
    bool code;        /* read: and there is a gateway, or a demo; phone_way_set: wanted */
    bool code_wanted; /* read: as it was set */
    bool witness;
    Text sms_number, call_number; /* empty: not offered */
    Text keyword;                 /* goes before the word of an SMS, or empty */
    Text field_from, field_text, field_time, field_id; /* what the provider calls them */
    Text sealed_key, sealed_secret;
} PhoneWays;

/* Never set: codes alone, usual names of fields. In apply. */
MUST_USE Status phone_way_read(Ctx *ctx, PhoneWays *ret);
/* Whether anybody can prove a phone alone. */
bool phone_way_any(const PhoneWays *ways);
/* What the provider of the numbers signs with; empty when none is set. */
MUST_USE Status phone_way_secret(Ctx *ctx, const PhoneWays *ways, Text *ret);
/* Numbers as typed: E.164, or of SMS a short one of 3 to 8 digits. secret with NULL pointer keeps
 * the one there. INVALID phone_form, phone_way_keyword, phone_way_field, phone_way_secret on the
 * names above with hyphens; phone_way_none on "code" where nothing would be left. A write. */
MUST_USE Status phone_way_set(Ctx *ctx, const PhoneWays *ways, Text secret);

/* Is this proof (member.phone_proof) one that the phone itself gave? An enroller's word is none. */
bool phone_way_confirms(Text proof);

#endif
