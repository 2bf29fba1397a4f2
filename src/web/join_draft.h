/* What the pages of joining share: the draft behind a cookie, where the applicant is, the form's
 * values, the errors. */
#ifndef WEB_JOIN_DRAFT_H
#define WEB_JOIN_DRAFT_H

#include "domain/application.h"
#include "web/request.h"

typedef struct JoinDraft {
    Text secret;     /* of the cookie, or new */
    Text own_secret; /* new, for a draft that is not there yet */
    Text fresh_code; /* where one may be needed: six digits */
    ApplicationForm form;
    Text by;         /* code of who invited, as the address or the form says, or empty */
    bool can_prove;  /* there is a way to prove a phone; after join_draft_load */
    bool sends_code; /* and that one is a code */
    Text inviter;    /* given name of who invited, or empty; after join_draft_load */
    Application application;
    Text order_token; /* of the fee's order, on the page of the fee */
    bool found;        /* application is there */
    int64_t fee_paise; /* -1: not known, or one of several */
    MembershipKind kinds[MEMBERSHIP_KINDS_MAX]; /* that are open */
    int kind_count;
    bool is_new; /* begun by this request */
} JoinDraft;

extern const char join_draft_cookie[];
/* Carries the code to the next page in a demo register, where nothing is sent. */
extern const char join_draft_demo_cookie[];

/* Prepares rq->state, a JoinDraft. */
MUST_USE Status join_draft_begin(Request *rq);
/* The same with a fresh code; LIMIT when this client had too many sent. _sent sets the cookie of
 * a demo and counts. */
MUST_USE Status join_draft_begin_code(Request *rq);
/* In apply: the application of the cookie, if there is one, the kinds, the fee. */
MUST_USE Status join_draft_load(Request *rq);
/* The same; DENIED (join_not_here) where no phone can be proved. */
MUST_USE Status join_draft_load_to_prove(Request *rq);
/* Only the kinds, the fee, and whether phones can be proved. */
MUST_USE Status join_draft_read_rules(Request *rq);
void join_draft_code_sent(Request *rq);
Text join_draft_fresh_secret(Arena *arena);

/* Sends the reader to where the application is; false when it is at this step already. */
bool join_draft_redirect_unless(Request *rq, ApplicationStep here);
/* fee_known, free, fee; form {…} with a bool for each choice; place, abroad, phone_shown. */
void join_draft_add_fee(Request *rq);
void join_draft_add_form(Request *rq, const ApplicationForm *typed);
void join_draft_add_summary(Request *rq);
/* With errors: the page's status is theirs, unless they only ask, and true. */
bool join_draft_show_errors(Request *rq);

#endif
