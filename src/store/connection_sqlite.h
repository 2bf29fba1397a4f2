/* The embedded engine's own shapes, shared by connection_sqlite.c and query_sqlite.c. */
#ifndef STORE_CONNECTION_SQLITE_H
#define STORE_CONNECTION_SQLITE_H

#include <sqlite3.h>

#include "store/connection.h"

struct Query {
    Tx *tx;
    Ctx *ctx;
    const char *name;
    sqlite3_stmt *statement;
    int64_t changes_before;
    uint64_t bound; /* bit i: parameter i+1 has a value */
    Query *next_open;
    Status status; /* the first error */
    int parameters;
    int columns;
    int at; /* parameter bound last */
    bool begun, stepped, has_row, ended;
    bool passing; /* not cached: the ctx's, finalized when done */
};

enum ControlStatement { BEGIN_READ, BEGIN_WRITE, COMMIT, ROLLBACK, CONTROL_COUNT };

struct Tx {
    Arena *arena; /* it lies there itself */
    sqlite3 *db;
    sqlite3_stmt *control[CONTROL_COUNT];
    Query *open; /* begun and not done */
    int wal_pages;
    int64_t patience_ms; /* for locks of others */
    int checkpoint_at; /* pages in the log that ask for the next checkpoint */
    bool read_only;
    bool inside; /* a transaction */
    bool lost;   /* nothing more may run until it is rolled back */
    Query queries[QUERY_COUNT];
};

/* Records an engine's error: what is a statement's name or an activity. Marks the transaction as
 * lost where it is. */
Status connection_sqlite_fail(Tx *tx, Ctx *ctx, const char *what, int code);

#endif
