/* What the routes of the tests count, and how they are told to fail. */
#ifndef TEST_WEB_TEST_ROUTES_H
#define TEST_WEB_TEST_ROUTES_H

#include <stdatomic.h>

#include "base/status.h"

extern atomic_int test_cached_made, test_prepared, test_applied;
extern _Atomic Status test_apply_fails;
/* Slow routes wait as long as this is held. */
void test_hold(void);
void test_let_go(void);
/* How many are on a worker now. */
extern atomic_int test_held;

#endif
