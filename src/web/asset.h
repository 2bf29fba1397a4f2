/* The style sheet, scripts and pictures: part of the binary, packed once at start-up. */
#ifndef WEB_ASSET_H
#define WEB_ASSET_H

#include "render/view.h"

typedef struct Asset {
    Text name; /* "site.css": below assets/ */
    Text bytes, packed; /* packed: gzip; empty when that saves nothing */
    Text content_type;
    Text etag;    /* with its quotes */
    Text address; /* "/assets/site.css?v=<hash>": may be kept for ever */
    const char *view_name; /* "site_css": as templates call it, {{asset.site_css}} */
} Asset;

typedef struct Assets Assets;

Assets *asset_index_new(Arena *arena);
/* NULL when there is none of that name. */
const Asset *asset_find(const Assets *assets, Text name);
/* Adds the object "asset" with the address of each to a page's view. */
void asset_view(const Assets *assets, Arena *arena, View *page);

/* gzip (RFC 1952) of bytes behind what out holds; false, and out as it was, when it does not save
 * at least an eighth. */
bool asset_pack(Text bytes, int level, Buffer *out);

#endif
