/* See due_rows.h. */
#include "jobs/due_rows.h"

#include "base/log.h"

enum {
    PIECE = 25,
    FAILURES_MAX = 5, /* in a row, of single rows */
    ARENA_BYTES = 4 << 20,
};

typedef struct Walk {
    const Due *due;
    DueList list;
    const DueRow *rows; /* of one write */
    int count;
    DueDone done;
} Walk;

static Status list_apply(Ctx *ctx, void *argument) {
    Walk *w = argument;
    return w->due->list(ctx, w->due, &w->list);
}

static Status act_apply(Ctx *ctx, void *argument) {
    Walk *w = argument;
    return due_act(ctx, w->due, w->rows, w->count, &w->done);
}

static Status act(Store *store, Ctx *ctx, Walk *w, const DueRow *rows, int count,
                  DueReport *report) {
    w->rows = rows;
    w->count = count;
    Status status = lane_write(store, ctx, act_apply, w);
    if (status != OK) return status;
    report->done += w->done.done;
    report->all_over = w->done.all_over;
    return OK;
}

/* A piece failed: which row of it? */
static Status act_one_by_one(Store *store, Ctx *ctx, Walk *w, const DueRow *rows, int count,
                             DueReport *report) {
    int failures = 0;
    for (int i = 0; i < count; i++) {
        ctx_forget_errors(ctx);
        Status status = act(store, ctx, w, &rows[i], 1, report);
        if (status == OK) {
            failures = 0;
            if (w->done.list_over || w->done.all_over) return OK;
            continue;
        }
        if (status == BUSY || ++failures == FAILURES_MAX) return status;
        report->passed_over++;
        log_error("row-passed-over", "%s, member %lld: %s %s", w->due->name,
                  (long long)rows[i].serial, ctx->error_count ? ctx->errors[0].message : "?",
                  ctx->detail);
    }
    ctx_forget_errors(ctx);
    return OK;
}

static Status do_all(Store *store, Ctx *ctx, const atomic_bool *stopping, const Due *due,
                     DueReport *ret) {
    Walk w = {.due = due, .list = {.after = {INT64_MIN, -1}, .to = INT64_MAX, .max = DUE_MAX}};
    do {
        TRY(lane_read(store, ctx, list_apply, &w));
        for (int i = 0; i < w.list.count; i += PIECE) {
            const DueRow *rows = w.list.rows + i;
            int count = w.list.count - i < PIECE ? w.list.count - i : PIECE;
            if (stopping && atomic_load(stopping)) return OK;
            Status status = act(store, ctx, &w, rows, count, ret);
            if (status != OK && status != BUSY)
                status = act_one_by_one(store, ctx, &w, rows, count, ret);
            if (status != OK) return status;
            arena_clear(ctx->arena);
            if (w.done.list_over || w.done.all_over) return OK;
        }
        if (w.list.count) w.list.after = w.list.rows[w.list.count - 1];
    } while (w.list.count == DUE_MAX);
    return OK;
}

Status due_rows_do(Store *store, Ctx *ctx, const atomic_bool *stopping, const Due *due,
                   DueReport *ret) {
    Ctx own = *ctx;
    own.arena = arena_new(ARENA_BYTES);
    *ret = (DueReport){0};
    Status status = do_all(store, &own, stopping, due, ret);
    if (status != OK)
        (void)fail_io(ctx, own.error_count ? own.errors[0].message : "store_damaged", "%s",
                      own.detail);
    arena_delete(own.arena);
    return status;
}
