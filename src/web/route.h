/* A row of the route table: all that the dispatcher must know before a handler runs. Each
 * *_pages.c or *_api.c exports one table, ended by a row with method NULL; routes.c lists them. */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include "web/request.h"

typedef enum ParamPlace {
    PARAM_PATH,
    PARAM_QUERY,
    PARAM_FORM,
    PARAM_JSON,
    PARAM_HEADER,
} ParamPlace;

typedef enum ParamType {
    PARAM_TEXT,   /* trimmed UTF-8 without control characters */
    PARAM_LINES,  /* as PARAM_TEXT, with line breaks */
    PARAM_INT,
    PARAM_BOOL,   /* JSON true/false; form and query: "1", "on", "yes" */
    PARAM_CHOICE, /* one of choices */
    PARAM_SECRET, /* as PARAM_TEXT; never logged, never echoed back */
    PARAM_FILE,   /* bytes of a form sent as multipart/form-data; needs a body_max */
} ParamType;

typedef struct Param {
    const char *name; /* JSON: dotted for nested objects, "fee.amount_paise" */
    ParamPlace place;
    ParamType type;
    bool required;
    int max_bytes;       /* of texts */
    int64_t min, max;    /* of integers, both 0: any */
    const char *choices; /* "f|m|x|n" */
    const char *message; /* key of the sentence that says what to write; NULL: by type */
    const char *help;    /* one line for OpenAPI, English */
} Param;

typedef enum AnswerType { ANSWER_TEXT, ANSWER_INT, ANSWER_BOOL, ANSWER_OBJECT } AnswerType;

typedef enum AnswerGiven {
    GIVEN_ALWAYS,
    GIVEN_OR_NULL,
    GIVEN_SOMETIMES, /* left out otherwise */
} AnswerGiven;

/* One value that a view puts into JSON: "guardian.name" inside an object, "units[].code" of each
 * in a list, "posts[]" in a list of values. An object that is no more than its members needs no
 * row; one that may be missing has its row before theirs. */
typedef struct AnswerField {
    const char *name; /* ends with NULL */
    AnswerType type;
    const char *help; /* what it means, one line for OpenAPI, English */
    AnswerGiven given;
    const char *choices; /* of texts, "open|claimed"; NULL: any */
} AnswerField;

/* Of lists that come in pages. */
#define ANSWER_NEXT                                                                                \
    {                                                                                              \
        .name = "next", .type = ANSWER_INT, .given = GIVEN_OR_NULL,                                \
        .help = "cursor of the next page; null: this is the last"                                  \
    }

typedef enum RouteKind {
    ROUTE_STATIC, /* no store */
    ROUTE_READ,   /* apply on a read snapshot, on the HTTP thread */
    ROUTE_WRITE,  /* apply on the writer, answered after the commit */
} RouteKind;

typedef enum RouteFace {
    FACE_PAGE, /* HTML; errors as pages; POST needs a CSRF token */
    FACE_API,  /* JSON; errors as problem documents (RFC 9457) */
    FACE_FILE, /* bytes set by the handler (request_answer_bytes); errors as pages */
} RouteFace;

typedef Status (*Handler)(Request *rq);

typedef struct Route {
    const char *method; /* "GET" (HEAD goes with it) or "POST" */
    const char *path;   /* "/api/v1/units/{code}/tally" */
    RouteKind kind;
    RouteFace face;
    Capability needs;
    const Param *params; /* ends with name NULL; NULL: none */
    /* Each may be NULL. prepare parses, hashes, encrypts, never touches the store; apply only reads
     * and writes the store and may be run again; render signs, draws, fills rq->view. The first
     * that is not OK ends the request with the ctx's errors. On a page with on_error set,
     * on_error is called instead to fill rq->view, and the template is shown with the errors on
     * top (http status by the Status). */
    Handler prepare, apply, render, on_error;
    /* Of a WRITE: finds out on a snapshot, before apply, what takes long (all payments added up);
     * no writing. apply asks whether it still holds. */
    Handler look;
    /* Of a route with a large body: asked with the head alone (request_path_value), before any of
     * the body is kept; no store. Where the route needs something, its actor is asked for. */
    Handler admit;
    const char *page;    /* FACE_PAGE: template of rq->view */
    const char *summary; /* one line, English: `routes`, OpenAPI */
    int64_t body_max;    /* 0: LIMIT_BODY_BYTES */
    const AnswerField *answer;  /* FACE_API: all that it answers; NULL: bytes, no JSON */
    const AnswerField *problem; /* members of its problem documents besides everybody's */
    const char *location; /* it creates: answered by 201 and this in Location, "/x/{field}" */
    bool slow;           /* prepare or render draws or decodes: all of it runs on a worker */
    const char *too_large; /* key of the sentence for a file larger than its row allows, with
                              {megabytes} */
    bool keeps_wrong;    /* values that are too long or no text do not end the request: the handlers
                            get what is readable, and ask request_wrong_values */
    bool raw_body;       /* of any type, read by the handler alone (rq->body) */
    int cache_s;         /* > 0: the answer is public; it is made at most once in so many seconds,
                            kept in memory per language, and says so in Cache-Control */
} Route;

/* All tables, ended by NULL. */
extern const Route *const route_tables[];

#endif
