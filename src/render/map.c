/* Area would say who has much land, not who has many members: each state gets the same square. */
#include "render/map.h"

#include <math.h>

#include "render/markup.h"
#include "render/messages.h"

enum { SIDE = 100, GAP = 6, STEPS = 5 };

int map_step(int64_t count, int64_t max) {
    if (count <= 0 || max <= 0) return 0;
    int step = (int)ceil(sqrt((double)count / (double)max) * STEPS);
    return step < 1 ? 1 : step > STEPS ? STEPS : step;
}

/* What fits the square: 99,999 as it is, 1234567 as "12.3 L" or "12.3 लाख". The
 * exact number is in the tile's title. */
static Text short_number(Arena *arena, Lang lang, int64_t count) {
    enum { LAKH = 100000, CRORE = 10000000 };
    if (count < LAKH) return message_number(arena, count);
    int64_t unit = count < CRORE ? LAKH : CRORE;
    long long whole = count / unit, tenths = count % unit * 10 / unit;
    Text value = tenths == 0 || whole >= 100 ? arena_printf(arena, "%lld", whole)
                                             : arena_printf(arena, "%lld.%lld", whole, tenths);
    const ErrorArg args[] = {{"n", value}};
    return message_with(arena, lang, unit == LAKH ? "map_lakh" : "map_crore", args, 1);
}

static void add_square(Buffer *out, const MapTile *tile, int step) {
    static const char *const opacity[STEPS + 1] = {"0.07", "0.16", "0.32", "0.52", "0.76", "1"};
    int x = tile->column * SIDE + GAP / 2, y = tile->row * SIDE + GAP / 2;
    buffer_printf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"10\" "
                  "fill=\"%s\" fill-opacity=\"%s\"/>", x, y, SIDE - GAP, SIDE - GAP,
                  step == 0 ? "CanvasText" : "currentColor", opacity[step]);
}

static void add_words(Buffer *out, const char *class_name, int x, int y, int size, bool full,
                      Text text) {
    buffer_printf(out, "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"middle\" "
                  "font-size=\"%d\" fill=\"%s\">", class_name, x, y, size,
                  full ? "Canvas" : "CanvasText");
    markup_escape(out, text);
    buffer_add(out, T("</text>"));
}

static void add_tile(Buffer *out, Arena *arena, Lang lang, const MapTile *tile, int64_t max) {
    int step = map_step(tile->count, max);
    bool link = tile->href.len > 0, full = step >= STEPS - 1;
    if (link) {
        buffer_add(out, T("<a href=\""));
        markup_escape(out, tile->href);
        buffer_add(out, T("\">"));
    }
    if (step == 0) {
        buffer_add(out, T("<g class=\"map-tile map-none\">"));
    } else {
        buffer_printf(out, "<g class=\"map-tile map-step-%d\">", step);
    }
    buffer_add(out, T("<title>"));
    markup_escape(out, tile->name);
    buffer_add(out, T(": "));
    buffer_add(out, message_number(arena, tile->count));
    buffer_add(out, T("</title>"));
    add_square(out, tile, step);
    int x = tile->column * SIDE + SIDE / 2, y = tile->row * SIDE + SIDE / 2;
    add_words(out, "map-code", x, y - 2, 30, full, tile->code);
    add_words(out, "map-count", x, y + 28, 22, full,
              short_number(arena, lang, tile->count));
    buffer_add(out, link ? T("</g></a>") : T("</g>"));
}

void map_tiles(Buffer *out, Arena *arena, Lang lang, const char *id, Text title,
               const MapTile *tiles, int count) {
    int columns = 0, rows = 0;
    int64_t max = 0;
    for (int i = 0; i < count; i++) {
        if (tiles[i].column >= columns) columns = tiles[i].column + 1;
        if (tiles[i].row >= rows) rows = tiles[i].row + 1;
        if (tiles[i].count > max) max = tiles[i].count;
    }
    /* a group, not an image: its tiles and links are read one by one */
    buffer_printf(out, "<svg class=\"map\" role=\"group\" viewBox=\"0 0 %d %d\" "
                  "aria-labelledby=\"%s-title\"><title id=\"%s-title\">", columns * SIDE,
                  rows * SIDE, id, id);
    markup_escape(out, title);
    buffer_add(out, T("</title>"));
    for (int i = 0; i < count; i++) add_tile(out, arena, lang, &tiles[i], max);
    buffer_add(out, T("</svg>"));
}
