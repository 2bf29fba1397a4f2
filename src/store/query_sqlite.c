/* Statements of queries/ on SQLite: prepared when first used, kept with their connection. */
#include <assert.h>

#include "store/connection_sqlite.h"

enum { PARAMETERS_MAX = 64 };

static Status prepare(Query *q, Ctx *ctx, Arena *arena, const char *sql, unsigned flags) {
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
    q->parameter_names = ARENA_ARRAY(arena, const char *, q->parameters);
    for (int i = 0; i < q->parameters; i++) { /* the engine's own go when it prepares anew */
        const char *name = sqlite3_bind_parameter_name(q->statement, i + 1);
        q->parameter_names[i] = arena_cstr(arena, text_of(name + 1));
    }
    return OK;
}

Status connection_prepare(Tx *tx, Ctx *ctx, QueryId id) {
    Query *q = &tx->queries[id];
    if (q->statement) return OK;
    q->tx = tx;
    q->name = query_texts[id].name;
    q->keeps = query_texts[id].kept;
    q->changes_kept = query_texts[id].changes_kept;
    return prepare(q, ctx, tx->arena, query_texts[id].sqlite, SQLITE_PREPARE_PERSISTENT);
}

/* Part of what a kept row is known by; one that does not fit is not kept. */
static void add_to_key(Query *q, const void *bytes, size_t len) {
    if (!q->keeps) return;
    if (q->key_len <= sizeof q->key && len <= sizeof q->key - q->key_len) {
        memcpy(q->key + q->key_len, bytes, len);
        q->key_len += len;
    } else {
        q->key_len = sizeof q->key + 1;
    }
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
    q->row = NULL;
    q->remembered = false;
    q->key_len = 0;
    add_to_key(q, &q->name, sizeof q->name);
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
    Status status = prepare(q, ctx, ctx->arena, sql, 0);
    q->changes_kept = q->statement && !sqlite3_stmt_readonly(q->statement);
    return begin(q, tx, ctx, status);
}

