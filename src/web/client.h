/* Who asks: the address that rates are counted for. */
#ifndef WEB_CLIENT_H
#define WEB_CLIENT_H

#include <sys/socket.h>

#include "base/arena.h"

/* The client's address as hex: IPv4 whole, IPv6 cut to its /64 (one household or phone), IPv4
 * mapped into IPv6 as IPv4. With trusted_proxy the last entry of forwarded_for counts instead,
 * when it is an address. ret_loopback (asked of the peer, and only without forwarded_for). */
Text client_address(Arena *arena, const struct sockaddr *peer, Text forwarded_for,
                    bool trusted_proxy, bool *ret_loopback);

/* True for an address as above of IPv6, alone or with "/" and what it is counted at after it
 * (ret_rest): ret_network is its /48, the most that one customer is usually given (RFC 6177). */
bool client_network(Text client, Text *ret_network, Text *ret_rest);

#endif
