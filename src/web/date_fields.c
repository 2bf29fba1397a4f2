/* See date_fields.h. */
#include "web/date_fields.h"

#include "base/clock.h"

static const char *const parts[] = {"", "_month", "_year"};
enum { DAY, MONTH, YEAR, PARTS };

static const char *part(Request *rq, const char *name, int which) {
    return arena_printf(rq->ctx.arena, "%s%s", name, parts[which]).ptr;
}

static Text typed(Request *rq, const char *name, int which) {
    Text text = request_text(rq, part(rq, name, which));
    return text.ptr ? text_trim(text) : T("");
}

Text date_fields_iso(Request *rq, const char *name) {
    int64_t of[PARTS];
    if (!typed(rq, name, MONTH).len && !typed(rq, name, YEAR).len) return typed(rq, name, DAY);
    for (int i = 0; i < PARTS; i++)
        if (!text_to_int(typed(rq, name, i), &of[i]) || of[i] < 1 || of[i] > 9999) return T("?");
    return arena_printf(rq->ctx.arena, "%04d-%02d-%02d", (int)of[YEAR], (int)of[MONTH],
                        (int)of[DAY]);
}

void date_fields_empty(Request *rq, const char *name) {
    for (int i = 0; i < PARTS; i++)
        view_text(rq->ctx.arena, rq->view, part(rq, name, i), T(""));
}

void date_fields_show(Request *rq, const char *name, int64_t day) {
    int of[PARTS];
    clock_civil(day, &of[YEAR], &of[MONTH], &of[DAY]);
    for (int i = 0; i < PARTS; i++)
        view_text(rq->ctx.arena, rq->view, part(rq, name, i),
                  arena_printf(rq->ctx.arena, "%d", of[i]));
}

void date_fields_again(Request *rq, const char *name) {
    for (int i = 0; i < PARTS; i++)
        view_text(rq->ctx.arena, rq->view, part(rq, name, i), typed(rq, name, i));
}
