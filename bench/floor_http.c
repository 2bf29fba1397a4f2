/* The floor of every page: libmicrohttpd at its fastest (MHD_USE_TURBO, which the program does
 * without), answering one constant with the headers and size of a real answer, until told to end.
 *
 * usage: floor_http PORT THREADS HEADERS-FILE BODY-FILE */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <signal.h>

static char body[1 << 20];

static enum MHD_Result answer(void *cls, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *data,
                              size_t *size, void **seen) {
    (void)url, (void)method, (void)version, (void)data;
    if (!*seen) { /* an answer to the first call would end the connection */
        *seen = body;
        return MHD_YES;
    }
    if (*size) {
        *size = 0;
        return MHD_YES;
    }
    return MHD_queue_response(connection, MHD_HTTP_OK, cls);
}

static size_t read_body(const char *file) {
    FILE *in = fopen(file, "r");
    size_t len = in ? fread(body, 1, sizeof body, in) : 0;
    if (in) (void)fclose(in);
    if (len) return len;
    (void)fprintf(stderr, "floor_http: nothing in %s\n", file);
    exit(3);
}

static void add_headers(struct MHD_Response *response, const char *file) {
    char line[4096];
    FILE *in = fopen(file, "r");
    while (in && fgets(line, sizeof line, in)) {
        line[strcspn(line, "\r\n")] = 0;
        char *value = strstr(line, ": ");
        if (!value) continue;
        *value = 0;
        (void)MHD_add_response_header(response, line, value + 2);
    }
    if (in) (void)fclose(in);
}

int main(int argc, char **argv) {
    if (argc != 5) return 2;
    sigset_t ends;
    (void)sigemptyset(&ends);
    (void)sigaddset(&ends, SIGTERM);
    (void)sigaddset(&ends, SIGINT);
    (void)sigprocmask(SIG_BLOCK, &ends, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    size_t len = read_body(argv[4]);
    struct MHD_Response *response =
        MHD_create_response_from_buffer(len, body, MHD_RESPMEM_PERSISTENT);
    add_headers(response, argv[3]);
    unsigned threads = (unsigned)strtoul(argv[2], NULL, 10);
    uint16_t port = (uint16_t)strtoul(argv[1], NULL, 10);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO,
        port, NULL, NULL, answer, response, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
        MHD_OPTION_CONNECTION_TIMEOUT, 60U, MHD_OPTION_CONNECTION_LIMIT, 4096U,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)(20 << 10), MHD_OPTION_THREAD_POOL_SIZE,
        threads > 1 ? threads : 0, MHD_OPTION_END);
    if (!daemon) return 3;
    int got;
    (void)sigwait(&ends, &got);
    MHD_stop_daemon(daemon);
    MHD_destroy_response(response);
    return 0;
}
