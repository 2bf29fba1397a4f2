/* payment import-statement: what came in, out of a bank's file. */
#include <errno.h>
#include <stdio.h>

#include "base/clock.h"
#include "cli/progress.h"
#include "cli/register.h"
#include "domain/payment_statement.h"
#include "domain/statement_layout.h"
#include "render/messages.h"

enum {
    COUNT_CHUNK = 50,
    LINES_SHOWN = 200,
    MISSING_SHOWN = 50,
    PIECE_ARENA_BYTES = 16 << 20,
    COMPARE_ARENA_BYTES = 512 << 20,
};

static Status read_file(Cli *cli, Text name, Text *ret) {
    Arena *arena = cli->ctx.arena;
    FILE *file = fopen(arena_cstr(arena, name), "rb");
    if (!file) return fail_io(&cli->ctx, "payment_file_read", "%s", strerror(errno));
    long size = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    char *bytes = NULL;
    size_t len = 0;
    if (size >= 0 && size <= STATEMENT_FILE_BYTES_MAX) {
        rewind(file);
        bytes = arena_alloc(arena, (size_t)size + 1);
        len = fread(bytes, 1, (size_t)size, file);
    }
    (void)fclose(file);
    *ret = (Text){bytes, len};
    return bytes && len == (size_t)size ? OK : fail_io(&cli->ctx, "payment_file_read", "size");
}

typedef struct Counting {
    Statement file;
    StatementColumns columns;
    bool remembered;
    Arena *compare;
    PaymentStatement statement;
    PaymentIn missing[MISSING_SHOWN];
    int missing_count;
    int64_t from, fresh;
    bool all;
} Counting;

static Status recall_apply(Ctx *ctx, void *argument) {
    Counting *c = argument;
    return statement_layout_recall(ctx, &c->file, &c->columns, &c->remembered);
}

static Status remember_apply(Ctx *ctx, void *argument) {
    Counting *c = argument;
    return statement_layout_remember(ctx, &c->file, &c->columns);
}

static Status compare_apply(Ctx *ctx, void *argument) {
    Counting *c = argument;
    TRY(payment_statement_compare(ctx, c->compare, &c->statement));
    return payment_statement_missing(ctx, &c->statement, MISSING_SHOWN, c->missing,
                                     &c->missing_count);
}

static Status count_apply(Ctx *ctx, void *argument) {
    Counting *c = argument;
    return payment_statement_count(ctx, &c->statement, c->from, COUNT_CHUNK, c->all, &c->fresh);
}

/* Line, day, amount and what to do; names and narrations are not printed. */
static void print_open(Cli *cli, const PaymentStatement *s) {
    Arena *arena = cli->ctx.arena;
    int shown = 0;
    for (int64_t i = 0; i < s->credits.count && shown < LINES_SHOWN; i++) {
        const StatementCreditMatch *m = payment_statement_match_of(s, i);
        if (!m || m->verdict == STATEMENT_MATCHED) continue;
        char day[11];
        clock_iso_day(s->credits.list[i].day, day);
        command_print("  line %d  %s  %.*s  %.*s %.*s\n", s->credits.list[i].line, day,
                      TEXT_ARG(message_rupees(arena, s->credits.list[i].paise)),
                      TEXT_ARG(message(cli->ctx.lang, m->reason)),
                      TEXT_ARG(message(cli->ctx.lang, m->todo)));
        shown++;
    }
}

/* What somebody said to have seen on the account on one of these days. */
static void print_missing(Cli *cli, const Counting *c) {
    if (c->missing_count) command_print("Seen on the account before, but not in this file:\n");
    for (int i = 0; i < c->missing_count; i++) {
        const PaymentIn *p = &c->missing[i];
        char day[11];
        clock_iso_day(clock_day(p->at, cli->org.zone_offset_s), day);
        command_print("  payment %lld  %s  %.*s  %.*s\n", (long long)p->id, day,
                      TEXT_ARG(message_rupees(cli->ctx.arena, p->amount_paise)), TEXT_ARG(p->utr));
    }
}

static void print_counts(const PaymentStatement *s, int64_t fresh) {
    static const char *const names[STATEMENT_VERDICT_COUNT] = {
        [STATEMENT_MATCHED] = "matched",     [STATEMENT_SHORT] = "too little",
        [STATEMENT_EXCESS] = "too much",     [STATEMENT_DOUBLE] = "paid already",
        [STATEMENT_AMBIGUOUS] = "ambiguous", [STATEMENT_UNMATCHED] = "unmatched"};
    for (int i = 0; i < STATEMENT_VERDICT_COUNT; i++)
        command_print("  %-13s %8lld\n", names[i], (long long)s->match.credit_counts[i]);
    int64_t known = s->fates[PAYMENT_STATEMENT_BOOKED] + s->fates[PAYMENT_STATEMENT_WAITING];
    command_print("  %-13s %8lld\n", "known already", (long long)known);
    command_print("  %-13s %8lld\n", "counted now", (long long)fresh);
}

