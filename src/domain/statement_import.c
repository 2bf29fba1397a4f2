/* See statement_import.h. */
#include "domain/statement_import.h"

#include "crypto/seal.h"
#include "domain/audit.h"
#include "domain/treasury_scope.h"
#include "store/query.h"

/* Ids stand in addresses and forms: what JavaScript and spreadsheets hold exactly. */
enum { ID_BITS = 52 };

static Text subject_of(Ctx *ctx, int64_t id) {
    return arena_printf(ctx->arena, "statement:%lld", (long long)id);
}

void statement_import_seal(Ctx *ctx, Arena *arena, Text bytes, StatementFile *ret) {
    MemberKey key;
    uint8_t *wrapped = ARENA_ARRAY(arena, uint8_t, SEAL_WRAPPED_BYTES);
    uint64_t id;
    random_bytes(&id, sizeof id);
    ret->id = (int64_t)(id >> (64 - ID_BITS)) + 1;
    Text row = subject_of(ctx, ret->id);
    seal_new_key(&ctx->org->keys, row, &key, wrapped);
    ret->sealed_key = text_bytes(wrapped, SEAL_WRAPPED_BYTES);
    ret->bytes = seal_value(arena, &key, T("file"), bytes);
    secret_wipe(&key, sizeof key);
}

static Query *about(Ctx *ctx, QueryId query, int64_t id) {
    Query *q = query_begin(ctx, query);
    query_int(q, "org", ctx->org->id);
    query_int(q, "import", id);
    return q;
}

static Status check_room(Ctx *ctx) {
    int64_t count;
    Query *q = query_begin(ctx, Q_STATEMENT_FILE_COUNT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "now", ctx->now_s);
    TRY(query_run_int(q, &count));
    if (count < STATEMENT_IMPORT_FILES_MAX) return OK;
    (void)fail(ctx, LIMIT, "file", "statement_import_files");
    fail_arg_int(ctx, "max", STATEMENT_IMPORT_FILES_MAX);
    return LIMIT;
}

Status statement_import_add(Ctx *ctx, const StatementFile *file) {
    TRY(treasury_scope_check(ctx));
    TRY(statement_import_sweep(ctx));
    TRY(check_room(ctx));
    Query *q = about(ctx, Q_STATEMENT_IMPORT_INSERT, file->id);
    query_int(q, "at", ctx->now_s);
    query_int(q, "token", ctx->actor.kind == ACTOR_TOKEN ? ctx->actor.id : 0);
    query_text(q, "account", file->account.ptr ? file->account : T(""));
    TRY(query_run(q));
    q = about(ctx, Q_STATEMENT_FILE_INSERT, file->id);
    query_int(q, "expires_at", ctx->now_s + STATEMENT_IMPORT_KEPT_S);
    query_blob(q, "sealed_key", file->sealed_key);
    query_blob(q, "file", file->bytes);
    TRY(query_run(q));
    return audit_add(ctx, "statement.bring", subject_of(ctx, file->id), T(""));
}

static StatementImport read_row(Query *q) {
    return (StatementImport){.id = query_column_int(q, 0),
                             .at = query_column_int(q, 1),
                             .token_id = query_column_int(q, 2),
                             .state = query_column_text(q, 3),
                             .columns = query_column_text(q, 4),
                             .every = query_column_int(q, 5) != 0,
                             .credits = query_column_int(q, 6),
                             .sum_paise = query_column_int(q, 7),
                             .first_day = query_column_int(q, 8),
                             .last_day = query_column_int(q, 9),
                             .looked = query_column_int(q, 10),
                             .fresh = query_column_int(q, 11),
                             .has_file = query_column_int(q, 12) != 0,
                             .account = query_column_text(q, 13),
                             .trouble = query_column_text(q, 14)};
}

Status statement_import_read(Ctx *ctx, int64_t id, StatementImport *ret) {
    bool found;
    TRY(treasury_scope_check(ctx));
    Query *q = about(ctx, Q_STATEMENT_IMPORT_READ, id);
    query_int(q, "now", ctx->now_s);
    TRY(query_row(q, &found));
    if (found) *ret = read_row(q);
    TRY(query_done(q));
    return found ? OK : fail(ctx, NOT_FOUND, NULL, "statement_import_unknown");
}

Status statement_import_list(Ctx *ctx, int max, StatementImport *ret, int *ret_count) {
    TRY(treasury_scope_check(ctx));
    *ret_count = 0;
    Query *q = query_begin(ctx, Q_STATEMENT_IMPORT_LIST);
    query_int(q, "org", ctx->org->id);
    query_int(q, "now", ctx->now_s);
    query_int(q, "max", max);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) return query_done(q);
        ret[(*ret_count)++] = read_row(q);
    }
}

