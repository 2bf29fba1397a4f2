/* Content, synced content, and the changes between them. */
#include "forgetful_disk.h"

#include <assert.h>

enum { SECTOR_BYTES = 512, NAMES_MAX = 64 };

/* A name made or deleted since the folder was synced. */
typedef struct NameChange {
    char *path;
    Inode *inode; /* NULL: deleted */
} NameChange;

typedef struct Name {
    char *path;
    Inode *inode;
} Name;

typedef struct Folder {
    Name names[NAMES_MAX];
    int count;
} Folder;

pthread_mutex_t disk_lock = PTHREAD_MUTEX_INITIALIZER;

static struct Disk {
    Folder now, kept;
    NameChange changes[NAMES_MAX];
    int change_count;
    Inode *inodes;
    uint64_t random;
    int64_t operations, cut_at, fail_at, limit;
    bool dark;
} disk;

/* xorshift64*, after Vigna, "An experimental exploration of Marsaglia's xorshift generators". */
static uint64_t chance(void) {
    disk.random ^= disk.random >> 12;
    disk.random ^= disk.random << 25;
    disk.random ^= disk.random >> 27;
    return disk.random * 0x2545f4914f6cdd1dULL;
}

static void *or_abort(void *ptr) {
    if (!ptr) abort();
    return ptr;
}

/* Files. */

static void bytes_resize(Bytes *b, int64_t len) {
    if (len > b->cap) {
        int64_t cap = b->cap * 2 > len ? b->cap * 2 : len;
        b->ptr = or_abort(realloc(b->ptr, (size_t)cap));
        b->cap = cap;
    }
    if (len > b->len) memset(b->ptr + b->len, 0, (size_t)(len - b->len));
    b->len = len;
}

static void bytes_write(Bytes *b, const unsigned char *data, int64_t len, int64_t offset) {
    if (offset + len > b->len) bytes_resize(b, offset + len);
    memcpy(b->ptr + offset, data, (size_t)len);
}

static void note(Inode *inode, Change change) {
    if (inode->change_count == inode->change_cap) {
        inode->change_cap = inode->change_cap * 2 + 16;
        inode->changes = or_abort(
            realloc(inode->changes, (size_t)inode->change_cap * sizeof *inode->changes));
    }
    inode->changes[inode->change_count++] = change;
}

static void forget_changes(Inode *inode) {
    for (int i = 0; i < inode->change_count; i++) free(inode->changes[i].data);
    inode->change_count = 0;
}

int disk_write(Inode *inode, const void *data, int64_t len, int64_t offset) {
    int64_t more = offset + len - inode->now.len;
    if (disk.limit && more > 0) {
        int64_t used = 0;
        for (Inode *i = disk.inodes; i; i = i->next) used += i->now.len;
        if (used + more > disk.limit) return SQLITE_FULL;
    }
    unsigned char *copy = or_abort(malloc((size_t)len + 1));
    memcpy(copy, data, (size_t)len);
    note(inode, (Change){offset, len, copy});
    bytes_write(&inode->now, data, len, offset);
    return SQLITE_OK;
}

void disk_truncate(Inode *inode, int64_t len) {
    note(inode, (Change){.offset = len});
    bytes_resize(&inode->now, len);
}

void disk_sync(Inode *inode) {
    for (int i = 0; i < inode->change_count; i++) {
        const Change *change = &inode->changes[i];
        if (change->data)
            bytes_write(&inode->kept, change->data, change->len, change->offset);
        else
            bytes_resize(&inode->kept, change->offset);
    }
    forget_changes(inode);
    if (!inode->syncs_folder) return;
    inode->syncs_folder = false;
    disk_sync_folder();
}

/* Sectors of the file, not of the write: a page is torn where the disk would tear it. */
static void keep_some_sectors(Inode *inode, const Change *change) {
    for (int64_t at = 0; at < change->len;) {
        int64_t sector_end = ((change->offset + at) / SECTOR_BYTES + 1) * SECTOR_BYTES;
        int64_t len = sector_end - change->offset - at;
        if (len > change->len - at) len = change->len - at;
        if (chance() & 1) bytes_write(&inode->kept, change->data + at, len, change->offset + at);
        at += len;
    }
}

static void keep_some(Inode *inode) {
    for (int i = 0; i < inode->change_count; i++) {
        const Change *change = &inode->changes[i];
        uint64_t die = chance() % 4;
        if (die == 0) continue;
        if (!change->data)
            bytes_resize(&inode->kept, change->offset);
        else if (die == 1)
            keep_some_sectors(inode, change);
        else
            bytes_write(&inode->kept, change->data, change->len, change->offset);
    }
}

/* Names. */

static void folder_set(Folder *folder, const char *path, Inode *inode) {
    int i = 0;
    while (i < folder->count && strcmp(folder->names[i].path, path) != 0) i++;
    if (i == folder->count && inode) {
        assert(i < NAMES_MAX);
        folder->names[folder->count++] = (Name){or_abort(strdup(path)), inode};
    } else if (i < folder->count && inode) {
        folder->names[i].inode = inode;
    } else if (i < folder->count) {
        free(folder->names[i].path);
        folder->names[i] = folder->names[--folder->count];
    }
}

static void rename_later(const char *path, Inode *inode) {
    folder_set(&disk.now, path, inode);
    if (disk.change_count == NAMES_MAX) disk_sync_folder(); /* as a disk would, at some time */
    disk.changes[disk.change_count++] = (NameChange){or_abort(strdup(path)), inode};
}

