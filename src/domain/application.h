/* Somebody joining on the web, step by step: form → check → code → pay → done. What is typed stays
 * with a cookie for a day, sealed. */
#ifndef DOMAIN_APPLICATION_H
#define DOMAIN_APPLICATION_H

#include "domain/application_place.h"
#include "domain/member.h"
#include "domain/phone_code.h"

typedef enum ApplicationStep {
    APPLICATION_FORM,  /* something is wrong or the place is not chosen yet */
    APPLICATION_CHECK, /* complete: show how the name will be printed, ask for consent */
    APPLICATION_CODE,  /* consented: a code was sent */
    APPLICATION_PAY,   /* a member, applied or provisional: the fee is open */
    APPLICATION_DONE,  /* a member with a card */
} ApplicationStep;

typedef struct ApplicationForm {
    Text name, name_alt, phone, phone_of, place, unit_code, settlement, gender, birth_year;
    Text by; /* code of who invited (domain/referral.h), or empty */
} ApplicationForm;

typedef struct Application {
    ApplicationStep step;
    ApplicationForm form; /* as typed, so that it can be shown again */
    Text phone_e164;
    ApplicationPlaces places; /* after application_save: what the place may be */
    Text unit_name_en, unit_name_hi; /* of the chosen unit, empty when none */
    int64_t fee_paise;
    MemberState state;    /* the membership, from APPLICATION_PAY on */
    int64_t serial;       /* from APPLICATION_PAY on */
    Text card_path;       /* "/card/<token>" from APPLICATION_PAY on, when there is a card */
    Text demo_code;       /* the code just made, for the sender; pages may show it in a demo
                             register only */
    int64_t created_at;
    /* The application's own: */
    uint8_t secret_hash[16];
    Text sealed_key, sealed_form; /* as stored */
    Text notice;
    int64_t consent_at;
    Text phone_hash;
    PhoneCode code;
} Application;

enum { APPLICATION_LIFE_S = 86400 };

/* The functions that write return OK also when something typed is wrong: then the draft is saved
 * as typed and the ctx has the errors (ctx->error_count), so that nothing is lost; the step says
 * where the applicant is. secret is the cookie's value. All but application_load are writes. */

/* The application of a cookie; NOT_FOUND (application_gone) when unknown or over. */
MUST_USE Status application_load(Ctx *ctx, Text secret, Application *ret);
/* Saves the form, beginning an application when the secret is new, and goes to APPLICATION_CHECK
 * when it is complete. A place that means several units: error place_choose on field "place", and
 * the page offers them (place.h). Allowed until the code was right; going back is fine. */
MUST_USE Status application_save(Ctx *ctx, Text secret, const ApplicationForm *form,
                                 Application *ret);
/* Agrees to the notice with the names as they shall be printed; fresh_code (six digits, made before
 * apply) is bound to the phone for PHONE_CODE_LIFE_S. Errors: consent_needed, code_limit. */
MUST_USE Status application_consent(Ctx *ctx, Text secret, Text name, Text name_alt, bool agreed,
                                    Text fresh_code, Application *ret);
/* Another code. */
MUST_USE Status application_resend(Ctx *ctx, Text secret, Text fresh_code, Application *ret);
/* The code typed in. Right: the membership is made (confirmed when the fee is 0, else applied).
 * Errors: code_wrong, code_over, code_limit; member_duplicate and phone_full only after the right
 * code. */
MUST_USE Status application_verify(Ctx *ctx, Text secret, Text typed, Application *ret);
/* The demo's pay button: DENIED unless the register is a demo. */
MUST_USE Status application_pay_demo(Ctx *ctx, Text secret, Application *ret);

#endif
