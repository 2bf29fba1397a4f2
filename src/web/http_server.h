/* The sockets: the only part that knows the HTTP library. Reads exchanges, lets dispatch.c decide,
 * sends what it says; while a write waits for the disk, its connection sleeps and no thread
 * does. */
#ifndef WEB_HTTP_SERVER_H
#define WEB_HTTP_SERVER_H

#include "web/app.h"

typedef struct HttpServer HttpServer;

/* Listens and answers on threads of its own (app->options.threads; 0: as many as there are
 * processors). app must outlive it; its second part is made here, app->port is the port really
 * taken. Fails with listen_in_use, listen_failed, tls_files. */
MUST_USE Status http_server_start(Ctx *ctx, App *app, HttpServer **ret_server);
/* Takes no more, finishes what was begun, ends. */
void http_server_stop(HttpServer *server);
int http_server_port(const HttpServer *server);

#endif
