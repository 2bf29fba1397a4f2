/* Statements of queries/ on SQLite: prepared when first used, kept with their connection. */
#include <assert.h>

#include "store/connection_sqlite.h"

enum { PARAMETERS_MAX = 64 };

static Status prepare(Query *q, Ctx *ctx, const char *sql, unsigned flags) {
    const char *tail = NULL;
    int code = sqlite3_prepare_v3(q->tx->db, sql, -1, flags, &q->statement, &tail);
    if (code != SQLITE_OK) {
        Status status = connection_sqlite_fail(q->tx, ctx, q->name, code);
        /* nothing is bound yet: the flaw of its text may be quoted */
        (void)snprintf(ctx->detail, sizeof ctx->detail, "%s: %s", q->name,
                       sqlite3_errmsg(q->tx->db));
        return status;
    }
    assert(q->statement && tail && *tail == 0); /* one statement, not none, not two */
    q->parameters = sqlite3_bind_parameter_count(q->statement);
    q->columns = sqlite3_column_count(q->statement);
    assert(q->parameters <= PARAMETERS_MAX);
    return OK;
}

Status connection_prepare(Tx *tx, Ctx *ctx, QueryId id) {
    Query *q = &tx->queries[id];
    if (q->statement) return OK;
    q->tx = tx;
    q->name = query_texts[id].name;
    return prepare(q, ctx, query_texts[id].sqlite, SQLITE_PREPARE_PERSISTENT);
}

static Query *begin(Query *q, Tx *tx, Ctx *ctx, Status status) {
    assert(!q->begun); /* query_done was forgotten, or it is used within itself */
    /* a write inside lane_read is a bug of its caller */
    assert(!q->statement || !tx->read_only || sqlite3_stmt_readonly(q->statement));
    q->ctx = ctx;
    q->status = status;
    q->bound = 0;
    q->at = 0;
    q->begun = true;
    q->stepped = q->has_row = q->ended = false;
    q->next_open = tx->open;
    tx->open = q;
    return q;
}

Query *query_begin(Ctx *ctx, QueryId id) {
    Tx *tx = ctx->tx;
    assert(tx && id < QUERY_COUNT); /* statements run inside the lane only */
    return begin(&tx->queries[id], tx, ctx, connection_prepare(tx, ctx, id));
}

Query *connection_query(Tx *tx, Ctx *ctx, const char *name, const char *sql) {
    Query *q = ARENA_NEW(ctx->arena, Query);
    *q = (Query){.tx = tx, .name = name, .passing = true};
    return begin(q, tx, ctx, prepare(q, ctx, sql, 0));
}

/* Parameters are mostly bound in their order: look behind the last one first. */
static int parameter(Query *q, const char *name) {
    assert(q->begun && !q->stepped);
    for (int i = 0; i < q->parameters; i++) {
        int index = (q->at + i) % q->parameters + 1;
        const char *there = sqlite3_bind_parameter_name(q->statement, index);
        if (there && strcmp(there + 1, name) == 0) {
            q->at = index;
            q->bound |= (uint64_t)1 << (index - 1);
            return index;
        }
    }
    assert(!"the statement has no parameter of this name");
    return 0;
}

static void note(Query *q, int code) {
    if (code != SQLITE_OK) q->status = connection_sqlite_fail(q->tx, q->ctx, q->name, code);
}

void query_int(Query *q, const char *name, int64_t value) {
    if (q->status == OK) note(q, sqlite3_bind_int64(q->statement, parameter(q, name), value));
}

void query_text(Query *q, const char *name, Text value) {
    if (q->status == OK)
        note(q, sqlite3_bind_text64(q->statement, parameter(q, name), value.ptr, value.len,
                                    SQLITE_STATIC, SQLITE_UTF8));
}

void query_blob(Query *q, const char *name, Text value) {
    if (q->status == OK)
        note(q, sqlite3_bind_blob64(q->statement, parameter(q, name), value.ptr, value.len,
                                    SQLITE_STATIC));
}

