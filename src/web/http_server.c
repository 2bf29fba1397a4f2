/* libmicrohttpd calls access_handler once with the head, then with each piece of the body, then
 * once more; a connection that was suspended is called again when it is resumed. Answering in the
 * first call ends the connection, so only refusals do. */
#include "web/http_server.h"

#include <errno.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "web/answer_cache.h"
#include "web/client.h"
#include "web/dispatch.h"
#include "web/line.h"
#include "web/listen.h"
#include "web/tls_files.h"
#include "web/traffic.h"
#include "web/worker_pool.h"

enum {
    IDLE_S = 12,
    BODY_S_MAX = 300, /* drop by drop is not for ever */
    CONNECTION_BYTES = 20 << 10,
    CONNECTIONS_MAX = 8192,
    LINES_BYTES_MAX = 4 << 20,
    FILES_APART = 64,        /* descriptors that are not connections */
    KEPT_BUFFER_BYTES = 64 << 10,
    STOP_POLL_NS = 5000000,
    STOP_WAIT_S = 30,
    HEADER_VALUE_MAX = 4096,
    QUERY_PARAMETERS_MAX = 64,
    SLOW_MS = 1000,
    LARGE_BODIES_MAX = 48, /* coming in, waiting or being worked on: 8 MB each */
    LARGE_BODIES_ONE = 12, /* of one client: a camp shares one address */
    CLIENT_KEY_BYTES = 48,
};

typedef enum Phase { PHASE_HEAD, PHASE_BODY, PHASE_AWAY, PHASE_SENDING } Phase;

typedef struct Handling Handling;
struct Handling {
    Exchange x;
    Work work;
    WorkerTask task;
    Phase phase;
    bool finished; /* with PHASE_AWAY: the answer is ready */
    uintptr_t target_at; /* in the library's buffer */
    int large;     /* its place among the large bodies, from 1; 0: it is none */
    Arena *arena;
    struct MHD_Connection *mhd;
    HttpServer *server;
    bool late; /* begun after the server was told to stop */
    Handling *next_free;
};

struct HttpServer {
    App *app;
    struct MHD_Daemon *daemon;
    int fd;
    atomic_bool stopping;
    atomic_llong under_way;
    atomic_llong away;
    WorkerPool *workers;
    LineSet *lines;
    Arena *line_arena;
    pthread_mutex_t lock; /* of what follows, and the app's arena */
    Handling *free;
    char large[LARGE_BODIES_MAX][CLIENT_KEY_BYTES]; /* whose; empty: free */
};

static Handling *take_handling(HttpServer *server) {
    pthread_mutex_lock(&server->lock);
    Handling *h = server->free;
    if (h)
        server->free = h->next_free;
    else
        h = ARENA_NEW(server->app->arena, Handling);
    pthread_mutex_unlock(&server->lock);
    if (!h->arena) h->arena = arena_new(LIMIT_REQUEST_ARENA_BYTES);
    h->server = server;
    h->phase = PHASE_HEAD;
    h->finished = false;
    h->large = 0;
    exchange_reset(&h->x, server->app, h->arena);
    return h;
}

static void give_back_handling(HttpServer *server, Handling *h) {
    arena_clear(h->arena);
    if (h->x.out.cap > KEPT_BUFFER_BYTES) buffer_free(&h->x.out);
    if (h->x.packed.cap > KEPT_BUFFER_BYTES) buffer_free(&h->x.packed);
    pthread_mutex_lock(&server->lock);
    if (h->large) server->large[h->large - 1][0] = 0;
    h->next_free = server->free;
    server->free = h;
    pthread_mutex_unlock(&server->lock);
}