/* Parameters are mostly bound in their order: look behind the last one first. */
static int parameter(Query *q, const char *name) {
    assert(q->begun && !q->stepped);
    for (int i = 0; i < q->parameters; i++) {
        int index = (q->at + i) % q->parameters + 1;
        if (strcmp(q->parameter_names[index - 1], name) == 0) {
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
    add_to_key(q, &value, sizeof value);
    if (q->status == OK) note(q, sqlite3_bind_int64(q->statement, parameter(q, name), value));
}

void query_text(Query *q, const char *name, Text value) {
    add_to_key(q, &value.len, sizeof value.len);
    add_to_key(q, value.ptr, value.len);
    if (q->status == OK)
        note(q, sqlite3_bind_text64(q->statement, parameter(q, name), value.ptr, value.len,
                                    SQLITE_STATIC, SQLITE_UTF8));
}

void query_blob(Query *q, const char *name, Text value) {
    assert(!q->keeps);
    if (q->status == OK)
        note(q, sqlite3_bind_blob64(q->statement, parameter(q, name), value.ptr, value.len,
                                    SQLITE_STATIC));
}

void query_null(Query *q, const char *name) {
    assert(!q->keeps);
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
    if (q->changes_kept) connection_stop_keeping(q->tx);
}

static bool may_keep(Query *q) {
    return q->keeps && q->key_len <= sizeof q->key && connection_keeps(q->tx);
}

static Text key_of(const Query *q) { return (Text){q->key, q->key_len}; }

/* Remembers the row that was just read, or that there is none. */
static void keep(Query *q, bool found) {
    KeptColumn columns[KEPT_COLUMNS_MAX];
    int count = found ? q->columns : 0;
    assert(count <= KEPT_COLUMNS_MAX);
    for (int i = 0; i < count; i++) {
        int type = sqlite3_column_type(q->statement, i);
        columns[i] = (KeptColumn){.type = type == SQLITE_NULL      ? KEPT_NULL
                                          : type == SQLITE_INTEGER ? KEPT_INT
                                                                   : KEPT_BYTES};
        if (type == SQLITE_INTEGER) columns[i].number = sqlite3_column_int64(q->statement, i);
        if (columns[i].type != KEPT_BYTES) continue;
        const void *bytes = sqlite3_column_blob(q->statement, i); /* a text's are the same */
        columns[i].bytes = text_bytes(bytes, (size_t)sqlite3_column_bytes(q->statement, i));
    }
    kept_put(q->tx->kept, key_of(q), found, columns, count);
}

/* The first row of a kept statement, from memory if it is there. */
static bool read_kept(Query *q, bool *ret_row) {
    const KeptRow *row = may_keep(q) ? kept_get(q->tx->kept, key_of(q)) : NULL;
    if (!row) return false;
    KeptColumn *columns = ARENA_ARRAY(q->ctx->arena, KeptColumn, row->count);
    for (int i = 0; i < row->count; i++) {
        columns[i] = row->columns[i];
        if (columns[i].type == KEPT_BYTES)
            columns[i].bytes = arena_copy(q->ctx->arena, columns[i].bytes);
    }
    q->row = columns;
    q->stepped = q->remembered = true;
    q->has_row = *ret_row = row->found;
    q->ended = !row->found;
    return true;
}

Status query_row(Query *q, bool *ret_row) {
    assert(q->begun && !q->ended);
    *ret_row = false;
    q->has_row = false;
    if (q->status != OK) return q->status;
    if (q->tx->lost) /* outside a transaction it would be kept, alone */
        return q->status = fail(q->ctx, IO, NULL, "store_failed");
    if (q->remembered) { /* there is no second one */
        q->ended = true;
        return OK;
    }
    bool first = !q->stepped;
    if (first && read_kept(q, ret_row)) return OK;
    if (first) start(q);
    int code = sqlite3_step(q->statement);
    assert(first || !q->keeps || code != SQLITE_ROW);
    if (first && may_keep(q) && (code == SQLITE_ROW || code == SQLITE_DONE))
        keep(q, code == SQLITE_ROW);
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
    if (!readable(q, column)) return 0;
    return q->row ? q->row[column].number : sqlite3_column_int64(q->statement, column);
}

bool query_column_is_null(Query *q, int column) {
    if (!readable(q, column)) return true;
    return q->row ? q->row[column].type == KEPT_NULL
                  : sqlite3_column_type(q->statement, column) == SQLITE_NULL;
}

Text query_column_text(Query *q, int column) {
    if (query_column_is_null(q, column)) return TEXT_NONE;
    if (q->row) return q->row[column].bytes;
    const void *ptr = sqlite3_column_text(q->statement, column);
    assert(ptr); /* else out of memory */
    return arena_copy(q->ctx->arena,
                      text_bytes(ptr, (size_t)sqlite3_column_bytes(q->statement, column)));
}

Text query_column_blob(Query *q, int column) {
    if (query_column_is_null(q, column)) return TEXT_NONE;
    if (q->row) return q->row[column].bytes;
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
    if (q->stepped && !q->remembered) (void)sqlite3_reset(q->statement);
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

Status query_run_ints(Query *q, int64_t *ret, int max, int *ret_count) {
    *ret_count = 0;
    while (*ret_count < max) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        ret[(*ret_count)++] = query_column_int(q, 0);
    }
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

Text lane_remembered(Ctx *ctx, Text name) {
    Tx *tx = ctx->tx;
    if (!tx->read_only || !connection_keeps(tx)) return TEXT_NONE;
    const KeptRow *row = kept_get(tx->kept, name);
    return row ? arena_copy(ctx->arena, row->columns[0].bytes) : TEXT_NONE;
}

void lane_remember(Ctx *ctx, Text name, Text value) {
    Tx *tx = ctx->tx;
    KeptColumn column = {.type = KEPT_BYTES, .bytes = value};
    if (tx->read_only && connection_keeps(tx)) kept_put(tx->kept, name, true, &column, 1);
}
