/* One HTTP exchange as the edge sees it, free of the HTTP library: the head and body that came, the
 * answer that goes. http_server.c fills and sends it, dispatch.c decides, handlers see its
 * Request. */
#ifndef WEB_EXCHANGE_H
#define WEB_EXCHANGE_H

#include "web/app.h"
#include "web/route.h"

enum {
    EXCHANGE_HEADER_MAX = 64,
    ANSWER_HEADER_MAX = 28,
    CSRF_CHARS = 32,
    SESSION_ID_CHARS = 32,
};

typedef struct Header {
    Text name, value;
} Header;

typedef struct ParamValue {
    bool given; /* and not empty */
    Text text;  /* as it came, trimmed; kept on errors so that a form can be shown again */
    int64_t number;
} ParamValue;

struct Kept; /* answer_cache.h */

typedef struct Answer {
    int status; /* 0: none yet */
    Text content_type;
    Text body;
    Header headers[ANSWER_HEADER_MAX];
    int header_count;
    bool close;        /* the connection ends after it */
    struct Kept *kept; /* body belongs to the cache: give back when sent */
} Answer;

typedef struct Exchange {
    Request rq;
    /* What came. Texts live as long as the exchange. */
    Text method, target, query;
    bool http_1_1;
    Header headers[EXCHANGE_HEADER_MAX];
    int header_count;
    bool headers_lost; /* there were more */
    bool target_cut;   /* it came with a NUL inside; target ends before it */
    bool over_tls, from_loopback;
    Buffer body;
    bool body_lost;      /* longer than body_max */
    int64_t thrown_away; /* bytes of a body that nobody will read */
    int64_t lost_max;    /* of those, before we hang up */
    int64_t body_max;
    int64_t started_ns;
    /* What was found out. */
    bool head_only, is_api, is_private;
    bool refused; /* before the body was read; rq.ctx has the error */
    ParamValue values[REQUEST_PARAM_MAX];
    Text path_values[REQUEST_PARAM_MAX]; /* in the order of the path, still percent-encoded */
    int path_count;
    bool params_read;            /* all of them: what is wrong is in their values */
    Error *wrong_values;         /* put aside for a route that keeps them */
    int wrong_count;
    Text form_csrf;              /* the hidden field of a form */
    Text session_id;             /* of the cookie, or new */
    char csrf[CSRF_CHARS];       /* what the hidden field must hold */
    bool session_is_new, csrf_made, bearer_wrong;
    Text bearer;                 /* secret of the Authorization header, or of the desk's cookie */
    bool desk_shut;              /* a page of the desk, and nobody is signed in */
    bool counted;                /* by request_count_once, in whichever run of apply */
    bool lacks;                  /* who is signed in may not do this: sees no form again */
    Text lang_chosen;            /* "hi" or "en" of ?lang= */
    int prepared_headers; /* of the answer, before apply ran */
    int64_t retry_after_s;
    const char *allow;           /* methods of the path, for 405 */
    struct Slot *slot;           /* of the answer cache, being made by this exchange */
    /* What goes. */
    Buffer out, packed; /* on the heap, kept from exchange to exchange */
    Answer answer;
} Exchange;

/* Empties everything but the memory that is kept; arena must be new or cleared. */
void exchange_reset(Exchange *x, App *app, Arena *arena);
/* A header of the request by its name, in any case; TEXT_NONE when it is not there. *ret_count
 * (may be NULL) tells how often it came. */
Text exchange_header(const Exchange *x, Text name, int *ret_count);
/* Of a header that came several times, the last: the one the nearest proxy added. */
Text exchange_header_last(const Exchange *x, Text name);
/* Fails the exchange with an HTTP status of its own choice rather than the Status'. */
void exchange_refuse(Exchange *x, int http_status, Status status, const char *message);

#endif