/* Which columns, by their headings, and where that comes from. */
static void print_columns(Cli *cli, const Counting *c, bool given) {
    Arena *arena = cli->ctx.arena;
    const char *from = given ? "as given" : c->remembered ? "remembered" : "guessed";
    command_print("Columns (%s): %.*s\n", from,
                  TEXT_ARG(statement_columns_text(arena, &c->columns)));
    for (int i = 0; i < STATEMENT_COLUMN_COUNT && c->columns.header >= 0; i++) {
        Text heading = statement_cell(&c->file.rows[c->columns.header], c->columns.at[i]);
        if (c->columns.at[i] >= 0)
            command_print("  %-13.*s %3d  %.*s\n",
                          TEXT_ARG(statement_columns_name((StatementColumn)i)),
                          c->columns.at[i] + 1, TEXT_ARG(heading));
    }
}

static Status find_credits(Cli *cli, Counting *c) {
    Text text = command_option(cli, "columns");
    statement_columns_guess(&c->file, &c->columns);
    if (text.len) TRY(statement_columns_parse(&cli->ctx, text, &c->columns));
    else TRY(lane_read(cli->store, &cli->ctx, recall_apply, c));
    print_columns(cli, c, text.len > 0);
    return payment_statement_credits(&cli->ctx, &c->file, &c->columns, &c->statement);
}

static void drop_arena(void *arena) { arena_delete(arena); }

/* In pieces with memory of their own: a year's statement is long. */
static Status count(Cli *cli, Counting *c, int64_t *ret_total) {
    Progress progress = progress_begin(&cli->ctx, "progress_counting");
    Arena *arena = arena_new(PIECE_ARENA_BYTES);
    arena_defer(cli->ctx.arena, drop_arena, arena);
    *ret_total = 0;
    TRY(lane_write(cli->store, &cli->ctx, remember_apply, c));
    for (; c->from < c->statement.credits.count; c->from += COUNT_CHUNK) {
        Arena *own = cli->ctx.arena;
        cli->ctx.arena = arena;
        Status status = lane_write(cli->store, &cli->ctx, count_apply, c);
        cli->ctx.arena = own;
        TRY(status);
        arena_clear(arena);
        *ret_total += c->fresh;
        progress_update(&progress, c->from, c->statement.credits.count);
    }
    progress_end(&progress, c->statement.credits.count);
    return OK;
}

static Status run_import(Cli *cli) {
    Text bytes;
    Counting c = {.all = command_has(cli, "all"), .compare = arena_new(COMPARE_ARENA_BYTES)};
    int64_t total = 0;
    arena_defer(cli->ctx.arena, drop_arena, c.compare);
    TRY(read_file(cli, cli->arguments[0], &bytes));
    TRY(register_open(cli, STORE_COMMAND));
    TRY(statement_read(&cli->ctx, cli->arguments[0], bytes, &c.file));
    TRY(find_credits(cli, &c));
    TRY(lane_read(cli->store, &cli->ctx, compare_apply, &c));
    TRY(payment_statement_match(&cli->ctx, c.compare, &c.statement));
    if (!command_has(cli, "look")) TRY(count(cli, &c, &total));
    print_counts(&c.statement, total);
    print_open(cli, &c.statement);
    print_missing(cli, &c);
    return OK;
}

static const Option import_options[] = {
    {"columns", "TEXT", false, "which is what: date=1,credit=5; else as remembered or guessed"},
    {"look", NULL, false, "only look: nothing is recorded"},
    {"all", NULL, false,
     "record credits of unknown payers too, to decide later (an account for fees alone)"},
    {NULL, NULL, false, NULL},
};

const Command payment_statement_commands[] = {
    {"payment import-statement", "FILE", 1, import_options, run_import,
     "record what came in, from a bank's CSV or XLSX file",
     "Credits are found by the UTR that the payer typed or by the payment number. The same or\n"
     "an overlapping file changes nothing. Columns: date, narration, reference, debit, credit,\n"
     "amount, flag, balance, payer, order, status; dates=mdy when the month stands first.\n"
     "They are remembered for the next file with this heading.", false},
    {.words = NULL},
};
