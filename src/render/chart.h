/* Charts made by the server: SVG markup for pages, in the colours of the page (currentColor and the
 * classes chart, chart-days, chart-column, chart-today, chart-line, chart-label), legible without
 * any style sheet, in print and in the dark. */
#ifndef RENDER_CHART_H
#define RENDER_CHART_H

#include "base/buffer.h"
#include "base/ctx.h"

typedef struct ChartDays {
    const char *id;       /* unique in the page: letters, digits, hyphens */
    Text title;           /* what it shows: "New members in the last 30 days" */
    Text summary;         /* the same in a sentence for who cannot see it; empty: left out */
    int64_t first_day;    /* day number of the first column */
    const int64_t *counts; /* one a day, none below 0 */
    int count;            /* 1 … 400 */
    bool last_is_today;   /* the last column is still growing: drawn apart */
} ChartDays;

/* Adds an <svg>: a column a day (each with its date and number for who asks), first and last day
 * and the greatest number written out. It has no width and height: CSS sizes it. */
void chart_days(Buffer *out, Arena *arena, Lang lang, const ChartDays *chart);

#endif
