/* Embedded tables, split at separators and ends of line. */
#include "domain/dataset.h"

#include <assert.h>
#include <libdeflate.h>

#include "base/embedded.h"

/* RFC 1952: the last four bytes are the size before compression. */
static Text inflate_gzip(Arena *arena, Text packed) {
    assert(packed.len > 18);
    const unsigned char *end = (const unsigned char *)packed.ptr + packed.len;
    size_t size = (size_t)end[-4] | (size_t)end[-3] << 8 | (size_t)end[-2] << 16 |
                  (size_t)end[-1] << 24;
    char *bytes = arena_alloc(arena, size + 1);
    struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
    assert(inflater); /* else out of memory */
    enum libdeflate_result status =
        libdeflate_gzip_decompress(inflater, packed.ptr, packed.len, bytes, size, NULL);
    assert(status == LIBDEFLATE_SUCCESS);
    libdeflate_free_decompressor(inflater);
    (void)status;
    return text_bytes(bytes, size);
}

Dataset dataset_open(Ctx *ctx, Text path) {
    Text bytes = embedded_find(path);
    assert(bytes.ptr);
    bool packed = text_ends_with(path, T(".gz"));
    if (packed) {
        bytes = inflate_gzip(ctx->arena, bytes);
        path.len -= 3;
    }
    Dataset dataset = {bytes, text_ends_with(path, T(".tsv")) ? '\t' : ','};
    Text heading;
    (void)text_split(&dataset.rest, '\n', &heading);
    return dataset;
}

bool dataset_next(Dataset *dataset, Text fields[DATASET_FIELDS_MAX], int count) {
    assert(count <= DATASET_FIELDS_MAX);
    Text line;
    if (!text_split(&dataset->rest, '\n', &line) || !line.len) return false;
    int at = 0;
    while (at < count && text_split(&line, dataset->separator, &fields[at])) at++;
    assert(at == count && !line.ptr);
    return true;
}