static Line *line_of(struct MHD_Connection *mhd) {
    return MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

/* More query parameters than its memory for a connection holds make the library forget the request
 * and keep the connection: they are turned away before it takes the target apart. */
static void turn_away_floods(Text target, struct MHD_Connection *mhd) {
    size_t parameters = 0;
    for (size_t i = 0; i < target.len; i++) parameters += target.ptr[i] == '&';
    if (parameters <= QUERY_PARAMETERS_MAX) return;
    int fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    (void)shutdown(fd, SHUT_RDWR);
}

/* With the request line read: the only place where the target is seen as it came. */
static void *on_target(void *cls, const char *target, struct MHD_Connection *mhd) {
    HttpServer *server = cls;
    Handling *h = take_handling(server);
    atomic_fetch_add(&server->under_way, 1);
    h->late = atomic_load(&server->stopping);
    traffic_begin(server->app->traffic);
    h->mhd = mhd;
    h->target_at = (uintptr_t)target;
    h->x.target = arena_copy(h->arena, text_of(target ? target : ""));
    line_of(mhd)->open = h;
    turn_away_floods(h->x.target, mhd);
    return h;
}

static void log_answer(const Exchange *x, int64_t duration_ns, bool sent) {
    const Route *route = x->rq.route;
    int status = x->answer.status;
    int64_t ms = duration_ns / 1000000;
    LogLevel level = status >= 500   ? LOG_LEVEL_ERROR
                     : ms >= SLOW_MS ? LOG_LEVEL_WARN
                                     : LOG_LEVEL_DEBUG;
    log_event(level, "request", "%s %s %d %lld ms %zu bytes%s%s%s", route ? route->method : "-",
              route ? route->path : "-", status, (long long)ms, x->answer.body.len,
              sent ? "" : " given up", x->rq.ctx.detail[0] ? ": " : "", x->rq.ctx.detail);
}

static void on_completed(void *cls, struct MHD_Connection *mhd, void **handling,
                         enum MHD_RequestTerminationCode code) {
    HttpServer *server = cls;
    Handling *h = *handling;
    if (!h) return;
    *handling = NULL;
    line_of(mhd)->open = NULL;
    line_answered(line_of(mhd));
    bool sent = code == MHD_REQUEST_TERMINATED_COMPLETED_OK;
    int64_t duration_ns = clock_monotonic_ns() - h->x.started_ns;
    traffic_end(server->app->traffic, h->x.answer.status, duration_ns,
                (int64_t)h->x.answer.body.len);
    if (h->x.answer.status) log_answer(&h->x, duration_ns, sent);
    answer_cache_release(server->app->cache, h->x.answer.kept);
    give_back_handling(server, h);
    atomic_fetch_sub(&server->under_way, 1);
}

/* The library reports the end of a request only once its head was understood, the end of the
 * connection always: a request that never became one ends with it. */
static void end_line(HttpServer *server, Line *line) {
    if (line->open) {
        traffic_end(server->app->traffic, 400, 0, 0);
        give_back_handling(server, line->open);
        atomic_fetch_sub(&server->under_way, 1);
    }
    line_end(server->lines, line);
}

static void on_connection(void *cls, struct MHD_Connection *mhd, void **line_slot,
                          enum MHD_ConnectionNotificationCode code) {
    HttpServer *server = cls;
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        *line_slot = line_begin(
            server->lines,
            MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd);
    else if (*line_slot)
        end_line(server, *line_slot);
}

static enum MHD_Result on_header(void *cls, enum MHD_ValueKind kind, const char *name,
                                 size_t name_len, const char *value, size_t value_len) {
    (void)kind;
    Exchange *x = cls;
    if (x->header_count == EXCHANGE_HEADER_MAX) {
        x->headers_lost = true;
        return MHD_NO;
    }
    x->headers[x->header_count++] =
        (Header){{name, name_len}, value ? (Text){value, value_len} : T("")};
    return MHD_YES;
}

static void add_header(struct MHD_Response *response, Text name, Text value) {
    char copy[HEADER_VALUE_MAX];
    if (value.len >= sizeof copy) return; /* a Location of that length cannot be */
    memcpy(copy, value.len ? value.ptr : "", value.len);
    copy[value.len] = 0;
    if (MHD_add_response_header(response, name.ptr, copy) == MHD_NO)
        log_error("header-refused", "%s", name.ptr);
}

static enum MHD_Result send_answer(Handling *h) {
    const Answer *answer = &h->x.answer;
    struct MHD_Response *response = MHD_create_response_from_buffer(
        answer->body.len, (void *)(uintptr_t)answer->body.ptr, MHD_RESPMEM_PERSISTENT);
    if (!response) return MHD_NO;
    for (int i = 0; i < answer->header_count; i++)
        add_header(response, answer->headers[i].name, answer->headers[i].value);
    if (answer->close || atomic_load_explicit(&h->server->stopping, memory_order_relaxed))
        add_header(response, T("Connection"), T("close"));
    h->phase = PHASE_SENDING;
    enum MHD_Result queued = MHD_queue_response(h->mhd, (unsigned)answer->status, response);
    MHD_destroy_response(response);
    return queued;
}

/* The library gives the target as a string, which ends at a NUL, and the version from behind the
 * whole: in one buffer, with nothing but a space between (0.9.75). Elsewhere, it says nothing. */
static bool is_cut(const Handling *h, const char *version) {
    uintptr_t from = h->target_at, to = (uintptr_t)version;
    return to > from && to - from < CONNECTION_BYTES && to - from > h->x.target.len + 1;
}

static void take_head(Handling *h, const char *method, const char *version) {
    Exchange *x = &h->x;
    App *app = h->server->app;
    x->method = arena_copy(h->arena, text_of(method));
    x->http_1_1 = strcmp(version, "HTTP/1.1") == 0;
    x->target_cut = is_cut(h, version);
    x->over_tls = app->options.tls_cert != NULL;
    MHD_get_connection_values_n(h->mhd, MHD_HEADER_KIND, on_header, x);
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(h->mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    x->rq.client = client_address(h->arena, info ? info->client_addr : NULL,
                                  exchange_header_last(x, T("X-Forwarded-For")),
                                  app->options.trusted_proxy, &x->from_loopback);
}

static void release_buffer(void *resource) { buffer_free(resource); }

/* So that many who send slowly cannot fill the memory with what they have sent so far, nor one
 * client take all the places. */
static void take_large(Handling *h) {
    HttpServer *server = h->server;
    Text client = text_slice(h->x.rq.client, 0, CLIENT_KEY_BYTES - 1);
    int own = 0, place = -1;
    pthread_mutex_lock(&server->lock);
    for (int i = 0; i < LARGE_BODIES_MAX; i++) {
        if (!server->large[i][0])
            place = i;
        else
            own += text_eq(text_of(server->large[i]), client);
    }
    if (place >= 0 && own < LARGE_BODIES_ONE && client.len) {
        memcpy(server->large[place], client.ptr, client.len);
        server->large[place][client.len] = 0;
        h->large = place + 1;
    }
    pthread_mutex_unlock(&server->lock);
    if (!h->large) exchange_refuse(&h->x, 503, BUSY, "busy_try_again");
}

static enum MHD_Result on_head(Handling *h, const char *method, const char *version) {
    Exchange *x = &h->x;
    line_heard(line_of(h->mhd));
    take_head(h, method, version);
    if (dispatch_begin(x)) return send_answer(h);
    if (h->late) {
        x->answer.close = true;
        exchange_refuse(x, 503, BUSY, "busy_try_again");
    }
    bool large = x->body_max > LIMIT_BODY_BYTES && !x->refused;
    if (large) take_large(h);
    x->body = h->large ? buffer_heap((size_t)x->body_max)
                       : buffer_in(h->arena, large ? 0 : (size_t)x->body_max);
    if (!x->body.arena) arena_defer(h->arena, release_buffer, &x->body);
    h->phase = PHASE_BODY;
    return MHD_YES;
}

static enum MHD_Result on_body(Handling *h, const char *data, size_t *size) {
    Exchange *x = &h->x;
    Text piece = {data, *size};
    *size = 0;
    if (clock_monotonic_ns() - x->started_ns > BODY_S_MAX * INT64_C(1000000000)) return MHD_NO;
    if (!x->body_lost && !x->refused) {
        buffer_add(&x->body, piece);
        x->body_lost = x->body.overflowed;
        return MHD_YES;
    }
    x->thrown_away += (int64_t)piece.len;
    return x->thrown_away > x->lost_max ? MHD_NO : MHD_YES;
}

/* Nothing may be touched once the connection is awake, but for the server's own count. */
static void come_back(Handling *h) {
    struct MHD_Connection *mhd = h->mhd;
    atomic_llong *away = &h->server->away;
    MHD_resume_connection(mhd);
    atomic_fetch_sub(away, 1);
}

static void go_away(Handling *h) {
    h->phase = PHASE_AWAY;
    atomic_fetch_add(&h->server->away, 1);
    MHD_suspend_connection(h->mhd);
}

static void on_written(Work *work) {
    come_back((Handling *)((char *)work - offsetof(Handling, work)));
}

static void on_worker(WorkerTask *task) {
    Handling *h = (Handling *)((char *)task - offsetof(Handling, task));
    Exchange *x = &h->x;
    if (dispatch_run(x) == DISPATCH_WRITE)
        dispatch_finish(x, lane_write(h->server->app->store, &x->rq.ctx, dispatch_apply, x));
    h->finished = true;
    come_back(h);
}

static bool is_slow(const Exchange *x) { return !x->refused && x->rq.route && x->rq.route->slow; }

static enum MHD_Result on_request(Handling *h) {
    if (is_slow(&h->x)) {
        h->task = (WorkerTask){.run = on_worker, .client = h->x.rq.client};
        go_away(h);
        if (worker_pool_submit(h->server->workers, &h->task)) return MHD_YES;
        exchange_refuse(&h->x, 503, BUSY, "busy_try_again");
        h->finished = true;
        (void)dispatch_run(&h->x); /* only says so */
        come_back(h);
        return MHD_YES;
    }
    if (dispatch_run(&h->x) == DISPATCH_ANSWERED) return send_answer(h);
    h->work =
        (Work){.ctx = &h->x.rq.ctx, .apply = dispatch_apply, .argument = &h->x, .done = on_written};
    go_away(h);
    lane_submit(h->server->app->store, &h->work);
    return MHD_YES;
}

static enum MHD_Result on_return(Handling *h) {
    if (!h->finished) dispatch_finish(&h->x, h->work.status);
    return send_answer(h);
}

static enum MHD_Result access_handler(void *cls, struct MHD_Connection *mhd, const char *url,
                                      const char *method, const char *version, const char *data,
                                      size_t *size, void **handling) {
    (void)cls, (void)mhd, (void)url;
    Handling *h = *handling;
    switch (h->phase) {
    case PHASE_HEAD: return on_head(h, method, version);
    case PHASE_BODY: return *size ? on_body(h, data, size) : on_request(h);
    case PHASE_AWAY: return on_return(h);
    case PHASE_SENDING: break;
    }
    return MHD_YES;
}

static unsigned connections_max(void) {
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) return 512;
    if (files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &files);
        (void)getrlimit(RLIMIT_NOFILE, &files);
    }
    if (files.rlim_cur > CONNECTIONS_MAX + FILES_APART) return CONNECTIONS_MAX;
    return files.rlim_cur > 2 * FILES_APART ? (unsigned)files.rlim_cur - FILES_APART : FILES_APART;
}

