/* payment import-statement: what came in, out of a bank's file. */
#include <errno.h>
#include <stdio.h>

#include "base/clock.h"
#include "cli/progress.h"
#include "cli/register.h"
#include "domain/payment_statement.h"
#include "render/messages.h"

enum { COUNT_CHUNK = 50, LINES_SHOWN = 200 };

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
    Arena *arena;
    PaymentStatement statement;
    int64_t from, fresh;
    bool all;
} Counting;

static Status claims_apply(Ctx *ctx, void *argument) {
    Counting *c = argument;
    return payment_statement_claims(ctx, c->arena, &c->statement);
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
        const StatementCreditMatch *m = &s->match.credits[i];
        if (m->verdict == STATEMENT_MATCHED) continue;
        char day[11];
        clock_iso_day(s->credits.list[i].day, day);
        command_print("  line %d  %s  %.*s  %.*s %.*s\n", s->credits.list[i].line, day,
                      TEXT_ARG(message_rupees(arena, s->credits.list[i].paise)),
                      TEXT_ARG(message(cli->ctx.lang, m->reason)),
                      TEXT_ARG(message(cli->ctx.lang, m->todo)));
        shown++;
    }
}

static void print_counts(const PaymentStatement *s, int64_t fresh) {
    static const char *const names[STATEMENT_VERDICT_COUNT] = {
        [STATEMENT_MATCHED] = "matched",     [STATEMENT_SHORT] = "too little",
        [STATEMENT_EXCESS] = "too much",     [STATEMENT_DOUBLE] = "paid already",
        [STATEMENT_AMBIGUOUS] = "ambiguous", [STATEMENT_UNMATCHED] = "unmatched"};
    for (int i = 0; i < STATEMENT_VERDICT_COUNT; i++)
        command_print("  %-13s %8lld\n", names[i], (long long)s->match.credit_counts[i]);
    command_print("  %-13s %8lld\n", "counted now", (long long)fresh);
}

static Status find_credits(Cli *cli, Statement *statement, PaymentStatement *s) {
    StatementColumns columns;
    Text text = command_option(cli, "columns");
    statement_columns_guess(statement, &columns);
    if (text.len) TRY(statement_columns_parse(&cli->ctx, text, &columns));
    command_print("Columns: %.*s\n",
                  TEXT_ARG(statement_columns_text(statement->arena, &columns)));
    Text prefix = arena_printf(statement->arena, "%.*sF", TEXT_ARG(cli->org.code));
    return statement_credits_find(&cli->ctx, statement, &columns, &prefix, 1, &s->credits);
}

static Status run_import(Cli *cli) {
    Text bytes;
    Statement statement;
    Counting c = {.all = command_has(cli, "all")};
    int64_t total = 0;
    TRY(read_file(cli, cli->arguments[0], &bytes));
    TRY(register_open(cli, STORE_COMMAND));
    TRY(statement_read(&cli->ctx, cli->arguments[0], bytes, &statement));
    TRY(find_credits(cli, &statement, &c.statement));
    c.arena = statement.arena;
    TRY(lane_read(cli->store, &cli->ctx, claims_apply, &c));
    if (!statement_match_run(statement.arena, &c.statement.credits, c.statement.claims,
                             c.statement.claim_count, &c.statement.match))
        return fail(&cli->ctx, LIMIT, NULL, "statement_large");
    Progress progress = progress_begin("Counting");
    bool only_look = command_has(cli, "look");
    for (; !only_look && c.from < c.statement.credits.count; c.from += COUNT_CHUNK) {
        TRY(lane_write(cli->store, &cli->ctx, count_apply, &c));
        total += c.fresh;
        progress_update(&progress, c.from, c.statement.credits.count);
    }
    progress_end(&progress, c.statement.credits.count);
    print_counts(&c.statement, total);
    print_open(cli, &c.statement);
    return OK;
}

static const Option import_options[] = {
    {"columns", "TEXT", false, "which column is what, as printed; guessed when left out"},
    {"look", NULL, false, "only look: nothing is counted"},
    {"all", NULL, false, "record unknown credits too, to be settled (an account for fees alone)"},
    {NULL, NULL, false, NULL},
};

const Command payment_statement_commands[] = {
    {"payment import-statement", "FILE", 1, import_options, run_import,
     "count what came in, out of a bank's CSV or XLSX file",
     "Credits are found by the UTR that the payer typed or by the order's reference. The same or\n"
     "an overlapping file changes nothing.", false},
    {.words = NULL},
};
