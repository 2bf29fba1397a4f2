/* The index of SQLite's write-ahead log, which every process that has the register open has mapped:
 * its head changes with each commit, so that looking at it tells, without a system call or a lock,
 * whether anybody committed. */
#ifndef STORE_LOG_INDEX_H
#define STORE_LOG_INDEX_H

#include <sqlite3.h>
#include <stdint.h>

enum { LOG_INDEX_WORDS = 12 };

typedef const volatile _Atomic uint32_t LogIndex;

/* Counter of changes, salts, length and checksums of the log
 * (https://www.sqlite.org/walformat.html, 2.1.1): no two commits leave the same. */
typedef struct LogState {
    uint32_t words[LOG_INDEX_WORDS];
} LogState;

/* Of a connection that has read already; good until it is closed. NULL when there is none. */
LogIndex *log_index_of(sqlite3 *db);
/* May be half old, half new while somebody commits: then it equals neither. */
LogState log_index_state(LogIndex *index);

#endif
