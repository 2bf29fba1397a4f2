/* Paths below /desk. */
#include "web/desk_path.h"

static bool is_plain(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '_' || c == '.' || c == '/';
}

bool desk_path_is(Text path) {
    if (!text_starts_with(path, T("/desk"))) return false;
    if (path.len > strlen("/desk") && path.ptr[strlen("/desk")] != '/') return false;
    for (size_t i = 0; i < path.len; i++) {
        if (!is_plain(path.ptr[i])) return false;
        if (i > 0 && path.ptr[i] == '/' && path.ptr[i - 1] == '/') return false;
    }
    return true;
}
