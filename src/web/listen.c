/* Bound before the HTTP library sees it. */
#include "web/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

typedef union Address {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
} Address;

static socklen_t read_address(const char *text, int port, Address *ret) {
    *ret = (Address){0};
    if (inet_pton(AF_INET, text, &ret->four.sin_addr) == 1) {
        ret->four.sin_family = AF_INET;
        ret->four.sin_port = htons((uint16_t)port);
        return sizeof ret->four;
    }
    if (inet_pton(AF_INET6, text, &ret->six.sin6_addr) == 1) {
        ret->six.sin6_family = AF_INET6;
        ret->six.sin6_port = htons((uint16_t)port);
        return sizeof ret->six;
    }
    return 0;
}

bool listen_is_address(const char *address) {
    Address ignored;
    return read_address(address, 0, &ignored) > 0;
}

static Status failed(Ctx *ctx, const char *address, int port, int reason) {
    bool in_use = reason == EADDRINUSE;
    (void)fail(ctx, IO, NULL, in_use ? "listen_in_use" : "listen_failed");
    fail_arg(ctx, "address", text_of(address));
    fail_arg_int(ctx, "port", port);
    if (!in_use) fail_arg(ctx, "reason", text_of(strerror(reason)));
    return IO;
}

Status listen_open(Ctx *ctx, const char *address, int port, int *ret_fd, int *ret_port) {
    Address where;
    socklen_t size = read_address(address, port, &where);
    if (!size || port < 0 || port > 65535) return failed(ctx, address, port, EINVAL);
    int fd = socket(where.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return failed(ctx, address, port, errno);
    const int yes = 1;
    bool good = setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
                bind(fd, &where.any, size) == 0 && listen(fd, BACKLOG) == 0 &&
                getsockname(fd, &where.any, &size) == 0;
    if (!good) {
        int reason = errno;
        close(fd);
        return failed(ctx, address, port, reason);
    }
    *ret_fd = fd;
    *ret_port = ntohs(where.any.sa_family == AF_INET ? where.four.sin_port : where.six.sin6_port);
    return OK;
}
