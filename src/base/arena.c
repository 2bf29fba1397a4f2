/* Blocks in a list, the newest first; the first block survives clearing. */
#include "base/arena.h"

#include <stdarg.h>

typedef struct Block Block;
struct Block {
    Block *older;
    size_t size; /* of bytes */
    size_t used;
    _Alignas(16) char bytes[];
};

typedef struct Deferred Deferred;
struct Deferred {
    Deferred *older;
    void (*release)(void *);
    void *resource;
};

struct Arena {
    Block *newest;
    Deferred *deferred;
    size_t cap;
    size_t used;
};

enum { FIRST_BLOCK_BYTES = 8192, BLOCK_BYTES_MAX = 1 << 20 };

static _Noreturn void die(const char *why) {
    (void)fprintf(stderr, "sangathan: %s\n", why);
    abort();
}

static Block *block_new(Block *older, size_t size) {
    Block *block = malloc(sizeof(Block) + size);
    if (!block) die("out of memory");
    block->older = older;
    block->size = size;
    block->used = 0;
    return block;
}

Arena *arena_new(size_t cap) {
    Arena *arena = malloc(sizeof *arena);
    if (!arena) die("out of memory");
    *arena = (Arena){.newest = block_new(NULL, FIRST_BLOCK_BYTES), .cap = cap};
    return arena;
}

void arena_clear(Arena *arena) {
    while (arena->deferred) {
        Deferred *d = arena->deferred;
        arena->deferred = d->older;
        d->release(d->resource);
    }
    while (arena->newest->older) {
        Block *block = arena->newest;
        arena->newest = block->older;
        free(block);
    }
    arena->newest->used = 0;
    arena->used = 0;
}

void arena_delete(Arena *arena) {
    if (!arena) return;
    arena_clear(arena);
    free(arena->newest);
    free(arena);
}

void *arena_try(Arena *arena, size_t size) {
    if (size > arena->cap) return NULL;
    size = (size + 15) & ~(size_t)15;
    if (size > arena->cap - arena->used) return NULL;
    Block *block = arena->newest;
    if (size > block->size - block->used) {
        size_t next = block->size * 2;
        if (next > BLOCK_BYTES_MAX) next = BLOCK_BYTES_MAX;
        if (next < size) next = size;
        block = arena->newest = block_new(block, next);
    }
    void *ptr = block->bytes + block->used;
    block->used += size;
    arena->used += size;
    memset(ptr, 0, size);
    return ptr;
}

void *arena_alloc(Arena *arena, size_t size) {
    void *ptr = arena_try(arena, size);
    if (!ptr) die("a request needs more memory than its arena may have");
    return ptr;
}

Text arena_copy(Arena *arena, Text t) {
    char *ptr = arena_alloc(arena, t.len + 1);
    if (t.len) memcpy(ptr, t.ptr, t.len);
    return (Text){ptr, t.len};
}

char *arena_cstr(Arena *arena, Text t) { return (char *)arena_copy(arena, t).ptr; }

Text arena_printf(Arena *arena, const char *format, ...) {
    char small[256];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    char *ptr = arena_alloc(arena, (size_t)len + 1);
    if ((size_t)len < sizeof small)
        memcpy(ptr, small, (size_t)len);
    else
        (void)vsnprintf(ptr, (size_t)len + 1, format, again);
    va_end(again);
    return (Text){ptr, (size_t)len};
}

Text arena_rupees(Arena *arena, int64_t paise) {
    return arena_printf(arena, "%lld.%02lld", (long long)paise / 100, (long long)paise % 100);
}

void arena_defer(Arena *arena, void (*release)(void *), void *resource) {
    Deferred *d = ARENA_NEW(arena, Deferred);
    *d = (Deferred){arena->deferred, release, resource};
    arena->deferred = d;
}

size_t arena_used(const Arena *arena) { return arena->used; }
