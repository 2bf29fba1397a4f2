/* Putting the server's own parts together; their memory is one arena's. */
#include "web/app.h"

#include "base/arena.h"
#include "web/answer_cache.h"
#include "web/asset.h"
#include "web/card_tools.h"
#include "web/rate_limit.h"
#include "web/traffic.h"

enum { APP_ARENA_BYTES = 256 << 20 };

void app_start(App *app) {
    app->arena = arena_new(APP_ARENA_BYTES);
    app->rates = rate_limit_new(app->arena, &app->org->keys);
    app->cache = answer_cache_new(app->arena);
    app->assets = asset_index_new(app->arena);
    app->card_tools = card_tools_new(app->arena);
    app->traffic = traffic_new(app->arena);
}

void app_stop(App *app) {
    arena_delete(app->arena);
    app->arena = NULL;
}