Status statement_import_file(Ctx *ctx, int64_t id, Text *ret_bytes) {
    MemberKey key;
    bool found;
    Text wrapped = TEXT_NONE, bytes = TEXT_NONE;
    TRY(treasury_scope_check(ctx));
    Query *q = about(ctx, Q_STATEMENT_FILE_READ, id);
    query_int(q, "now", ctx->now_s);
    TRY(query_row(q, &found));
    if (found) {
        wrapped = query_column_blob(q, 0);
        bytes = query_column_blob(q, 1);
    }
    TRY(query_done(q));
    if (!found) return fail(ctx, NOT_FOUND, NULL, "statement_import_over");
    bool good = seal_unwrap(&ctx->org->keys, subject_of(ctx, id), wrapped, &key) &&
                seal_open(ctx->arena, &key, T("file"), bytes, ret_bytes);
    secret_wipe(&key, sizeof key);
    return good ? OK : fail_io(ctx, "store_damaged", "a statement does not open");
}

static Status set(Ctx *ctx, const StatementImport *i, Text was) {
    bool changed;
    Query *q = about(ctx, Q_STATEMENT_IMPORT_SET, i->id);
    query_text(q, "state", i->state);
    query_text(q, "columns", i->columns);
    query_int(q, "every", i->every);
    query_int(q, "credits", i->credits);
    query_int(q, "sum_paise", i->sum_paise);
    query_int(q, "first_day", i->first_day);
    query_int(q, "last_day", i->last_day);
    query_int(q, "looked", i->looked);
    query_int(q, "fresh", i->fresh);
    query_text(q, "trouble", text_eq(i->state, T("failed")) ? i->trouble : T(""));
    query_text(q, "was", was);
    TRY(query_run_changed(q, &changed));
    return changed ? OK : fail(ctx, CONFLICT, NULL, "statement_import_counting");
}

static Status check_idle(Ctx *ctx, const StatementImport *i) {
    TRY(treasury_scope_check(ctx));
    if (text_eq(i->state, T("counting")))
        return fail(ctx, CONFLICT, NULL, "statement_import_counting");
    return OK;
}

Status statement_import_set_columns(Ctx *ctx, StatementImport *i, Text columns) {
    TRY(check_idle(ctx, i));
    i->columns = columns;
    return set(ctx, i, i->state);
}

Status statement_import_confirm(Ctx *ctx, StatementImport *i, bool every) {
    TRY(check_idle(ctx, i));
    if (!i->has_file) return fail(ctx, NOT_FOUND, NULL, "statement_import_over");
    Text was = i->state;
    i->state = T("counting");
    i->every = every;
    i->looked = i->fresh = 0;
    i->token_id = ctx->actor.kind == ACTOR_TOKEN ? ctx->actor.id : 0;
    TRY(set(ctx, i, was));
    ctx->wakes |= STATEMENT_IMPORT_WAKES;
    return audit_add(ctx, "statement.count", subject_of(ctx, i->id), T(""));
}

Status statement_import_drop(Ctx *ctx, StatementImport *i) {
    TRY(check_idle(ctx, i));
    TRY(query_run(about(ctx, Q_STATEMENT_FILE_DELETE, i->id)));
    TRY(query_run(about(ctx, Q_STATEMENT_IMPORT_DELETE, i->id)));
    return audit_add(ctx, "statement.drop", subject_of(ctx, i->id), T(""));
}

Status statement_import_next(Ctx *ctx, int64_t *ret_id, bool *ret_found) {
    Query *q = query_begin(ctx, Q_STATEMENT_IMPORT_NEXT_COUNTING);
    query_int(q, "org", ctx->org->id);
    TRY(query_row(q, ret_found));
    if (*ret_found) *ret_id = query_column_int(q, 0);
    return query_done(q);
}

Status statement_import_count(Ctx *ctx, const StatementImport *import, const PaymentStatement *s,
                              int64_t from, int64_t max, StatementImport *ret) {
    int64_t fresh;
    TRY(payment_statement_count(ctx, s, from, max, import->every, &fresh));
    *ret = *import;
    ret->credits = s->credits.count;
    ret->sum_paise = s->credits.sum_paise;
    ret->first_day = s->credits.first_day;
    ret->last_day = s->credits.last_day;
    ret->fresh += fresh;
    ret->looked = from + max < s->credits.count ? from + max : s->credits.count;
    if (ret->looked == s->credits.count) ret->state = T("done");
    return set(ctx, ret, T("counting"));
}

Status statement_import_give_up(Ctx *ctx, const StatementImport *import, Text trouble) {
    StatementImport over = *import;
    over.state = T("failed");
    over.trouble = trouble;
    return set(ctx, &over, T("counting"));
}

Status statement_import_sweep(Ctx *ctx) {
    Query *q = query_begin(ctx, Q_STATEMENT_FILE_SWEEP);
    query_int(q, "org", ctx->org->id);
    query_int(q, "now", ctx->now_s);
    TRY(query_run(q));
    q = query_begin(ctx, Q_STATEMENT_IMPORT_SWEEP);
    query_int(q, "org", ctx->org->id);
    query_int(q, "before", ctx->now_s - STATEMENT_IMPORT_KEPT_S);
    return query_run(q);
}
