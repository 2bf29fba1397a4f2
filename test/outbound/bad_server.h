/* An HTTP server on this machine that answers as badly as it is told, one manner a request. */
#ifndef TEST_OUTBOUND_BAD_SERVER_H
#define TEST_OUTBOUND_BAD_SERVER_H

typedef enum Manner {
    MANNER_GOOD,        /* 200 {"status":"taken"} */
    MANNER_REFUSES,     /* 200 {"status":"refused"} */
    MANNER_500,
    MANNER_GARBAGE,     /* bytes that are no HTTP */
    MANNER_SILENT,      /* takes the request, never answers */
    MANNER_DRIPS,       /* 200, then a byte now and then for ever */
    MANNER_CLOSES,      /* takes the request and closes */
    MANNER_CUTS,        /* closes in the middle of the answer */
    MANNER_REDIRECTS,   /* 302 to its own /elsewhere */
    MANNER_FLOODS,      /* a body without end */
    MANNER_LONG_HEADERS /* headers without end */
} Manner;

typedef struct BadServer BadServer;

/* Listens on a free port; further requests get the last manner. */
BadServer *bad_server_start(const Manner *manners, int count);
/* From now on every request gets it. */
void bad_server_behave(BadServer *server, Manner manner);
int bad_server_port(const BadServer *server);
/* Requests that came whole. */
int bad_server_requests(BadServer *server);
/* The newest request, head and body, NUL-terminated; the server's until stopped. */
const char *bad_server_last(BadServer *server);
void bad_server_stop(BadServer *server);

#endif
