/* What the pages below a card page share: whose card it is, and whether its member has proved the
 * phone a moment ago (domain/act_session.h). */
#ifndef WEB_CARD_ACT_H
#define WEB_CARD_ACT_H

#include "domain/act_session.h"
#include "domain/card.h"
#include "domain/member_guardian.h"
#include "web/request.h"
#include "web/route.h"

/* A page of acts: "leave" below the card page, with what a code for it allows. */
typedef struct CardStep {
    const char *name, *title, *words; /* keys of the heading, and of what the SMS says */
    Act act;
} CardStep;
/* NULL for a name that is none. */
const CardStep *card_act_step(Text name);

typedef struct CardAct {
    Card card;
    const CardStep *step; /* NULL: a page that needs no code */
    Text secret;       /* of the cookie, or empty */
    Text fresh_secret; /* new, for a session that begins or opens */
    Text fresh_code;
    ActSession session;
    Guardian guardian; /* of a minor */
    bool found; /* session is there, of this card */
    bool open;  /* and what the step needs is allowed; without a step: anything is */
    void *own;  /* the page's */
} CardAct;

extern const char card_act_cookie[];
/* Carries the code to the next page in a demo register, where nothing is sent. */
extern const char card_act_demo_cookie[];

/* The path parameter that all these routes have. */
#define CARD_TOKEN_PARAM                                                                           \
    {                                                                                              \
        .name = "token", .place = PARAM_PATH, .type = PARAM_SECRET, .required = true,              \
        .max_bytes = 64, .message = "card_page_gone",                                              \
        .help = "The secret part of the card page's address"                                       \
    }

/* Prepares rq->state, a CardAct; with a step for the pages that need a code. */
MUST_USE Status card_act_prepare(Request *rq);
MUST_USE Status card_act_prepare_step(Request *rq, const char *name);
/* In apply: the card of the address and the session of the cookie. card_not_yet, card_ended. */
MUST_USE Status card_act_load(Request *rq);
/* The same for acts: DENIED act_code_needed unless the session is open for the step; the member is
 * the actor from here on. */
MUST_USE Status card_act_demand(Request *rq);

/* For pages of acts: leads to where a code for the step is; false when the session is open. */
bool card_act_lead_to_code(Request *rq);
/* "/card/<token>" and tail. */
Text card_act_path(const Request *rq, const char *tail);
/* Fills card_path, name, name_alt, minor, guardian (the name, in a session only), no_phone: that no
 * code can be sent. */
void card_act_fill(Request *rq);
/* With errors that were recorded by an OK apply: the page's status is theirs, and true. */
bool card_act_show_errors(Request *rq);

#endif
