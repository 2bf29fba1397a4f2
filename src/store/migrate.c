/* Migrations, run in order. */
#include "store/migrate.h"

#include <assert.h>

#include "base/buffer.h"
#include "base/embedded.h"

typedef struct Macro {
    Text word, sqlite;
} Macro;

static const Macro macros[] = {
    {{"INT64", 5}, {"INTEGER", 7}},
    {{"BYTES", 5}, {"BLOB", 4}},
    {{"KEYED", 5}, {"STRICT, WITHOUT ROWID", 21}},
    {{"STRICTLY", 8}, {"STRICT", 6}},
};

static bool in_word(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Length of the comment, quotation or word that begins at at, or of one byte. */
static size_t token_at(Text sql, size_t at) {
    Text rest = text_slice(sql, at, sql.len);
    if (text_starts_with(rest, T("--"))) return text_find_byte(rest, '\n');
    if (*rest.ptr == '\'' || *rest.ptr == '"') {
        size_t end = 1 + text_find_byte(text_slice(rest, 1, rest.len), *rest.ptr);
        return end < rest.len ? end + 1 : rest.len;
    }
    size_t len = 0;
    while (len < rest.len && in_word(rest.ptr[len])) len++;
    return len ? len : 1;
}

char *migrate_expand(Arena *arena, Text sql) {
    Buffer b = buffer_in(arena, 2 * sql.len + 64);
    for (size_t at = 0; at < sql.len;) {
        Text token = text_slice(sql, at, token_at(sql, at));
        at += token.len;
        for (size_t i = 0; i < sizeof macros / sizeof *macros; i++)
            if (text_eq(token, macros[i].word)) token = macros[i].sqlite;
        buffer_add(&b, token);
    }
    assert(!b.overflowed);
    return arena_cstr(arena, buffer_text(&b));
}

/* Version of a migration's path, or 0: "schema/0012_honour.sql" is 12. */
static int64_t version_of(Text path) {
    int64_t version;
    if (!text_starts_with(path, T("schema/")) || !text_ends_with(path, T(".sql"))) return 0;
    Text digits = text_slice(path, 7, 4);
    while (digits.len && *digits.ptr == '0') digits = text_slice(digits, 1, digits.len);
    return text_to_int(digits, &version) ? version : 0;
}

int64_t migrate_latest(void) {
    int64_t latest = 0;
    for (size_t i = 0; i < embedded_count; i++) {
        int64_t version = version_of(text_of(embedded_files[i].path));
        if (version) assert(version == latest + 1); /* a gap or a double in schema/ */
        if (version) latest = version;
    }
    return latest;
}

static Status run_one(Tx *tx, Ctx *ctx, int64_t version, Text sql) {
    TRY(connection_begin(tx, ctx, true));
    int64_t there;
    Status status = connection_version(tx, ctx, &there);
    /* another process may have been first */
    if (status == OK && there < version) {
        status = connection_script(tx, ctx, migrate_expand(ctx->arena, sql));
        if (status == OK) status = connection_set_version(tx, ctx, version);
    }
    if (status == OK) return connection_commit(tx, ctx);
    connection_rollback(tx);
    return status;
}

/* The planner believes that ten rows have the same value in the first column of an index, unless it
 * is told better: all of an organisation's have its org_id, and it looked through all of them where
 * an index would have found the few. So it is told (sqlite.org/optoverview.html, "Manual control of
 * query plans using SQLITE_STAT tables"): of a thousand rows a thousand have the org_id, ten the
 * next column, one a whole unique key. The figures are no measurement, and need none. */
static const char statistics[] =
    "ANALYZE sqlite_schema;"
    "DELETE FROM sqlite_stat1;"
    "INSERT INTO sqlite_stat1 (tbl, idx, stat)"
    " SELECT t.name, CASE WHEN i.origin = 'pk' AND t.wr THEN t.name ELSE i.name END,"
    "  '1000' || (SELECT group_concat(CASE"
    "    WHEN i.\"unique\" AND c.seqno + 1 = (SELECT sum(x.\"key\") FROM"
    "     pragma_index_xinfo(i.name) x) THEN ' 1'"
    "    WHEN c.seqno = 0 AND c.name = 'org_id' THEN ' 1000' ELSE ' 10' END, '')"
    "   FROM pragma_index_xinfo(i.name) c WHERE c.\"key\")"
    " FROM pragma_table_list t, pragma_index_list(t.name) i"
    " WHERE t.schema = 'main' AND t.type = 'table';"
    "ANALYZE sqlite_schema;";

static Status tell_planner(Tx *tx, Ctx *ctx) {
    TRY(connection_begin(tx, ctx, true));
    Status status = connection_script(tx, ctx, statistics);
    if (status == OK) return connection_commit(tx, ctx);
    connection_rollback(tx);
    return status;
}

Status migrate_run(Tx *tx, Ctx *ctx) {
    int64_t there;
    TRY(connection_version(tx, ctx, &there));
    if (there == migrate_latest()) return OK;
    for (size_t i = 0; i < embedded_count; i++) {
        const Embedded *file = &embedded_files[i];
        int64_t version = version_of(text_of(file->path));
        if (version > there)
            TRY(run_one(tx, ctx, version,
                        text_bytes(file->bytes, (size_t)(file->end - file->bytes))));
    }
    return tell_planner(tx, ctx);
}
