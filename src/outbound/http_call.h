/* Asking other servers over HTTP; the only user of its library. Only http and https, certificates
 * verified, no redirect followed, no proxy but the network's own, answers short, every call on a
 * connection of its own: a library that sends again by itself would send messages twice. */
#ifndef OUTBOUND_HTTP_CALL_H
#define OUTBOUND_HTTP_CALL_H

#include "base/arena.h"

enum {
    HTTP_CALL_PARALLEL_MAX = 16,
    HTTP_CALL_HEADERS_MAX = 24,
    HTTP_CALL_ANSWER_BYTES = 65536, /* a longer answer is trouble */
    HTTP_CALL_CONNECT_MS = 5000,
};

typedef enum HttpTrouble {
    HTTP_CALL_ANSWERED,    /* whatever the status */
    HTTP_CALL_NOT_REACHED, /* no address, no connection: nothing was sent */
    HTTP_CALL_UNTRUSTED,   /* its certificate is not good: nothing was sent */
    HTTP_CALL_TIMED_OUT,
    HTTP_CALL_BROKEN,      /* closed too early, or what came was not HTTP */
    HTTP_CALL_TOO_LARGE,
    HTTP_CALL_IMPOSSIBLE,  /* not an address that may be asked */
} HttpTrouble;
/* For the operator: "timed out"; empty when it was answered. */
Text http_call_trouble_text(HttpTrouble trouble);

typedef struct HttpCall {
    const char *url;
    const char *method; /* "GET", "POST", "PUT" */
    const char *headers[HTTP_CALL_HEADERS_MAX]; /* "Name: value" */
    int header_count;
    const char *user, *password; /* of HTTP Basic authentication (RFC 7617), or NULL */
    Text body;      /* sent unless the method is GET; must live until done */
    int timeout_ms; /* for the whole of it */
    Arena *arena;   /* the answer is put there */
    void *owner;    /* the caller's */
    /* What came: */
    HttpTrouble trouble;
    int status; /* when HTTP_CALL_ANSWERED */
    Text answer;
} HttpCall;

typedef struct HttpCaller HttpCaller; /* used by one thread, but for http_call_wake */

/* NULL when the library cannot start. */
HttpCaller *http_call_open(void);
void http_call_close(HttpCaller *caller);

/* Where calls come from and go to; both run on the thread of http_call_run. */
typedef struct HttpCalls {
    int parallel; /* at most HTTP_CALL_PARALLEL_MAX under way at once */
    HttpCall *(*next)(void *argument); /* NULL: none now */
    void (*done)(void *argument, HttpCall *call);
    void *argument;
} HttpCalls;

/* Makes calls until there is none under way and no next. next is asked whenever there is room: at
 * once, after a call is done, when woken, and each second. */
void http_call_run(HttpCaller *caller, const HttpCalls *calls);
/* From any thread: a running http_call_run asks for the next at once. */
void http_call_wake(HttpCaller *caller);

#endif
