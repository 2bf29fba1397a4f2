/* Counts wrong tries of clients in a table of fixed size, so that guessing slows down and nothing
 * that a client sends makes memory grow. Right tries cost nothing. */
#ifndef WEB_RATE_LIMIT_H
#define WEB_RATE_LIMIT_H

#include "base/arena.h"
#include "crypto/keyring.h"

typedef struct RateLimits RateLimits;

/* Tries are forgiven one by one: a purpose has a burst of tries and a time after which one more
 * is free again ("check", "number", "token": 20 and 30 s; "code": 10 and 360 s; "double", told to
 * an enroller: 30 and 60 s; what costs also when it is right, a new draft of a join ("draft"): 120
 * and 30 s, a code on its way ("send"): 60 and 60 s, as a camp of enrolment shares one address;
 * else 10 and 60 s).
 * The client is stored as a keyed hash only. An IPv6 client (client_network) spends of what all
 * of its /48 have together, too: as much as sixteen clients. */
RateLimits *rate_limit_new(Arena *arena, const Keyring *keys);
/* Counts one wrong try. Seconds to wait before the next, 0 when there is one left. */
int64_t rate_limit_count(RateLimits *limits, Text purpose, Text client, int64_t now_s);
/* The same without counting. */
int64_t rate_limit_wait(RateLimits *limits, Text purpose, Text client, int64_t now_s);

#endif
