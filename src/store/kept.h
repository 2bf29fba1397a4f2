/* What a connection remembers of its reads while they are still true: rows of statements marked
 * "-- kept" in queries/ (units, kinds: read by every request, changed once a year), and what
 * callers worked out from a snapshot. Forgotten when anybody commits a change, in any process;
 * on the writer, whose own commits are known, when a statement changes a table of a kept one. */
#ifndef STORE_KEPT_H
#define STORE_KEPT_H

#include "base/arena.h"

enum { KEPT_COLUMNS_MAX = 16, KEPT_KEY_BYTES = 96 };

typedef enum KeptType { KEPT_NULL, KEPT_INT, KEPT_BYTES } KeptType;

typedef struct KeptColumn {
    KeptType type;
    int64_t number;
    Text bytes; /* the kept row's own */
} KeptColumn;

typedef struct KeptRow {
    uint64_t hash;
    Text key;
    bool found; /* false: there is no such row */
    int count;
    size_t size; /* of all of it */
    KeptColumn columns[];
} KeptRow;

typedef struct Kept Kept;

/* Never NULL; forgets everything beyond so many bytes. */
Kept *kept_new(size_t bytes_max);
void kept_delete(Kept *kept);
void kept_forget(Kept *kept);
/* NULL when it is not known. Good until the next kept_put or kept_forget. */
const KeptRow *kept_get(const Kept *kept, Text key);
/* Keeps a copy; passes over what is too large to be worth it. */
void kept_put(Kept *kept, Text key, bool found, const KeptColumn *columns, int count);

#endif
