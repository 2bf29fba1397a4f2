/* What the tests of the store share: a folder of their own, a ctx, and work on a plain table. */
#ifndef TEST_STORE_STORE_TEST_H
#define TEST_STORE_STORE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#undef fail

#include "base/limits.h"
#include "store/connection.h"

typedef struct Folder {
    char path[64];
    Arena *arena;
    Ctx ctx;
} Folder;

/* cmocka setup and teardown: *state is a Folder*, empty, removed with all in it. */
int folder_make(void **state);
int folder_remove(void **state);

/* Opens the register in the folder, or fails the test saying why. */
Store *folder_open(Folder *folder, StoreMode mode);
/* Opening must be refused with this status and message. */
void folder_refused(Folder *folder, StoreMode mode, Status status, const char *message);

/* A row (pin, place) of pin_place: the plainest table there is. */
typedef struct Row {
    int64_t pin, place;
} Row;
/* Applies: argument is a Row*. */
Status row_insert(Ctx *ctx, void *row);
/* Inserts, then answers CONFLICT in spite of it. */
Status row_insert_and_refuse(Ctx *ctx, void *row);
/* Answers CONFLICT without having written. */
Status row_refuse(Ctx *ctx, void *row);
/* Rows of a pin, -1 when it cannot be read. */
int64_t rows_of(Store *store, Ctx *ctx, int64_t pin);
/* The message of the ctx's first error, or "". */
const char *message_in(const Ctx *ctx);

#endif
