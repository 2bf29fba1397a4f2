/* Drawn in a box of fixed numbers that the page scales: no script, no pixel of the reader's. */
#include "render/chart.h"

#include "render/markup.h"
#include "render/messages.h"

enum { WIDTH = 640, HEIGHT = 220, TOP = 34, BOTTOM = 186, LABELS = 210 };

static int64_t greatest(const ChartDays *chart) {
    int64_t max = 0;
    for (int i = 0; i < chart->count; i++) {
        if (chart->counts[i] > max) max = chart->counts[i];
    }
    return max;
}

static void add_text(Buffer *out, const char *anchor, double x, int y, Text text) {
    buffer_printf(out, "<text class=\"chart-label\" x=\"%.1f\" y=\"%d\" text-anchor=\"%s\" "
                  "font-size=\"17\" fill=\"currentColor\">", x, y, anchor);
    markup_escape(out, text);
    buffer_add(out, T("</text>"));
}

/* A column whose top corners are round; at least a line high, so that one member shows. */
static void add_column(Buffer *out, double x, double width, double height, bool today) {
    double radius = width / 2 < 3 ? width / 2 : 3;
    if (height < radius) radius = height;
    buffer_printf(out, "<path class=\"chart-column%s\" fill=\"currentColor\"%s d=\"M%.1f %dv-%.1f"
                  "q0-%.1f %.1f-%.1fh%.1fq%.1f 0 %.1f %.1fv%.1fz\">",
                  today ? " chart-today" : "", today ? " fill-opacity=\"0.6\"" : "", x, BOTTOM,
                  height - radius, radius, radius, radius, width - 2 * radius, radius, radius,
                  radius, height - radius);
}

static void add_days(Buffer *out, Arena *arena, Lang lang, const ChartDays *chart, int64_t max) {
    double step = (double)WIDTH / chart->count;
    double gap = step > 6 ? 3 : step / 4;
    for (int i = 0; i < chart->count; i++) {
        int64_t count = chart->counts[i];
        if (count <= 0) continue;
        double height = (double)count * (BOTTOM - TOP) / (double)max;
        add_column(out, i * step + gap / 2, step - gap, height < 2 ? 2 : height,
                   chart->last_is_today && i == chart->count - 1);
        buffer_add(out, T("<title>"));
        markup_escape(out, message_day(arena, lang, chart->first_day + i));
        buffer_add(out, T(": "));
        buffer_add(out, message_number(arena, count));
        buffer_add(out, T("</title></path>"));
    }
}

static void add_greatest(Buffer *out, Arena *arena, const ChartDays *chart, int64_t max) {
    int at = 0;
    while (chart->counts[at] != max) at++;
    double middle = (at + 0.5) * WIDTH / chart->count;
    const char *anchor = middle < 60 ? "start" : middle > WIDTH - 60 ? "end" : "middle";
    double x = middle < 60 ? 0 : middle > WIDTH - 60 ? WIDTH : middle;
    add_text(out, anchor, x, TOP - 9, message_number(arena, max));
}

void chart_days(Buffer *out, Arena *arena, Lang lang, const ChartDays *chart) {
    int64_t max = greatest(chart);
    buffer_printf(out, "<svg class=\"chart chart-days\" role=\"img\" viewBox=\"0 0 %d %d\" "
                  "aria-labelledby=\"%s-title", WIDTH, HEIGHT, chart->id);
    if (chart->summary.len) buffer_printf(out, " %s-desc", chart->id);
    buffer_printf(out, "\"><title id=\"%s-title\">", chart->id);
    markup_escape(out, chart->title);
    buffer_add(out, T("</title>"));
    if (chart->summary.len) {
        buffer_printf(out, "<desc id=\"%s-desc\">", chart->id);
        markup_escape(out, chart->summary);
        buffer_add(out, T("</desc>"));
    }
    buffer_printf(out, "<path class=\"chart-line\" d=\"M0 %d.5h%d\" stroke=\"currentColor\" "
                  "stroke-opacity=\"0.35\" fill=\"none\"/>", BOTTOM, WIDTH);
    if (max > 0) {
        add_days(out, arena, lang, chart, max);
        add_greatest(out, arena, chart, max);
    }
    add_text(out, "start", 0, LABELS, message_day_short(arena, lang, chart->first_day));
    if (chart->count > 1) {
        add_text(out, "end", WIDTH, LABELS,
                 message_day_short(arena, lang, chart->first_day + chart->count - 1));
    }
    buffer_add(out, T("</svg>"));
}
