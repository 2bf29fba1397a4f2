/* Running named statements of queries/ (SQL) inside the transaction of a ctx. Both engines
 * implement this; callers cannot tell which.
 *
 *   Query *q = query_begin(ctx, Q_UNIT_BY_CODE);
 *   query_text(q, "code", code);
 *   bool found;
 *   TRY(query_row(q, &found));
 *   if (found) unit->id = query_column_int(q, 0);
 *   TRY(query_done(q));
 *
 * A statement with an error stays failed until query_done, which returns it; binding and reading
 * columns of a failed statement does nothing and reads zeros. Every begun query must be done
 * before the same one is begun again (an assertion). After any IO or BUSY the transaction is
 * lost: return at once (the lane ends what is still begun). */
#ifndef STORE_QUERY_H
#define STORE_QUERY_H

#include "base/ctx.h"
#include "queries.gen.h" /* enum QueryId: Q_<NAME> for each "-- name: <name>" in queries/ */

typedef struct Tx Tx;       /* a connection inside a transaction or read snapshot */
typedef struct Query Query; /* a prepared statement of that connection */

Query *query_begin(Ctx *ctx, QueryId id);

/* Binds :name. An unknown name is a bug (assertion), and so is one never bound. Text and blob are
 * not copied: they must live until query_done. An empty Text with NULL pointer binds NULL. */
void query_int(Query *q, const char *name, int64_t value);
void query_text(Query *q, const char *name, Text value);
void query_blob(Query *q, const char *name, Text value);
void query_null(Query *q, const char *name);
/* value 0 binds NULL: for optional identifiers and times. */
void query_int_or_null(Query *q, const char *name, int64_t value);

/* Next row; *ret_row false at the end. */
MUST_USE Status query_row(Query *q, bool *ret_row);
int64_t query_column_int(Query *q, int column); /* NULL reads as 0 */
bool query_column_is_null(Query *q, int column);
/* Copied into the ctx's arena; NULL reads as TEXT_NONE. */
Text query_column_text(Query *q, int column);
Text query_column_blob(Query *q, int column);
/* Ends the statement (resets, forgets bindings); returns its first error. */
MUST_USE Status query_done(Query *q);

/* Steps to the end, ignoring rows, and ends it. */
MUST_USE Status query_run(Query *q);
/* For exactly one row of one integer (RETURNING, count): NOT_FOUND without failing the ctx when
 * no row comes. Ends it. */
MUST_USE Status query_run_int(Query *q, int64_t *ret);
/* The integers of one column, of at most max rows; ends it. */
MUST_USE Status query_run_ints(Query *q, int64_t *ret, int max, int *ret_count);
/* Runs a statement with ON CONFLICT DO NOTHING or a conditional UPDATE and ends it:
 * *ret_changed tells whether any row was inserted, changed or deleted. */
MUST_USE Status query_run_changed(Query *q, bool *ret_changed);

#endif
