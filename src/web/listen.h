/* The listening socket, made here so that trouble with the address has a clear sentence. */
#ifndef WEB_LISTEN_H
#define WEB_LISTEN_H

#include "base/ctx.h"

bool listen_is_address(const char *address);
/* address: IPv4 or IPv6 in digits ("127.0.0.1", "::"). Port 0: any free one. Fails with
 * listen_in_use {address port}, listen_failed {address port reason}. */
MUST_USE Status listen_open(Ctx *ctx, const char *address, int port, int *ret_fd, int *ret_port);

#endif
