/* The file is read and compared outside of any transaction; only the pieces are written. */
#include "jobs/import_statements.h"

#include "domain/statement_import.h"
#include "domain/statement_layout.h"

enum { FILE_ARENA_BYTES = 512 << 20, PIECE_ARENA_BYTES = 16 << 20 }; /* caps */

typedef struct Task {
    StatementImport import, next;
    bool found;
    Text bytes;
    Statement file;
    StatementColumns columns;
    Arena *compare; /* what comparing with the books takes */
    PaymentStatement statement;
    int64_t from;
    Text trouble; /* why it is given up: statement_import.h */
} Task;

static Status find_apply(Ctx *ctx, void *argument) {
    Task *t = argument;
    int64_t id;
    TRY(statement_import_next(ctx, &id, &t->found));
    if (!t->found) return OK;
    ctx->actor = (Actor){.kind = ACTOR_OPERATOR}; /* to read; who confirmed is the one who counts */
    TRY(statement_import_read(ctx, id, &t->import));
    if (!t->import.has_file) return OK;
    return statement_import_file(ctx, id, &t->bytes);
}

static Status compare_apply(Ctx *ctx, void *argument) {
    Task *t = argument;
    return payment_statement_compare(ctx, t->compare, &t->statement);
}

static Status count_apply(Ctx *ctx, void *argument) {
    Task *t = argument;
    return statement_import_count(ctx, &t->import, &t->statement, t->from, IMPORT_STATEMENTS_PIECE,
                                  &t->next);
}

static Status give_up_apply(Ctx *ctx, void *argument) {
    const Task *t = argument;
    return statement_import_give_up(ctx, &t->import, t->trouble);
}

static Status sweep_apply(Ctx *ctx, void *unused) {
    (void)unused;
    return statement_import_sweep(ctx);
}

static Status remember_apply(Ctx *ctx, void *argument) {
    Task *t = argument;
    return statement_layout_remember(ctx, &t->file, &t->columns);
}

static Status read_statement(JobRun *run, Ctx *ctx, Task *t) {
    TRY(statement_read(ctx, T("statement"), t->bytes, &t->file));
    statement_columns_guess(&t->file, &t->columns);
    TRY(statement_columns_parse(ctx, t->import.columns, &t->columns));
    TRY(payment_statement_credits(ctx, &t->file, &t->columns, &t->statement));
    TRY(lane_write(run->store, ctx, remember_apply, t));
    TRY(lane_read(run->store, ctx, compare_apply, t));
    return payment_statement_match(ctx, t->compare, &t->statement);
}

static Status count_pieces(JobRun *run, Task *t, Arena *arena) {
    for (t->from = 0; t->from < t->statement.credits.count; t->from += IMPORT_STATEMENTS_PIECE) {
        Ctx ctx;
        if (atomic_load(run->stopping)) return OK;
        ctx_init(&ctx, arena);
        ctx.org = run->ctx.org;
        ctx.actor = (Actor){.kind = t->import.token_id ? ACTOR_TOKEN : ACTOR_OPERATOR,
                            .id = t->import.token_id, .unit_id = ctx.org->root_unit_id,
                            .can = CAN_ADMINISTER};
        Status status = lane_write(run->store, &ctx, count_apply, t);
        if (status != OK && ctx.error_count)
            (void)fail_io(&run->ctx, ctx.errors[0].message, "%s", ctx.detail);
        TRY(status);
        t->import.looked = t->next.looked;
        t->import.fresh = t->next.fresh;
        arena_clear(arena);
    }
    return OK;
}

static Text trouble_of(const Ctx *ctx, const Task *t) {
    if (!t->import.has_file) return T("gone");
    bool large = ctx->error_count && strcmp(ctx->errors[0].message, "statement_large") == 0;
    return large ? T("large") : T("unreadable");
}

/* One import: what is not readable any more is given up, so that it blocks no other. */
static Status import_one(JobRun *run, Ctx *ctx, Task *t) {
    TRY(lane_read(run->store, ctx, find_apply, t));
    if (!t->found) return OK;
    Status status = t->import.has_file ? read_statement(run, ctx, t) : NOT_FOUND;
    if (status == IO || status == BUSY) return status;
    t->trouble = trouble_of(ctx, t);
    if (status != OK) return lane_write(run->store, ctx, give_up_apply, t);
    Arena *arena = arena_new(PIECE_ARENA_BYTES);
    status = count_pieces(run, t, arena);
    arena_delete(arena);
    if (status == OK || status == IO || status == BUSY) return status;
    t->trouble = T("stopped");
    TRY(lane_write(run->store, ctx, give_up_apply, t));
    return status;
}

Status import_statements(JobRun *run) {
    bool more = true;
    while (more && !atomic_load(run->stopping)) {
        Arena *arena = arena_new(FILE_ARENA_BYTES);
        Task t = {.compare = arena_new(FILE_ARENA_BYTES)};
        Ctx ctx;
        ctx_init(&ctx, arena);
        ctx.org = run->ctx.org;
        Status status = import_one(run, &ctx, &t);
        if (status != OK && ctx.error_count)
            (void)fail_io(&run->ctx, ctx.errors[0].message, "%s", ctx.detail);
        arena_delete(arena);
        arena_delete(t.compare);
        TRY(status);
        more = t.found;
    }
    return OK;
}

Status import_statements_sweep(JobRun *run) {
    return lane_write(run->store, &run->ctx, sweep_apply, NULL);
}
