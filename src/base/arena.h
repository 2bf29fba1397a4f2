/* Memory of one request, command or job: taken piecemeal, given back at once. Has a hard cap;
 * an arena that would pass it aborts only by choice of the caller (arena_try), otherwise the
 * process: limits on inputs are what keep a request below its cap. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/text.h"

typedef struct Arena Arena;

/* A new arena of at most cap bytes, taken from the system as needed. Never NULL (out of memory
 * aborts). */
Arena *arena_new(size_t cap);
/* Runs the deferred functions, last first, and keeps the first block for reuse. */
void arena_clear(Arena *arena);
void arena_delete(Arena *arena);

/* Zeroed, aligned to 16. Aborts beyond the cap: a bug, as limits bound every input. */
void *arena_alloc(Arena *arena, size_t size);
/* The same, or NULL beyond the cap: for sizes that an input chooses. */
void *arena_try(Arena *arena, size_t size);
#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, n) ((type *)arena_alloc((arena), sizeof(type) * (size_t)(n)))

/* A copy that lives as long as the arena; a NUL follows it that len does not count. */
Text arena_copy(Arena *arena, Text t);
/* NUL-terminated copy. */
char *arena_cstr(Arena *arena, Text t);
Text arena_printf(Arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
/* "11.00", as machines and fields to be filled in want it; people read message_rupees. */
Text arena_rupees(Arena *arena, int64_t paise);

/* Calls release(resource) when the arena is cleared. For what libraries allocate. */
void arena_defer(Arena *arena, void (*release)(void *), void *resource);
/* Bytes handed out since the last clear. */
size_t arena_used(const Arena *arena);

#endif