static void settle_names(int kept) {
    for (int i = 0; i < disk.change_count; i++) {
        if (i < kept) folder_set(&disk.kept, disk.changes[i].path, disk.changes[i].inode);
        free(disk.changes[i].path);
    }
    disk.change_count = 0;
}

void disk_sync_folder(void) { settle_names(disk.change_count); }

Inode *disk_find(const char *path) {
    for (int i = 0; i < disk.now.count; i++)
        if (strcmp(disk.now.names[i].path, path) == 0) return disk.now.names[i].inode;
    return NULL;
}

Inode *disk_nameless(void) {
    Inode *inode = or_abort(calloc(1, sizeof *inode));
    inode->next = disk.inodes;
    disk.inodes = inode;
    return inode;
}

Inode *disk_create(const char *path) {
    Inode *inode = disk_nameless();
    rename_later(path, inode);
    return inode;
}

void disk_delete(const char *path) { rename_later(path, NULL); }

static bool is_named(const Inode *inode) {
    for (int i = 0; i < disk.now.count; i++)
        if (disk.now.names[i].inode == inode) return true;
    for (int i = 0; i < disk.kept.count; i++)
        if (disk.kept.names[i].inode == inode) return true;
    for (int i = 0; i < disk.change_count; i++)
        if (disk.changes[i].inode == inode) return true;
    return false;
}

void disk_collect(void) {
    for (Inode **at = &disk.inodes; *at;) {
        Inode *inode = *at;
        if (inode->opened || is_named(inode)) {
            at = &inode->next;
            continue;
        }
        *at = inode->next;
        assert(!inode->shm);
        forget_changes(inode);
        free(inode->changes);
        free(inode->now.ptr);
        free(inode->kept.ptr);
        free(inode);
    }
}

/* Power. */

bool disk_has_power(void) { return !disk.dark; }

int disk_operation(void) {
    if (disk.dark) return SQLITE_IOERR;
    disk.operations++;
    if (disk.cut_at && disk.operations >= disk.cut_at) disk.dark = true;
    return disk.dark || disk.operations == disk.fail_at ? SQLITE_IOERR : SQLITE_OK;
}

static void empty_folder(Folder *folder) {
    for (int i = 0; i < folder->count; i++) free(folder->names[i].path);
    folder->count = 0;
}

static void reboot(ForgetfulLoss loss) {
    int named = disk.change_count;
    settle_names(loss == FORGETFUL_SOME && named ? (int)(chance() % (uint64_t)(named + 1)) : 0);
    empty_folder(&disk.now);
    for (int i = 0; i < disk.kept.count; i++)
        folder_set(&disk.now, disk.kept.names[i].path, disk.kept.names[i].inode);
    for (Inode *inode = disk.inodes; inode; inode = inode->next) {
        assert(!inode->opened); /* close every connection before the reboot */
        if (loss == FORGETFUL_SOME) keep_some(inode);
        forget_changes(inode);
        bytes_resize(&inode->now, inode->kept.len);
        if (inode->kept.len) memcpy(inode->now.ptr, inode->kept.ptr, (size_t)inode->kept.len);
        inode->syncs_folder = false;
    }
    disk_collect();
    disk.dark = false;
    disk.operations = disk.cut_at = disk.fail_at = 0;
}

void forgetful_reboot(ForgetfulLoss loss) {
    (void)pthread_mutex_lock(&disk_lock);
    reboot(loss);
    (void)pthread_mutex_unlock(&disk_lock);
}

void forgetful_vfs_register(void);

void forgetful_start(uint64_t seed) {
    forgetful_vfs_register();
    (void)pthread_mutex_lock(&disk_lock);
    disk.random = seed * 2 + 1;
    empty_folder(&disk.kept);
    reboot(FORGETFUL_ALL);
    disk.limit = 0;
    (void)pthread_mutex_unlock(&disk_lock);
}

void forgetful_cut_at(int64_t operation) {
    (void)pthread_mutex_lock(&disk_lock);
    disk.cut_at = operation ? disk.operations + operation : 0;
    (void)pthread_mutex_unlock(&disk_lock);
}

void forgetful_fail_at(int64_t operation) {
    (void)pthread_mutex_lock(&disk_lock);
    disk.fail_at = operation ? disk.operations + operation : 0;
    (void)pthread_mutex_unlock(&disk_lock);
}

int64_t forgetful_operations(void) {
    (void)pthread_mutex_lock(&disk_lock);
    int64_t operations = disk.operations;
    (void)pthread_mutex_unlock(&disk_lock);
    return operations;
}

bool forgetful_is_cut(void) {
    (void)pthread_mutex_lock(&disk_lock);
    bool dark = disk.dark;
    (void)pthread_mutex_unlock(&disk_lock);
    return dark;
}

void forgetful_limit(int64_t bytes) {
    (void)pthread_mutex_lock(&disk_lock);
    disk.limit = bytes;
    (void)pthread_mutex_unlock(&disk_lock);
}

int64_t forgetful_used(void) {
    (void)pthread_mutex_lock(&disk_lock);
    int64_t used = 0;
    for (Inode *i = disk.inodes; i; i = i->next) used += i->now.len;
    (void)pthread_mutex_unlock(&disk_lock);
    return used;
}
