/* Growing by doubling up to the maximum. */
#include "base/buffer.h"

#include <stdarg.h>

Buffer buffer_in(Arena *arena, size_t max) { return (Buffer){.max = max, .arena = arena}; }

Buffer buffer_heap(size_t max) { return (Buffer){.max = max}; }

void buffer_free(Buffer *b) {
    if (!b->arena) free(b->ptr);
    *b = (Buffer){.max = b->max, .arena = b->arena};
}

static bool grow(Buffer *b, size_t need) {
    size_t cap = b->cap ? b->cap * 2 : 256;
    if (cap < need) cap = need;
    if (cap > b->max) cap = b->max;
    char *ptr = b->arena ? arena_try(b->arena, cap) : realloc(b->ptr, cap);
    if (!ptr) return false;
    if (b->arena && b->len) memcpy(ptr, b->ptr, b->len);
    b->ptr = ptr;
    b->cap = cap;
    return true;
}

char *buffer_room(Buffer *b, size_t n) {
    if (b->overflowed || n > b->max - b->len || (b->len + n > b->cap && !grow(b, b->len + n))) {
        b->overflowed = true;
        return NULL;
    }
    static char nothing[1]; /* where no bytes go */
    char *at = b->ptr ? b->ptr + b->len : nothing;
    b->len += n;
    return at;
}

void buffer_add(Buffer *b, Text t) {
    if (!t.len) return;
    char *at = buffer_room(b, t.len);
    if (at) memcpy(at, t.ptr, t.len);
}

void buffer_byte(Buffer *b, char c) {
    char *at = buffer_room(b, 1);
    if (at) *at = c;
}

void buffer_int(Buffer *b, int64_t value) {
    char digits[24];
    int at = (int)sizeof digits;
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
    do digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0) digits[--at] = '-';
    buffer_add(b, (Text){digits + at, sizeof digits - (size_t)at});
}

void buffer_printf(Buffer *b, const char *format, ...) {
    char small[512];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if ((size_t)len < sizeof small) {
        buffer_add(b, (Text){small, (size_t)len});
    } else {
        char *at = buffer_room(b, (size_t)len + 1);
        if (at) {
            (void)vsnprintf(at, (size_t)len + 1, format, again);
            b->len--;
        }
    }
    va_end(again);
}
