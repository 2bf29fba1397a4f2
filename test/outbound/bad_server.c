/* See bad_server.h. A thread for who accepts, a thread for each connection. */
#include "bad_server.h"

#include <arpa/inet.h>
#include <assert.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MANNERS_MAX = 64, CONNECTIONS_MAX = 512, REQUEST_MAX = 65536, TICK_MS = 20 };

typedef struct Connection {
    BadServer *server;
    pthread_t thread;
    int fd;
} Connection;

struct BadServer {
    int fd, port;
    pthread_t thread;
    atomic_bool stopping;
    pthread_mutex_t lock; /* guards the rest */
    Manner manners[MANNERS_MAX];
    int manner_count, requests;
    char last[REQUEST_MAX + 1];
    Connection connections[CONNECTIONS_MAX];
    int connection_count;
};

static bool send_all(int fd, const char *bytes, size_t len) {
    return send(fd, bytes, len, MSG_NOSIGNAL) == (ssize_t)len;
}

static bool say(int fd, const char *words) { return send_all(fd, words, strlen(words)); }

/* Bytes of the body that the head promises. */
static size_t promised(const char *head) {
    const char *line = strcasestr(head, "\r\ncontent-length:");
    return line ? (size_t)strtoul(line + 17, NULL, 10) : 0;
}

/* False when the other side went away, or the server stops, before all of it came. */
static bool read_request(Connection *c, char *request) {
    size_t len = 0;
    while (!atomic_load(&c->server->stopping) && len < REQUEST_MAX) {
        struct pollfd poller = {.fd = c->fd, .events = POLLIN};
        if (poll(&poller, 1, TICK_MS) == 0) continue;
        ssize_t got = recv(c->fd, request + len, REQUEST_MAX - len, 0);
        if (got <= 0) return false;
        len += (size_t)got;
        request[len] = 0;
        const char *end = strstr(request, "\r\n\r\n");
        if (end && len >= (size_t)(end + 4 - request) + promised(request)) return true;
    }
    return false;
}

static Manner note(BadServer *server, const char *request) {
    (void)pthread_mutex_lock(&server->lock);
    int which = server->requests++;
    if (which >= server->manner_count) which = server->manner_count - 1;
    Manner manner = server->manners[which];
    memcpy(server->last, request, strlen(request) + 1);
    (void)pthread_mutex_unlock(&server->lock);
    return manner;
}

/* The same words again and again until the other side has enough, or the server stops. */
static void repeat(Connection *c, const char *words, int pause_ms) {
    while (!atomic_load(&c->server->stopping) && say(c->fd, words)) {
        struct pollfd poller = {.fd = c->fd, .events = POLLIN};
        if (poll(&poller, 1, pause_ms) > 0) return; /* it closed: nothing more is to be said */
    }
}

static void wait_for_close(Connection *c) {
    struct pollfd poller = {.fd = c->fd, .events = POLLIN};
    while (!atomic_load(&c->server->stopping) && poll(&poller, 1, TICK_MS) == 0) continue;
}

static void answer(Connection *c, Manner manner) {
    static const char ok[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    switch (manner) {
    case MANNER_GOOD:
        (void)say(c->fd, "HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{\"status\":\"taken\"}");
        break;
    case MANNER_REFUSES:
        (void)say(c->fd, "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"status\":\"refused\"}");
        break;
    case MANNER_500:
        (void)say(c->fd, "HTTP/1.1 500 Oh\r\nContent-Length: 18\r\n\r\n{\"status\":\"taken\"}");
        break;
    case MANNER_GARBAGE: (void)say(c->fd, "\x16\x03taken\xff\xfe\r\n\r\ntaken"); break;
    case MANNER_SILENT: wait_for_close(c); break;
    case MANNER_DRIPS:
        if (say(c->fd, ok) && say(c->fd, "\r\n")) repeat(c, "t", TICK_MS);
        break;
    case MANNER_CLOSES: break;
    case MANNER_CUTS:
        (void)say(c->fd, ok);
        (void)say(c->fd, "Content-Length: 900\r\n\r\n{\"status\":\"taken\"");
        break;
    case MANNER_REDIRECTS: {
        char words[200];
        (void)snprintf(words, sizeof words,
                       "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%d/elsewhere\r\n"
                       "Content-Length: 5\r\n\r\ntaken", c->server->port);
        (void)say(c->fd, words);
        break;
    }
    case MANNER_FLOODS:
        if (say(c->fd, ok) && say(c->fd, "\r\n"))
            repeat(c, "taken taken taken taken taken taken taken taken taken taken taken ", 0);
        break;
    case MANNER_LONG_HEADERS:
        if (say(c->fd, ok))
            repeat(c, "X-Taken: taken taken taken taken taken taken taken taken taken\r\n", 0);
        break;
    }
}

static void *serve_connection(void *argument) {
    Connection *c = argument;
    char *request = malloc(REQUEST_MAX + 1);
    assert(request);
    if (read_request(c, request)) answer(c, note(c->server, request));
    free(request);
    (void)close(c->fd);
    return NULL;
}

static void *serve(void *argument) {
    BadServer *server = argument;
    while (!atomic_load(&server->stopping)) {
        struct pollfd poller = {.fd = server->fd, .events = POLLIN};
        if (poll(&poller, 1, TICK_MS) <= 0) continue;
        int fd = accept(server->fd, NULL, NULL);
        if (fd < 0) continue;
        assert(server->connection_count < CONNECTIONS_MAX);
        Connection *c = &server->connections[server->connection_count++];
        *c = (Connection){.server = server, .fd = fd};
        int error = pthread_create(&c->thread, NULL, serve_connection, c);
        assert(!error);
        (void)error;
    }
    return NULL;
}

BadServer *bad_server_start(const Manner *manners, int count) {
    BadServer *server = calloc(1, sizeof *server);
    assert(server && count > 0 && count <= MANNERS_MAX);
    memcpy(server->manners, manners, sizeof *manners * (size_t)count);
    server->manner_count = count;
    (void)pthread_mutex_init(&server->lock, NULL);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    server->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int error = bind(server->fd, (struct sockaddr *)&address, len) || listen(server->fd, 64) ||
                getsockname(server->fd, (struct sockaddr *)&address, &len) ||
                pthread_create(&server->thread, NULL, serve, server);
    assert(!error);
    (void)error;
    server->port = ntohs(address.sin_port);
    return server;
}

void bad_server_behave(BadServer *server, Manner manner) {
    (void)pthread_mutex_lock(&server->lock);
    server->manner_count = 1;
    server->manners[0] = manner;
    (void)pthread_mutex_unlock(&server->lock);
}

int bad_server_port(const BadServer *server) { return server->port; }

int bad_server_requests(BadServer *server) {
    (void)pthread_mutex_lock(&server->lock);
    int requests = server->requests;
    (void)pthread_mutex_unlock(&server->lock);
    return requests;
}

const char *bad_server_last(BadServer *server) { return server->last; }

void bad_server_stop(BadServer *server) {
    atomic_store(&server->stopping, true);
    (void)pthread_join(server->thread, NULL);
    for (int i = 0; i < server->connection_count; i++)
        (void)pthread_join(server->connections[i].thread, NULL);
    (void)close(server->fd);
    (void)pthread_mutex_destroy(&server->lock);
    free(server);
}
