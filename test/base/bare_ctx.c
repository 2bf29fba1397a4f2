/* The one ctx of a test. */
#include "bare_ctx.h"

Ctx bare_ctx;

int bare_ctx_make(void **state) {
    ctx_init(&bare_ctx, arena_new(256 << 20));
    *state = &bare_ctx;
    return 0;
}

int bare_ctx_remove(void **state) {
    (void)state;
    arena_delete(bare_ctx.arena);
    return 0;
}
