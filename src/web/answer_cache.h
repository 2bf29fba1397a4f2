/* Public answers kept in memory for as long as their route says. Each is made once: who comes
 * while another thread makes it gets the old one, or waits. Never holds anything personal: only
 * routes with cache_s come here. */
#ifndef WEB_ANSWER_CACHE_H
#define WEB_ANSWER_CACHE_H

#include "base/buffer.h"

enum { CACHE_KEY_BYTES = 16 };

typedef struct AnswerCache AnswerCache;
typedef struct Slot Slot;

/* One kept answer: never changed once it is there. */
typedef struct Kept Kept;
struct Kept {
    Buffer body, packed; /* packed: gzip, empty when it would not be smaller */
    Text content_type;   /* a constant */
    char etag[20];       /* with its quotes */
    int references;      /* the cache's */
    Kept *next_free;
};

AnswerCache *answer_cache_new(Arena *arena);
/* The kept answer (give it back with answer_cache_release), or NULL with *ret_slot to be filled by
 * answer_cache_fill or answer_cache_abandon, or NULL and *ret_slot NULL: make it for yourself. */
Kept *answer_cache_find(AnswerCache *cache, const uint8_t key[CACHE_KEY_BYTES], int64_t max_age_s,
                        int64_t now_s, Slot **ret_slot);
/* Keeps a copy of body; at most 256 KiB, otherwise abandons. */
void answer_cache_fill(AnswerCache *cache, Slot *slot, Text body, Text packed, Text content_type,
                       int64_t now_s);
void answer_cache_abandon(AnswerCache *cache, Slot *slot);
void answer_cache_release(AnswerCache *cache, Kept *kept);

#endif
