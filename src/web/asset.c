/* Embedded files with all that an answer needs, worked out once. */
#include "web/asset.h"

#include <libdeflate.h>

#include "base/embedded.h"

enum { PACKED_MAX = 4 << 20 };

struct Assets {
    size_t count;
    Asset *list;
    View *view;
};

bool asset_pack(Text bytes, int level, Buffer *out) {
    struct libdeflate_compressor *deflater = libdeflate_alloc_compressor(level);
    if (!deflater) return false;
    size_t before = out->len, room = bytes.len - bytes.len / 8;
    char *at = buffer_room(out, room);
    size_t len = at ? libdeflate_gzip_compress(deflater, bytes.ptr, bytes.len, at, room) : 0;
    libdeflate_free_compressor(deflater);
    out->len = before + len; /* 0: it would not fit */
    return len > 0;
}

static Text type_of(Text name) {
    static const struct {
        Text ending, type;
    } types[] = {
        {{".css", 4}, {"text/css; charset=utf-8", 23}},
        {{".js", 3}, {"text/javascript; charset=utf-8", 30}},
        {{".mjs", 4}, {"text/javascript; charset=utf-8", 30}},
        {{".svg", 4}, {"image/svg+xml", 13}},
        {{".png", 4}, {"image/png", 9}},
        {{".ico", 4}, {"image/x-icon", 12}},
        {{".txt", 4}, {"text/plain; charset=utf-8", 25}},
        {{".json", 5}, {"application/json", 16}},
        {{".webmanifest", 12}, {"application/manifest+json", 25}},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_ends_with(name, types[i].ending)) return types[i].type;
    return T("application/octet-stream");
}

static const char *view_name(Arena *arena, Text name) {
    char *out = arena_cstr(arena, name);
    for (char *c = out; *c; c++)
        if (*c == '.' || *c == '/' || *c == '-') *c = '_';
    return out;
}

static void fill(Arena *arena, Asset *asset, Text name, Text bytes) {
    uint32_t crc = libdeflate_crc32(0, bytes.ptr, bytes.len);
    uint32_t adler = libdeflate_adler32(1, bytes.ptr, bytes.len);
    *asset = (Asset){.name = name, .bytes = bytes, .content_type = type_of(name)};
    asset->etag = arena_printf(arena, "\"%08x%08x\"", crc, adler);
    asset->address = arena_printf(arena, "/assets/%.*s?v=%.*s", TEXT_ARG(name), 16,
                                  asset->etag.ptr + 1);
    asset->view_name = view_name(arena, name);
    Buffer packed = buffer_in(arena, PACKED_MAX);
    bool picture = text_ends_with(name, T(".png")) || text_ends_with(name, T(".ico"));
    if (!picture && bytes.len > 256 && asset_pack(bytes, 9, &packed))
        asset->packed = buffer_text(&packed);
}

Assets *asset_index_new(Arena *arena) {
    Assets *assets = ARENA_NEW(arena, Assets);
    assets->list = ARENA_ARRAY(arena, Asset, embedded_count);
    assets->view = view_new(arena);
    for (size_t i = 0; i < embedded_count; i++) {
        const Embedded *file = &embedded_files[i];
        Text path = text_of(file->path);
        if (!text_starts_with(path, T("assets/"))) continue;
        Asset *asset = &assets->list[assets->count++];
        fill(arena, asset, text_slice(path, 7, path.len),
             text_bytes(file->bytes, (size_t)(file->end - file->bytes)));
        view_text(arena, assets->view, asset->view_name, asset->address);
    }
    return assets;
}

const Asset *asset_find(const Assets *assets, Text name) {
    for (size_t i = 0; i < assets->count; i++)
        if (text_eq(assets->list[i].name, name)) return &assets->list[i];
    return NULL;
}

void asset_view(const Assets *assets, Arena *arena, View *page) {
    View *view = view_object(arena, page, "asset");
    view->first = assets->view->first;
    view->last = assets->view->last;
    view->count = assets->view->count;
}
