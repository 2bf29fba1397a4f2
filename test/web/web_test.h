/* What the tests of the HTTP edge share: a register in a folder of its own, an app over it, routes
 * that only tests have, a server, and a client that writes raw bytes. */
#ifndef TEST_WEB_WEB_TEST_H
#define TEST_WEB_WEB_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#undef fail
/* cmocka's fail_msg, whose own fail is the program's here. */
#define test_fails(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

#include "base/limits.h"
#include "web/exchange.h"
#include "web/http_server.h"

typedef struct Site {
    char folder[64];
    Arena *arena;
    Ctx ctx;
    Organisation org;
    App app;
    HttpServer *server; /* NULL without site_serve */
    char token[33];     /* of an enroller, NUL-terminated */
} Site;

/* Setup and teardown of cmocka; *state is a Site*. site_make only opens the register and app. */
int site_make(void **state);
int site_serve(void **state);
int site_serve_narrow(void **state); /* with one HTTP thread and one worker */
int site_remove(void **state);

/* An exchange over the app, as if it had come from a socket. head: the request without the blank
 * line, lines ended by \n; body: may be "". */
Exchange *exchange_of(Site *site, const char *head, Text body);
/* Runs it to its end and returns the HTTP status. */
int exchange_run(Site *site, Exchange *x);
const char *answer_header(const Exchange *x, const char *name);
/* NUL-terminated body of the answer. */
const char *answer_body(Site *site, const Exchange *x);

/* A connection to the server. */
int client_open(const Site *site);
/* The same from another address of this machine, in host order. */
int client_open_from(const Site *site, uint32_t address);
void client_send(int fd, Text bytes);
/* Reads one answer (by its Content-Length; of HEAD, 304: without body) into out, NUL-terminated;
 * the status, or 0 when the connection ended before there was one. */
int client_read(int fd, bool head_only, char *out, size_t out_size);
/* One request on a connection of its own. HOST in the text stands for the right Host header. */
int client_ask(const Site *site, const char *request, char *out, size_t out_size);
/* The request with HOST filled in, in the site's arena. */
Text client_request(const Site *site, const char *request);

#endif
