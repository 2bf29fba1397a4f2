/* The embedded engine's own shapes, shared by connection_sqlite.c and query_sqlite.c. */
#ifndef STORE_CONNECTION_SQLITE_H
#define STORE_CONNECTION_SQLITE_H

#include <sqlite3.h>

#include "store/connection.h"
#include "store/kept.h"
#include "store/log_index.h"

struct Query {
    Tx *tx;
    Ctx *ctx;
    const char *name;
    const char **parameter_names; /* without the colon */
    sqlite3_stmt *statement;
    int64_t changes_before;
    uint64_t bound; /* bit i: parameter i+1 has a value */
    Query *next_open;
    Status status; /* the first error */
    int parameters;
    int columns;
    int at; /* parameter bound last */
    const KeptColumn *row; /* the ctx's: it reads this instead of running */
    bool remembered; /* it does not run at all */
    char key[KEPT_KEY_BYTES]; /* of a kept statement: itself and what was bound */
    size_t key_len;           /* beyond the room: it is not kept */
    bool begun, stepped, has_row, ended;
    bool keeps, changes_kept; /* as in query_texts */
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
    Kept *kept;
    unsigned kept_version; /* of the data, for which kept is true */
    bool kept_checked;     /* in this transaction */
    bool kept_off;         /* for the rest of it: it changes what is kept */
    bool read_only;
    bool inside; /* a transaction */
    bool rests;  /* not inside, but its snapshot is still there */
    LogIndex *log_index; /* NULL: not known yet */
    LogState log_state;  /* of before the snapshot */
    bool lost;   /* nothing more may run until it is rolled back */
    Query queries[QUERY_COUNT];
};

/* Records an engine's error: what is a statement's name or an activity. Marks the transaction as
 * lost where it is. */
Status connection_sqlite_fail(Tx *tx, Ctx *ctx, const char *what, int code);

/* Forgets what others made untrue; false when nothing may be remembered in this transaction. */
bool connection_keeps(Tx *tx);
/* The transaction is about to change what is kept. */
void connection_stop_keeping(Tx *tx);

#endif
