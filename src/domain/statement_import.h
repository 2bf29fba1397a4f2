/* An account statement brought to the desk: kept sealed while somebody looks at its columns,
 * counted by a job once that is confirmed, and forgotten after a day. All but the job's part needs
 * who administers the whole (DENIED treasury_not_yours). */
#ifndef DOMAIN_STATEMENT_IMPORT_H
#define DOMAIN_STATEMENT_IMPORT_H

#include "domain/payment_statement.h"

enum {
    STATEMENT_IMPORT_KEPT_S = 86400,
    STATEMENT_IMPORT_FILES_MAX = 20, /* at a time */
    STATEMENT_IMPORT_WAKES = 1 << 4, /* of Ctx.wakes: there is something to count */
};

typedef struct StatementImport {
    int64_t id, at, token_id;
    Text state;   /* draft | counting | done | failed */
    Text columns; /* statement_columns_text once confirmed, else empty */
    bool every;   /* nobody's credits are recorded too */
    int64_t credits, sum_paise, first_day, last_day; /* 0 before it is counted */
    int64_t looked, fresh;
    Text account; /* the last digits of its account (statement_account.h), or empty */
    Text trouble; /* of a failed one: gone (its file), unreadable, large, stopped (on the way) */
    bool has_file;
} StatementImport;

/* A file ready to be kept. */
typedef struct StatementFile {
    int64_t id; /* random */
    Text sealed_key, bytes;
    Text account; /* StatementImport.account */
} StatementFile;

/* Seals; without the store. The result lives in the arena. */
void statement_import_seal(Ctx *ctx, Arena *arena, Text bytes, StatementFile *ret);
/* LIMIT statement_import_files {max}. A write. */
MUST_USE Status statement_import_add(Ctx *ctx, const StatementFile *file);
/* NOT_FOUND statement_import_unknown. */
MUST_USE Status statement_import_read(Ctx *ctx, int64_t id, StatementImport *ret);
/* The newest, at most max. */
MUST_USE Status statement_import_list(Ctx *ctx, int max, StatementImport *ret, int *ret_count);
/* Opens the file, all in the ctx's arena, which must be large enough. NOT_FOUND
 * statement_import_over: a day has passed. */
MUST_USE Status statement_import_file(Ctx *ctx, int64_t id, Text *ret_bytes);

/* What somebody confirmed about the columns; of a draft or what was counted. A write. */
MUST_USE Status statement_import_set_columns(Ctx *ctx, StatementImport *import, Text columns);
/* Lets it be counted, and wakes the job. CONFLICT statement_import_counting. A write. */
MUST_USE Status statement_import_confirm(Ctx *ctx, StatementImport *import, bool every);
/* Throws a draft away with its file, of others the file alone. A write. */
MUST_USE Status statement_import_drop(Ctx *ctx, StatementImport *import);

/* For the job, which acts for whoever confirmed. The next to be counted. */
MUST_USE Status statement_import_next(Ctx *ctx, int64_t *ret_id, bool *ret_found);
/* Counts some more (payment_statement_count) and writes down how far it is; at the end it is done.
 * A write. */
MUST_USE Status statement_import_count(Ctx *ctx, const StatementImport *import,
                                       const PaymentStatement *s, int64_t from, int64_t max,
                                       StatementImport *ret);
/* It cannot be counted, or no further, for this trouble: it failed, as far as it came; while its
 * file is there it may be confirmed again. A write. */
MUST_USE Status statement_import_give_up(Ctx *ctx, const StatementImport *import, Text trouble);
/* Forgets files whose day is over, and drafts with them. A write. */
MUST_USE Status statement_import_sweep(Ctx *ctx);

#endif
