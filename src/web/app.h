/* The running server: what every request may reach. One, passed, never global. */
#ifndef WEB_APP_H
#define WEB_APP_H

#include "domain/organisation.h"
#include "store/lane.h"

struct AnswerCache;
struct Assets;
struct CardTools;
struct RateLimits;
struct Traffic;

typedef struct AppOptions {
    const char *listen_address; /* "127.0.0.1" */
    int listen_port;
    int threads;
    int workers; /* for slow routes (worker_pool.h); 0: by the processors */
    const char *tls_cert, *tls_key; /* files; NULL: plain */
    bool trusted_proxy; /* take the client's address from X-Forwarded-For's last entry */
} AppOptions;

typedef struct App {
    AppOptions options;
    Store *store;
    const Organisation *org; /* the one of this host */
    bool demo;
    /* Made by app_start: */
    Arena *arena; /* of all below, as long as the server */
    struct RateLimits *rates;
    struct AnswerCache *cache;
    struct Assets *assets;
    struct CardTools *card_tools;
    struct Traffic *traffic;
    int port; /* listened on; differs from options.listen_port when that is 0 */
} App;

/* Fills the second part from the first (http_server_start does so). */
void app_start(App *app);
void app_stop(App *app);

#endif
