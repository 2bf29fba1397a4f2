/* How an organisation's messages leave: the gateway, the registered words, the daily cap. Keys of
 * gateways hide in addresses, headers and bodies: all of that is sealed. */
#ifndef DOMAIN_GATEWAY_H
#define DOMAIN_GATEWAY_H

#include "domain/organisation.h"

enum {
    GATEWAY_PURPOSES = 8,
    GATEWAY_TEMPLATES_MAX = GATEWAY_PURPOSES * LANG_COUNT,
    GATEWAY_TEXT_BYTES = 1000,
    GATEWAY_URL_BYTES = 2000,
    GATEWAY_HEADERS_BYTES = 4000,
    GATEWAY_HEADERS_MAX = 20,
    GATEWAY_BODY_BYTES = 8000,
    GATEWAY_SECRET_BYTES = 2000,
    GATEWAY_ID_BYTES = 40,
    GATEWAY_TIMEOUT_MS = 10000, /* usual */
    GATEWAY_TIMEOUT_MS_MIN = 100,
    GATEWAY_TIMEOUT_MS_MAX = 30000,
    GATEWAY_CAP = 20000, /* usual */
    GATEWAY_CAP_MAX = 100000000,
};

typedef enum GatewayKind {
    GATEWAY_NONE, /* nothing is set up */
    GATEWAY_LOG,  /* demo registers only: a line in the log, without phone and words */
    GATEWAY_HTTP,
} GatewayKind;

/* What messages are for: code (of a join), guardian (the same to a minor's guardian, with {member}
 * for who becomes a member; where there is none, code's words go there), act (a code that allows
 * {act}), moved (to the phone that a membership left), reminder (its end comes, {day}), overdue (it
 * came, {day}), rejected (money that was claimed never came), notice. */
typedef struct GatewayPurpose {
    const char *name;
    bool has_code, has_act, has_member; /* {code}, {act} exactly once, {member} at least once;
                                           never in the others */
    int urgency;            /* 0 first, to 2: codes wait behind nothing */
} GatewayPurpose;
extern const GatewayPurpose gateway_purposes[GATEWAY_PURPOSES];
/* NULL: there is none of that name. */
const GatewayPurpose *gateway_purpose(Text name);

typedef struct GatewayTemplate {
    Text purpose; /* by its name */
    Lang lang;
    Text id;      /* as registered (TRAI DLT), or empty */
    Text text;    /* with {organisation}, and what the purpose has */
} GatewayTemplate;

/* Blanks of url, headers, body: outbound/sms_gateway.h. */
typedef struct Gateway {
    GatewayKind kind;
    Text method, url;
    Text headers; /* "Name: value", one a line */
    Text body, secret;
    Text entity_id, header, success_text;
    int64_t timeout_ms, daily_cap;
    GatewayTemplate templates[GATEWAY_TEMPLATES_MAX];
    int template_count;
} Gateway;

/* In apply, all three. */
MUST_USE Status gateway_read(Ctx *ctx, Gateway *ret);
/* Checks and keeps all of it; a secret with NULL pointer keeps the one there. Fields of errors are
 * the names above. Refused: log outside a demo; http without TLS, but to this machine; blanks in
 * the address's host; a purpose "code" or "act" without its blanks exactly once each, or in one
 * language only. */
MUST_USE Status gateway_write(Ctx *ctx, Gateway *gateway);
/* Whether a code can be sent: in a demo without a gateway the page shows it. */
MUST_USE Status gateway_can_send(Ctx *ctx, bool *ret);

/* The words for a purpose in a language, in the other when there are none; NULL: in neither. */
const GatewayTemplate *gateway_template(const Gateway *gateway, Text purpose, Lang lang);

/* Messages of the ctx's day that count towards the cap; adding (or taking back) some of a day's. In
 * apply. */
MUST_USE Status gateway_used(Ctx *ctx, int64_t *ret);
MUST_USE Status gateway_use(Ctx *ctx, int64_t day, int64_t count);

#endif
