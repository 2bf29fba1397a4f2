/* See due.h. */
#include "domain/due.h"

Status due_is_still(Ctx *ctx, const Due *due, const DueRow *row, bool *ret) {
    DueList list = {.after = {row->at, row->serial - 1}, .to = row->at, .max = 1};
    TRY(due->list(ctx, due, &list));
    *ret = list.count == 1 && list.rows[0].serial == row->serial;
    return OK;
}

Status due_do(Ctx *ctx, const Due *due, int max, DueDone *ret) {
    DueList list = {.after = {INT64_MIN, -1}, .to = INT64_MAX, .max = max};
    TRY(due->list(ctx, due, &list));
    return due->act(ctx, due, list.rows, list.count, ret);
}

Status due_read_rows(Query *q, DueList *list) {
    for (list->count = 0; list->count < list->max; list->count++) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        list->rows[list->count] = (DueRow){query_column_int(q, 0), query_column_int(q, 1)};
    }
    return query_done(q);
}
