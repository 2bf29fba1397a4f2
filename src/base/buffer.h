/* Bytes being put together, with a maximum. Going over it sets a flag that stays, so that a
 * writer checks once at its end; nothing is ever cut silently. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include "base/arena.h"

typedef struct Buffer {
    char *ptr;
    size_t len;
    size_t cap;
    size_t max;      /* never more bytes than this */
    Arena *arena;    /* where it grows; NULL: malloc, give back with buffer_free */
    bool overflowed; /* something did not fit; content is then meaningless */
} Buffer;

/* Grows in the arena (old blocks stay there until it is cleared). */
Buffer buffer_in(Arena *arena, size_t max);
/* Grows by realloc. */
Buffer buffer_heap(size_t max);
void buffer_free(Buffer *b);

void buffer_add(Buffer *b, Text t);
void buffer_byte(Buffer *b, char c);
void buffer_int(Buffer *b, int64_t value);
void buffer_printf(Buffer *b, const char *format, ...) PRINTF_LIKE(2, 3);
/* Room for n bytes at the end, counted as used; NULL on overflow. */
char *buffer_room(Buffer *b, size_t n);
static inline Text buffer_text(const Buffer *b) { return (Text){b->ptr, b->len}; }
static inline void buffer_reset(Buffer *b) { b->len = 0; b->overflowed = false; }

#endif
