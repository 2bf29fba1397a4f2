/* Addresses of both families to the unit that is slowed down. */
#include "web/client.h"

#include <arpa/inet.h>
#include <netinet/in.h>

enum { HEX_64 = 16, HEX_48 = 12 };

static Text hex(Arena *arena, const void *bytes, size_t len) {
    char *out = arena_alloc(arena, 2 * len);
    text_hex(bytes, len, out);
    return (Text){out, 2 * len};
}

static Text of_ipv6(Arena *arena, const struct in6_addr *address) {
    if (IN6_IS_ADDR_V4MAPPED(address)) return hex(arena, address->s6_addr + 12, 4);
    return hex(arena, address->s6_addr, 8);
}

static Text of_proxy(Arena *arena, Text forwarded_for) {
    Text entry = TEXT_NONE;
    while (forwarded_for.ptr && text_split(&forwarded_for, ',', &entry)) continue;
    char *address = arena_cstr(arena, text_trim(entry));
    struct in_addr four;
    struct in6_addr six;
    if (inet_pton(AF_INET, address, &four) == 1) return hex(arena, &four, 4);
    if (inet_pton(AF_INET6, address, &six) == 1) return of_ipv6(arena, &six);
    return TEXT_NONE;
}

Text client_address(Arena *arena, const struct sockaddr *peer, Text forwarded_for,
                    bool trusted_proxy, bool *ret_loopback) {
    Text client = T("unknown");
    *ret_loopback = false;
    if (peer && peer->sa_family == AF_INET) {
        const struct sockaddr_in *four = (const void *)peer;
        client = hex(arena, &four->sin_addr, 4);
        *ret_loopback = text_starts_with(client, T("7f"));
    } else if (peer && peer->sa_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const void *)peer;
        client = of_ipv6(arena, &six->sin6_addr);
        *ret_loopback = IN6_IS_ADDR_LOOPBACK(&six->sin6_addr) ||
                        (client.len == 8 && text_starts_with(client, T("7f")));
    }
    if (forwarded_for.ptr) *ret_loopback = false;
    if (!trusted_proxy || !forwarded_for.ptr) return client;
    Text forwarded = of_proxy(arena, forwarded_for);
    return forwarded.len ? forwarded : client;
}

bool client_network(Text client, Text *ret_network, Text *ret_rest) {
    uint8_t bits[HEX_64 / 2];
    if (client.len > HEX_64 && client.ptr[HEX_64] != '/') return false;
    if (!text_unhex(text_slice(client, 0, HEX_64), bits, sizeof bits)) return false;
    *ret_network = text_slice(client, 0, HEX_48);
    *ret_rest = text_slice(client, HEX_64, client.len - HEX_64);
    return true;
}
