/* For those who run the server: is it alive, what does it do. */
#include "web/exchange.h"
#include "web/traffic.h"

static Status health_apply(Request *rq) {
    view_text(rq->ctx.arena, rq->view, "status", T("ok"));
    return OK;
}

/* From the machine itself without more; from elsewhere an administrator's token, at /api/v1. Behind
 * a proxy everybody comes from its machine, often this one. */
static Status metrics_local(Request *rq) {
    bool local = rq->exchange->from_loopback && !rq->app->options.trusted_proxy;
    return local ? OK : fail(&rq->ctx, NOT_FOUND, NULL, "page_not_found");
}

static Status metrics_render(Request *rq) {
    Buffer out = buffer_in(rq->ctx.arena, 64 << 10);
    traffic_write(rq->app->traffic, &out);
    StoreFigures figures;
    store_figures(rq->app->store, &figures);
    buffer_printf(&out,
                  "# TYPE store_writes_total counter\nstore_writes_total %lld\n"
                  "# TYPE store_batches_total counter\nstore_batches_total %lld\n"
                  "# TYPE store_retried_alone_total counter\nstore_retried_alone_total %lld\n"
                  "# TYPE store_database_bytes gauge\nstore_database_bytes %lld\n",
                  (long long)figures.writes, (long long)figures.batches,
                  (long long)figures.retried_alone, (long long)figures.database_bytes);
    request_answer_bytes(rq, "text/plain; version=0.0.4; charset=utf-8", buffer_text(&out), NULL);
    return OK;
}

static const AnswerField health_fields[] = {
    {"status", ANSWER_TEXT, .help = "ok, or no answer", .choices = "ok"},
    {0},
};

extern const Route status_routes[];
const Route status_routes[] = {
    {.method = "GET", .path = "/healthz", .kind = ROUTE_READ, .face = FACE_API,
     .apply = health_apply, .answer = health_fields,
     .summary = "Whether the server answers and its register can be read"},
    {.method = "GET", .path = "/metrics", .face = FACE_FILE, .prepare = metrics_local,
     .render = metrics_render, .summary = "Figures for Prometheus, for this machine only"},
    {.method = "GET", .path = "/api/v1/metrics", .face = FACE_FILE, .needs = CAN_ADMINISTER,
     .render = metrics_render, .summary = "Figures for Prometheus"},
    {0},
};
