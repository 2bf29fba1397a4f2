/* What the lane asks of an engine, within store/ only: connections, transactions, scripts.
 * connection_sqlite.c and query_sqlite.c are the embedded engine; the lane, the migrations and
 * the opening of a store know no more of it than this. */
#ifndef STORE_CONNECTION_H
#define STORE_CONNECTION_H

#include "store/lane.h"
#include "store/query.h"

typedef enum ConnectionKind {
    CONNECTION_CREATE, /* a writer; the register's file is made when absent */
    CONNECTION_WRITER,
    CONNECTION_READER, /* cannot write */
} ConnectionKind;

/* Opens and checks that what is there is a register, of no newer version than this binary. A
 * register that CONNECTION_CREATE finds is a CONFLICT. */
MUST_USE Status connection_open(Ctx *ctx, const StoreOptions *options, ConnectionKind kind,
                                Tx **ret_tx);
void connection_close(Tx *tx);

/* Begins a write transaction (waiting for other processes' to end, some ten seconds at most) or a
 * read snapshot, in which ctx is. */
MUST_USE Status connection_begin(Tx *tx, Ctx *ctx, bool write);
/* Ends what connection_begin began. When it fails, nothing of the transaction is kept. */
MUST_USE Status connection_commit(Tx *tx, Ctx *ctx);
void connection_rollback(Tx *tx);
/* Ends a read, but keeps its snapshot, if it can, for the next one, should nobody in any process
 * have committed until then: that one takes no locks. A register that is written to only (not
 * read-only media). A snapshot kept keeps the log from being folded back until it is let go. */
MUST_USE Status connection_rest(Tx *tx, Ctx *ctx);
void connection_let_go(Tx *tx);

/* Ends queries that an apply left begun when it returned early. */
void connection_end_queries(Tx *tx);
/* Rows changed since it was opened: compare before and after. */
int64_t connection_changes(const Tx *tx);
/* The transaction cannot go on: an IO or BUSY happened, or the engine rolled back by itself. */
bool connection_is_lost(const Tx *tx);

/* Folds the log of writes back when it has become long. It takes a moment: after the answers. */
bool connection_wants_checkpoint(const Tx *tx);
void connection_checkpoint(Tx *tx);

/* Runs several statements without parameters. */
MUST_USE Status connection_script(Tx *tx, Ctx *ctx, const char *sql);
/* A query that is not in queries/: for this layer and its tests. name is for errors. */
Query *connection_query(Tx *tx, Ctx *ctx, const char *name, const char *sql);
/* Prepares the statement if it is not yet. */
MUST_USE Status connection_prepare(Tx *tx, Ctx *ctx, QueryId id);
/* Version of the schema; 0: nothing there yet. */
MUST_USE Status connection_version(Tx *tx, Ctx *ctx, int64_t *ret_version);
MUST_USE Status connection_set_version(Tx *tx, Ctx *ctx, int64_t version);
/* Stops what runs on it with BUSY: from another thread (tests). */
void connection_interrupt(Tx *tx);

#endif
