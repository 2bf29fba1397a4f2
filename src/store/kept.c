/* A table with one place for each hash: what comes later takes it. */
#include "store/kept.h"

#include <assert.h>

enum { PLACES = 1024, SHARE = 4 };

struct Kept {
    size_t bytes, bytes_max;
    KeptRow *places[PLACES];
};

static uint64_t hash_of(Text key) {
    uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a */
    for (size_t i = 0; i < key.len; i++) hash = (hash ^ (uint8_t)key.ptr[i]) * 0x100000001b3u;
    return hash;
}

Kept *kept_new(size_t bytes_max) {
    Kept *kept = calloc(1, sizeof *kept);
    if (!kept) abort(); /* out of memory */
    kept->bytes_max = bytes_max;
    return kept;
}

void kept_forget(Kept *kept) {
    if (!kept->bytes) return;
    for (int i = 0; i < PLACES; i++) {
        free(kept->places[i]);
        kept->places[i] = NULL;
    }
    kept->bytes = 0;
}

void kept_delete(Kept *kept) {
    if (!kept) return;
    kept_forget(kept);
    free(kept);
}

const KeptRow *kept_get(const Kept *kept, Text key) {
    uint64_t hash = hash_of(key);
    const KeptRow *row = kept->places[hash % PLACES];
    return row && row->hash == hash && text_eq(row->key, key) ? row : NULL;
}

static Text copy_to(char **at, Text bytes) {
    Text copy = {*at, bytes.len};
    if (bytes.len) memcpy(*at, bytes.ptr, bytes.len);
    *at += bytes.len;
    return copy;
}

static KeptRow *copy_of(Text key, bool found, const KeptColumn *columns, int count, size_t size) {
    KeptRow *row = malloc(size);
    if (!row) abort(); /* out of memory */
    *row = (KeptRow){.hash = hash_of(key), .found = found, .count = count, .size = size};
    char *at = (char *)(row->columns + count);
    row->key = copy_to(&at, key);
    for (int i = 0; i < count; i++) {
        row->columns[i] = columns[i];
        row->columns[i].bytes = copy_to(&at, columns[i].bytes);
    }
    return row;
}

void kept_put(Kept *kept, Text key, bool found, const KeptColumn *columns, int count) {
    assert(count <= KEPT_COLUMNS_MAX);
    size_t size = sizeof(KeptRow) + (size_t)count * sizeof *columns + key.len;
    for (int i = 0; i < count; i++) size += columns[i].bytes.len;
    if (size > kept->bytes_max / SHARE) return;
    if (kept->bytes + size > kept->bytes_max) kept_forget(kept);
    KeptRow *row = copy_of(key, found, columns, count, size);
    KeptRow **place = &kept->places[row->hash % PLACES];
    if (*place) kept->bytes -= (*place)->size;
    free(*place);
    *place = row;
    kept->bytes += size;
}
