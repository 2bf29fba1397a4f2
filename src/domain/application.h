/* Somebody joining on the web, step by step: form → check → code → pay → done. What is typed stays
 * with a cookie for a day, sealed. */
#ifndef DOMAIN_APPLICATION_H
#define DOMAIN_APPLICATION_H

#include "domain/application_place.h"
#include "domain/member.h"
#include "domain/membership_kind.h"
#include "domain/phone_code.h"
#include "domain/phone_wait.h"
#include "domain/phone_way.h"

typedef enum ApplicationStep {
    APPLICATION_FORM,  /* something is wrong or the place is not chosen yet */
    APPLICATION_CHECK, /* complete: show how the name will be printed, ask for consent */
    APPLICATION_CODE,  /* consented: the phone is to be proved (phone_way.h) */
    APPLICATION_PAY,   /* a member, applied or provisional: the fee is open */
    APPLICATION_DONE,  /* a member with a card */
} ApplicationStep;

typedef struct ApplicationForm {
    Text name, name_alt, phone, phone_of, place, unit_code, settlement, gender, birth_year;
    Text by; /* code of who invited (domain/referral.h), or empty */
    Text of_age;                        /* "yes" | "no", where the year leaves it open */
    Text guardian_name, guardian_phone; /* of a minor */
    Text kind;                          /* where there is more than one */
    Text country, town;                 /* abroad, instead of place */
    Text messages;                      /* "1": wishes to be written to */
    Text country_before;                /* chosen before the home was said to be in India */
} ApplicationForm;

typedef struct Application {
    ApplicationStep step;
    ApplicationForm form; /* as typed, so that it can be shown again */
    Text phone_e164; /* where the code goes: of a minor the guardian's */
    bool minor, ask_of_age; /* after application_save and _load; the year leaves it open */
    ApplicationPlaces places; /* after application_save and _load: what the place may be */
    Text place_en, place_hi; /* "Hamirpur, Himachal Pradesh"; empty where no unit is chosen yet */
    MembershipKind kind; /* chosen, or the only one */
    int64_t fee_paise;
    MemberState state;    /* the membership, from APPLICATION_PAY on */
    int64_t serial;       /* from APPLICATION_PAY on */
    Text card_path;       /* "/card/<token>" from APPLICATION_PAY on, when there is a card */
    Text demo_code;       /* the code just made, for the sender; pages may show it in a demo
                             register only */
    int64_t created_at;
    PhoneWays ways; /* at APPLICATION_CODE: how the phone may be proved, and */
    PhoneWait wait; /* what its own SMS must say; digits empty: none is waited for */
    /* The application's own: */
    uint8_t secret_hash[16];
    Text sealed_key, sealed_form; /* as stored */
    Text notice;
    int64_t consent_at;
    Text phone_hash;
    PhoneCode code;
} Application;

enum {
    APPLICATION_LIFE_S = 86400,
    APPLICATION_UNFINISHED_MAX = 100000, /* more of them, and the oldest go */
};

/* The functions that write return OK also when something typed is wrong: then the draft is saved
 * as typed and the ctx has the errors (ctx->error_count), so that nothing is lost; the step says
 * where the applicant is. secret is the cookie's value. All but application_load are writes. */

/* The application of a cookie; NOT_FOUND (application_gone) when unknown or over. */
MUST_USE Status application_load(Ctx *ctx, Text secret, Application *ret);
/* Saves the form, beginning an application when the secret is new, and goes to APPLICATION_CHECK
 * when it is complete. A place that means several units: error place_choose on field "place", and
 * the page offers them (place.h). With more than one kind of membership: kind_choose on "kind".
 * Where the year of birth leaves it open: of_age_missing on "of_age"; a minor: guardian_missing,
 * guardian_phone_missing. Allowed until the code was right; going back is fine. */
MUST_USE Status application_save(Ctx *ctx, Text secret, const ApplicationForm *form,
                                 Application *ret);
/* Saves what is typed so far and judges nothing of it: APPLICATION_FORM again, whatever was proved
 * belongs to another form now. quietly: only where nothing later is there, as nobody asked. */
MUST_USE Status application_keep(Ctx *ctx, Text secret, const ApplicationForm *form, bool quietly,
                                 Application *ret);
/* Agrees to the notice with the names as they shall be printed; fresh_code (six digits, made before
 * apply) is bound to the phone for PHONE_CODE_LIFE_S. Errors: consent_needed, those of
 * phone_code_issue. */
typedef struct ApplicationConsent {
    Text name, name_alt; /* as they shall be printed */
    bool agreed;
    bool messages; /* a wish of its own: to be written to */
} ApplicationConsent;
MUST_USE Status application_consent(Ctx *ctx, Text secret, const ApplicationConsent *consent,
                                    Text fresh_code, Application *ret);
/* Another code, or other digits for the phone's own SMS. */
MUST_USE Status application_resend(Ctx *ctx, Text secret, Text fresh_code, Application *ret);
/* The code typed in. Right: the membership is made (confirmed when the fee is 0, else applied).
 * Errors: code_wrong, code_over, code_limit; member_duplicate and phone_full only after the right
 * code. */
MUST_USE Status application_verify(Ctx *ctx, Text secret, Text typed, Application *ret);
/* The same when the phone's own SMS or call has come (wait.proof); otherwise nothing changes. */
MUST_USE Status application_proved(Ctx *ctx, Text secret, Application *ret);
/* Of the unfinished ones only the newest keep stay, at most max others go: called now and then by
 * application_save, so that a flood of drafts is bounded. A write. */
MUST_USE Status application_drop_oldest(Ctx *ctx, int64_t keep, int64_t max);

#endif
