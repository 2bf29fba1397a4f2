/* A map of tiles: one square a state, about where it lies, the fuller the more. Classes map,
 * map-tile, map-none, map-step-1 … map-step-5, map-code, map-count; legible without a style sheet,
 * in print and in the dark, and as a list of names and numbers for screen readers. */
#ifndef RENDER_MAP_H
#define RENDER_MAP_H

#include "base/buffer.h"
#include "base/ctx.h"

typedef struct MapTile {
    Text code;       /* "UP", short enough for the square */
    Text name;       /* "Uttar Pradesh", in the reader's language */
    int column, row; /* from 0 */
    int64_t count;
    Text href;       /* where a tap leads; empty: nowhere */
} MapTile;

/* Adds an <svg>. id is unique in the page. The step goes with the square root of a count's share
 * of the greatest, so that small states differ too; none is grey. */
void map_tiles(Buffer *out, Arena *arena, Lang lang, const char *id, Text title,
               const MapTile *tiles, int count);
/* The step (0 none, 1 … 5) of a count where max is the greatest. */
int map_step(int64_t count, int64_t max);

#endif
