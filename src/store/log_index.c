/* The pages of the index are asked of the VFS, as SQLite itself does. */
#include "store/log_index.h"

#include <stdatomic.h>
#include <stddef.h>

enum { REGION_BYTES = 32768, VERSION_WITH_INDEX = 2 };

LogIndex *log_index_of(sqlite3 *db) {
    sqlite3_file *file = NULL;
    volatile void *region = NULL;
    if (sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || !file ||
        !file->pMethods || file->pMethods->iVersion < VERSION_WITH_INDEX ||
        file->pMethods->xShmMap(file, 0, REGION_BYTES, 0, &region) != SQLITE_OK)
        return NULL;
    return (LogIndex *)region;
}

LogState log_index_state(LogIndex *index) {
    LogState state;
    for (int i = 0; i < LOG_INDEX_WORDS; i++)
        state.words[i] = atomic_load_explicit(&index[i], memory_order_acquire);
    return state;
}
