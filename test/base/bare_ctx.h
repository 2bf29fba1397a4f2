/* For tests that need no register: a ctx with memory, anew for each test. */
#ifndef TEST_BASE_BARE_CTX_H
#define TEST_BASE_BARE_CTX_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail

#include "base/ctx.h"

extern Ctx bare_ctx;

/* Setup and teardown of cmocka; *state is &bare_ctx. */
int bare_ctx_make(void **state);
int bare_ctx_remove(void **state);

#endif
