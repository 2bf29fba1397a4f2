/* See statement_layout.h. */
#include "domain/statement_layout.h"

#include "domain/organisation.h"
#include "domain/statement_content.h"
#include "store/query.h"

static bool fits(const Statement *statement, const StatementColumns *columns) {
    int32_t width = statement_content_width(statement, columns->header + 1);
    for (int i = 0; i < STATEMENT_COLUMN_COUNT; i++)
        if (columns->at[i] >= width) return false;
    return true;
}

Status statement_layout_recall(Ctx *ctx, const Statement *statement, StatementColumns *ret,
                               bool *ret_found) {
    StatementColumns columns = *ret;
    Text text = TEXT_NONE;
    Query *q = query_begin(ctx, Q_STATEMENT_LAYOUT_READ);
    query_int(q, "org", ctx->org->id);
    query_text(q, "signature", statement_columns_signature(ctx->arena, statement, ret));
    TRY(query_row(q, ret_found));
    if (*ret_found) text = query_column_text(q, 0);
    TRY(query_done(q));
    if (!*ret_found) return OK;
    TRY(statement_columns_parse(ctx, text, &columns));
    *ret_found = fits(statement, &columns);
    if (*ret_found) *ret = columns;
    return OK;
}

Status statement_layout_remember(Ctx *ctx, const Statement *statement,
                                 const StatementColumns *columns) {
    Query *q = query_begin(ctx, Q_STATEMENT_LAYOUT_PUT);
    query_int(q, "org", ctx->org->id);
    query_text(q, "signature", statement_columns_signature(ctx->arena, statement, columns));
    query_text(q, "columns", statement_columns_text(ctx->arena, columns));
    query_int(q, "at", ctx->now_s);
    return query_run(q);
}