void query_null(Query *q, const char *name) {
    if (q->status == OK) note(q, sqlite3_bind_null(q->statement, parameter(q, name)));
}

void query_int_or_null(Query *q, const char *name, int64_t value) {
    if (value)
        query_int(q, name, value);
    else
        query_null(q, name);
}

static void start(Query *q) {
    uint64_t all = q->parameters ? UINT64_MAX >> (PARAMETERS_MAX - q->parameters) : 0;
    assert(q->bound == all); /* a parameter was forgotten */
    (void)all;
    q->stepped = true;
    q->changes_before = connection_changes(q->tx);
}

Status query_row(Query *q, bool *ret_row) {
    assert(q->begun && !q->ended);
    *ret_row = false;
    q->has_row = false;
    if (q->status != OK) return q->status;
    if (q->tx->lost) /* outside a transaction it would be kept, alone */
        return q->status = fail(q->ctx, IO, NULL, "store_failed");
    if (!q->stepped) start(q);
    int code = sqlite3_step(q->statement);
    if (code == SQLITE_ROW) {
        *ret_row = q->has_row = true;
    } else if (code == SQLITE_DONE) {
        q->ended = true;
    } else {
        q->status = connection_sqlite_fail(q->tx, q->ctx, q->name, code);
    }
    return q->status;
}

static bool readable(const Query *q, int column) {
    if (q->status != OK) return false;
    assert(q->begun && q->has_row && column >= 0 && column < q->columns);
    (void)column;
    return true;
}

int64_t query_column_int(Query *q, int column) {
    return readable(q, column) ? sqlite3_column_int64(q->statement, column) : 0;
}

bool query_column_is_null(Query *q, int column) {
    return !readable(q, column) || sqlite3_column_type(q->statement, column) == SQLITE_NULL;
}

Text query_column_text(Query *q, int column) {
    if (query_column_is_null(q, column)) return TEXT_NONE;
    const void *ptr = sqlite3_column_text(q->statement, column);
    assert(ptr); /* else out of memory */
    return arena_copy(q->ctx->arena,
                      text_bytes(ptr, (size_t)sqlite3_column_bytes(q->statement, column)));
}

Text query_column_blob(Query *q, int column) {
    if (query_column_is_null(q, column)) return TEXT_NONE;
    const void *ptr = sqlite3_column_blob(q->statement, column);
    return arena_copy(q->ctx->arena,
                      text_bytes(ptr, (size_t)sqlite3_column_bytes(q->statement, column)));
}

Status query_done(Query *q) {
    assert(q->begun);
    Query **at = &q->tx->open;
    while (*at != q) at = &(*at)->next_open;
    *at = q->next_open;
    Status status = q->status;
    q->begun = false;
    if (q->passing) {
        (void)sqlite3_finalize(q->statement);
        return status;
    }
    /* repeats the error of the last step, which is recorded already */
    if (q->stepped) (void)sqlite3_reset(q->statement);
    if (q->bound) (void)sqlite3_clear_bindings(q->statement);
    return status;
}

static void step_to_end(Query *q) {
    bool row = q->status == OK && !q->ended;
    while (row)
        if (query_row(q, &row) != OK) row = false;
}

Status query_run(Query *q) {
    step_to_end(q);
    return query_done(q);
}

Status query_run_int(Query *q, int64_t *ret) {
    bool row;
    if (query_row(q, &row) != OK || !row) {
        TRY(query_done(q));
        return NOT_FOUND;
    }
    int64_t value = query_column_int(q, 0);
    bool another;
    if (query_row(q, &another) == OK) {
        assert(!another); /* the statement is not for exactly one row */
        *ret = value;
    }
    return query_done(q);
}

Status query_run_changed(Query *q, bool *ret_changed) {
    step_to_end(q);
    bool changed = q->status == OK && connection_changes(q->tx) != q->changes_before;
    TRY(query_done(q));
    *ret_changed = changed;
    return OK;
}