static unsigned thread_count(const App *app) {
    if (app->options.threads > 0) return (unsigned)app->options.threads;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors > 1 ? (unsigned)processors : 1;
}

static struct MHD_Daemon *start_daemon(HttpServer *server, const TlsFiles *tls) {
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
    if (tls->cert) flags |= MHD_USE_TLS;
    unsigned threads = thread_count(server->app);
    struct MHD_OptionItem secure[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)tls->cert},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)tls->key},
        {MHD_OPTION_END, 0, NULL},
    };
    struct MHD_OptionItem nothing[] = {{MHD_OPTION_END, 0, NULL}};
    return MHD_start_daemon(
        flags, 0, NULL, NULL, access_handler, server, MHD_OPTION_LISTEN_SOCKET, server->fd,
        MHD_OPTION_URI_LOG_CALLBACK, on_target, server, MHD_OPTION_NOTIFY_COMPLETED, on_completed,
        server, MHD_OPTION_NOTIFY_CONNECTION, on_connection, server, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)IDLE_S, MHD_OPTION_CONNECTION_LIMIT, connections_max(),
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES, MHD_OPTION_ARRAY,
        tls->cert ? secure : nothing, MHD_OPTION_THREAD_POOL_SIZE, threads > 1 ? threads : 0,
        MHD_OPTION_END);
}

