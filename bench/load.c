/* A closed loop over loopback: so many connections, each with one request under way, kept alive.
 * Counts whole right answers only, and shares the cores with the server, be it program or floor.
 *
 * usage: load --port P [--connections 64] [--seconds 5] [--count N] [--token T]
 *             (--units FILE --fee PAISE --seed S | --paths FILE) [--status 200] [--expect TEXT]
 * Prints one JSON object. Ends with 1 when an answer was wrong. */
#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { OUT_BYTES = 4096, IN_FIRST_BYTES = 8192, EVENTS = 256, WAIT_MS = 30000 };

typedef struct Connection {
    int fd;
    char out[OUT_BYTES];
    char *in;
    int64_t in_len, in_room;
    int64_t began_ns;
} Connection;

typedef struct Load {
    LoadOptions options;
    LoadRequests *requests;
    Connection *connections;
    int epoll;
    int64_t began_ns, until_ns, ended_ns;
    int64_t sent, under_way, right, wrong, bytes;
    uint32_t *took_us;
    int64_t took_room;
} Load;

static void give_up(const char *what) {
    (void)fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(3);
}

static void open_connection(Load *load, Connection *c) {
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)load->options.port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int on = 1;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&address, sizeof address) != 0)
        give_up("connect");
    (void)setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
    if (epoll_ctl(load->epoll, EPOLL_CTL_ADD, c->fd, &event) != 0) give_up("epoll");
    c->in_room = IN_FIRST_BYTES;
    c->in = malloc((size_t)c->in_room);
    if (!c->in) abort();
}

/* False when there is no more to send. A request fits a socket's buffer: the write is whole. */
static bool send_next(Load *load, Connection *c) {
    const LoadOptions *o = &load->options;
    int64_t now_ns = people_now_ns();
    if (now_ns >= load->until_ns || (o->count && load->sent >= o->count)) return false;
    int len = load_requests_write(load->requests, load->sent, c->out, OUT_BYTES);
    if (len <= 0 || len >= OUT_BYTES) give_up("a request is too long");
    c->began_ns = now_ns;
    c->in_len = 0;
    if (send(c->fd, c->out, (size_t)len, MSG_NOSIGNAL) != len) give_up("send");
    load->sent++;
    load->under_way++;
    return true;
}

static void note(Load *load, const Connection *c, int64_t len) {
    load->ended_ns = people_now_ns();
    load->under_way--;
    load->bytes += len;
    if (!load_answer_is_right(&load->options, c->in, len)) {
        if (!load->wrong++)
            (void)fprintf(stderr, "load: a wrong answer:\n%.*s\n", (int)len, c->in);
        return;
    }
    if (load->right == load->took_room) {
        load->took_room = load->took_room ? load->took_room * 2 : 65536;
        load->took_us = realloc(load->took_us, (size_t)load->took_room * sizeof *load->took_us);
        if (!load->took_us) abort();
    }
    load->took_us[load->right++] = (uint32_t)((load->ended_ns - c->began_ns) / 1000);
}

static void take_bytes(Load *load, Connection *c) {
    if (c->in_len == c->in_room) {
        c->in_room *= 2;
        c->in = realloc(c->in, (size_t)c->in_room);
        if (!c->in) abort();
    }
    ssize_t got = recv(c->fd, c->in + c->in_len, (size_t)(c->in_room - c->in_len), 0);
    if (got <= 0) give_up("the server hung up");
    c->in_len += got;
    int64_t len = load_answer_length(c->in, c->in_len);
    if (len < 0) give_up("an answer without Content-Length");
    if (len == 0) return;
    note(load, c, len);
    (void)send_next(load, c);
}

static void run(Load *load) {
    struct epoll_event events[EVENTS];
    load->began_ns = load->ended_ns = people_now_ns();
    load->until_ns = load->began_ns + (int64_t)(load->options.seconds * 1e9);
    for (int i = 0; i < load->options.connections; i++)
        if (!send_next(load, &load->connections[i])) break;
    while (load->under_way > 0) {
        int count = epoll_wait(load->epoll, events, EVENTS, WAIT_MS);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) give_up("no answer");
        for (int i = 0; i < count; i++) take_bytes(load, events[i].data.ptr);
    }
}

static int by_size(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static double percentile_ms(const Load *load, double part) {
    if (!load->right) return 0;
    return load->took_us[(int64_t)(part * (double)(load->right - 1))] / 1000.0;
}

static void report(Load *load) {
    double seconds = (double)(load->ended_ns - load->began_ns) / 1e9;
    if (load->right) qsort(load->took_us, (size_t)load->right, sizeof *load->took_us, by_size);
    (void)printf("{\"right\":%lld,\"wrong\":%lld,\"seconds\":%.3f,\"per_second\":%.1f,"
                 "\"answer_bytes\":%lld,\"ms_p50\":%.3f,\"ms_p90\":%.3f,\"ms_p99\":%.3f,"
                 "\"ms_max\":%.3f}\n",
                 (long long)load->right, (long long)load->wrong, seconds,
                 seconds > 0 ? (double)load->right / seconds : 0,
                 (long long)(load->bytes / (load->right + load->wrong + 1)),
                 percentile_ms(load, 0.5), percentile_ms(load, 0.9), percentile_ms(load, 0.99),
                 percentile_ms(load, 1));
}

static void read_option(LoadOptions *o, const char *name, const char *value) {
    if (!strcmp(name, "port")) o->port = (int)strtol(value, NULL, 10);
    if (!strcmp(name, "connections")) o->connections = (int)strtol(value, NULL, 10);
    if (!strcmp(name, "seconds")) o->seconds = strtod(value, NULL);
    if (!strcmp(name, "count")) o->count = strtoll(value, NULL, 10);
    if (!strcmp(name, "token")) o->token = value;
    if (!strcmp(name, "units")) o->units = value;
    if (!strcmp(name, "paths")) o->paths = value;
    if (!strcmp(name, "expect")) o->expect = value;
    if (!strcmp(name, "status")) o->status = (int)strtol(value, NULL, 10);
    if (!strcmp(name, "seed")) o->seed = strtoull(value, NULL, 10);
    if (!strcmp(name, "fee")) o->fee_paise = (int)strtol(value, NULL, 10);
}

int main(int argc, char **argv) {
    static const char *const names[] = {"port", "connections", "seconds", "count", "token", "units",
                                        "paths", "expect", "status", "seed", "fee"};
    enum { NAMES = sizeof names / sizeof *names };
    struct option known[NAMES + 1] = {{0}};
    for (int i = 0; i < NAMES; i++)
        known[i] = (struct option){names[i], required_argument, NULL, 1};
    Load load = {.options = {.connections = 64, .seconds = 5, .status = 200}};
    int at, got;
    while ((got = getopt_long(argc, argv, "", known, &at)) == 1)
        read_option(&load.options, names[at], optarg);
    if (got != -1 || optind != argc || !load.options.port ||
        !load.options.units == !load.options.paths) {
        (void)fprintf(stderr, "load: see the head of bench/load.c\n");
        return 2;
    }
    load.requests = load_requests_new(&load.options);
    load.epoll = epoll_create1(EPOLL_CLOEXEC);
    load.connections = calloc((size_t)load.options.connections, sizeof *load.connections);
    if (load.epoll < 0 || !load.connections) give_up("epoll");
    for (int i = 0; i < load.options.connections; i++)
        open_connection(&load, &load.connections[i]);
    run(&load);
    report(&load);
    return load.wrong || !load.right;
}
