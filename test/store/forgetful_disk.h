/* The disk below the forgetful VFS: files by name, what of them is synced, and power. All
 * functions want disk_lock held; those that can fail answer a SQLite code. */
#ifndef TEST_STORE_FORGETFUL_DISK_H
#define TEST_STORE_FORGETFUL_DISK_H

#include <pthread.h>
#include <sqlite3.h>

#include "forgetful_vfs.h"

typedef struct Bytes {
    unsigned char *ptr;
    int64_t len, cap;
} Bytes;

/* A write or truncation since the last sync. */
typedef struct Change {
    int64_t offset;
    int64_t len;         /* of data */
    unsigned char *data; /* NULL: a truncation to offset */
} Change;

enum { SHM_SLOTS = 8 };

/* The log's index: shared memory, gone when the power goes. */
typedef struct Shm {
    int holders; /* open files that use it */
    void **regions;
    int region_count;
    int shared[SHM_SLOTS];
    bool exclusive[SHM_SLOTS];
} Shm;

/* A file, whatever its name: outlives its deletion while it is open. */
typedef struct Inode Inode;
struct Inode {
    Bytes now, kept;
    Change *changes;
    int change_count, change_cap;
    int opened;
    bool syncs_folder; /* the first sync of a new log syncs the folder too */
    int shared;        /* SQLite's file locks */
    bool reserved, pending, exclusive;
    Shm *shm;
    Inode *next; /* of all there are */
};

extern pthread_mutex_t disk_lock;

/* Counts an operation; SQLITE_IOERR when there is no power (any more). */
int disk_operation(void);
bool disk_has_power(void);
/* By name; NULL when there is none. */
Inode *disk_find(const char *path);
Inode *disk_create(const char *path);
void disk_delete(const char *path);
/* Without a name, for temporary files. */
Inode *disk_nameless(void);
/* Gives back inodes that have neither name nor handle. */
void disk_collect(void);
void disk_sync_folder(void);

int disk_write(Inode *inode, const void *data, int64_t len, int64_t offset);
void disk_truncate(Inode *inode, int64_t len);
void disk_sync(Inode *inode);

#endif
