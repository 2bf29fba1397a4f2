/* Binary search over the generated table. */
#include "base/embedded.h"

Text embedded_find(Text path) {
    size_t low = 0, high = embedded_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = text_compare(text_of(embedded_files[middle].path), path);
        if (order == 0) {
            const Embedded *file = &embedded_files[middle];
            return text_bytes(file->bytes, (size_t)(file->end - file->bytes));
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return TEXT_NONE;
}
