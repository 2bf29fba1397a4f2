/* See due.h. */
#include "domain/due.h"

static Status is_still(Ctx *ctx, const Due *due, const DueRow *row, bool *ret) {
    DueList list = {.after = {row->at, row->serial - 1}, .to = row->at, .max = 1};
    TRY(due->list(ctx, due, &list));
    *ret = list.count == 1 && list.rows[0].serial == row->serial;
    return OK;
}

static Status act_on(Ctx *ctx, const Due *due, const DueRow *row, DueEnd *ret) {
    bool still;
    Member member;
    *ret = DUE_LEFT;
    TRY(is_still(ctx, due, row, &still));
    if (!still) return OK;
    TRY(member_by_serial(ctx, row->serial, &member));
    *ret = DUE_ACTED;
    return due->act(ctx, due, row, &member, ret);
}

Status due_act(Ctx *ctx, const Due *due, const DueRow *rows, int count, DueDone *ret) {
    int64_t room = INT64_MAX;
    *ret = (DueDone){0};
    if (due->room) TRY(due->room(ctx, &room));
    for (int i = 0; i < count && !ret->list_over && !ret->all_over; i++) {
        DueEnd end = DUE_ALL_OVER;
        if (ret->done < room) TRY(act_on(ctx, due, &rows[i], &end));
        ret->done += end == DUE_ACTED;
        ret->list_over = end == DUE_LIST_OVER;
        ret->all_over = end == DUE_ALL_OVER;
    }
    return OK;
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
