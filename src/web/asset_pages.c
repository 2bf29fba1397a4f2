/* What is part of the binary, over HTTP. */
#include "web/exchange.h"
#include "web/respond.h"

static Status asset_show(Request *rq) {
    return respond_asset(rq->exchange, request_text(rq, "name"));
}

static Status robots_show(Request *rq) { return respond_asset(rq->exchange, T("robots.txt")); }

static Status favicon_show(Request *rq) { return respond_asset(rq->exchange, T("favicon.svg")); }

static const Param asset_params[] = {
    {.name = "name", .place = PARAM_PATH, .type = PARAM_TEXT, .required = true, .max_bytes = 100,
     .help = "Name of the file"},
    {0},
};

extern const Route asset_routes[];
const Route asset_routes[] = {
    {.method = "GET", .path = "/assets/{name*}", .face = FACE_FILE, .params = asset_params,
     .render = asset_show, .summary = "A style sheet, script or picture of the pages"},
    {.method = "GET", .path = "/robots.txt", .face = FACE_FILE, .render = robots_show,
     .summary = "What search engines may visit"},
    {.method = "GET", .path = "/favicon.ico", .face = FACE_FILE, .render = favicon_show,
     .summary = "The pages' small picture"},
    {0},
};