Status http_server_start(Ctx *ctx, App *app, HttpServer **ret_server) {
    TlsFiles tls;
    int fd;
    TRY(tls_files_read(ctx, app->options.tls_cert, app->options.tls_key, &tls));
    TRY(listen_open(ctx, app->options.listen_address, app->options.listen_port, &fd, &app->port));
    app_start(app);
    HttpServer *server = ARENA_NEW(app->arena, HttpServer);
    server->app = app;
    server->fd = fd;
    pthread_mutex_init(&server->lock, NULL);
    Status started = worker_pool_start(ctx, app->arena, app->options.workers, &server->workers);
    server->line_arena = arena_new(LINES_BYTES_MAX);
    if (started == OK) started = line_set_start(ctx, server->line_arena, &server->lines);
    if (started == OK) server->daemon = start_daemon(server, &tls);
    tls_files_wipe(&tls);
    if (!server->daemon) {
        int reason = errno;
        close(fd);
        if (server->lines) line_set_stop(server->lines);
        if (server->workers) worker_pool_stop(server->workers);
        arena_delete(server->line_arena);
        app_stop(app);
        TRY(started);
        return fail_io(ctx, tls.cert ? "tls_files" : "server_not_started",
                       "the HTTP library refused to start, errno %d", reason);
    }
    *ret_server = server;
    return OK;
}

int http_server_port(const HttpServer *server) { return server->app->port; }

static void wait_for_the_rest(HttpServer *server) {
    int64_t until_ns = clock_monotonic_ns() + STOP_WAIT_S * INT64_C(1000000000);
    const struct timespec pause = {.tv_nsec = STOP_POLL_NS};
    while (atomic_load(&server->away) > 0 ||
           (atomic_load(&server->under_way) > 0 && clock_monotonic_ns() < until_ns))
        nanosleep(&pause, NULL);
}

void http_server_stop(HttpServer *server) {
    atomic_store(&server->stopping, true);
    /* Not by MHD_quiesce_daemon: it and the library's threads both take the listening socket out of
     * the same epoll set, and whoever is second ends the process (0.9.75). */
    (void)shutdown(server->fd, SHUT_RDWR);
    wait_for_the_rest(server);
    MHD_stop_daemon(server->daemon);
    worker_pool_stop(server->workers);
    line_set_stop(server->lines);
    arena_delete(server->line_arena);
    pthread_mutex_destroy(&server->lock);
    for (Handling *h = server->free; h; h = h->next_free) {
        arena_delete(h->arena);
        buffer_free(&h->x.out);
        buffer_free(&h->x.packed);
    }
    app_stop(server->app);
}
