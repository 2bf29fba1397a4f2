/* The SQLite side of the disk that forgets: files, locks, the log's shared index. */
#include "forgetful_vfs.h"

#include <assert.h>

#include "forgetful_disk.h"

typedef struct Handle {
    sqlite3_file base; /* first: SQLite's */
    Inode *inode;
    char *delete_path; /* deleted when closed */
    int lock;          /* SQLITE_LOCK_… */
    bool has_shm;
    uint8_t shm_shared, shm_exclusive; /* slots held */
} Handle;

void forgetful_vfs_register(void);

static int unlock_disk(int code) {
    (void)pthread_mutex_unlock(&disk_lock);
    return code;
}

static Inode *lock_disk(sqlite3_file *file) {
    (void)pthread_mutex_lock(&disk_lock);
    return ((Handle *)file)->inode;
}

/* Locks of files. */

static void release(Handle *h, int level) {
    Inode *inode = h->inode;
    if (h->lock >= SQLITE_LOCK_EXCLUSIVE && level < SQLITE_LOCK_EXCLUSIVE)
        inode->exclusive = false;
    if (h->lock >= SQLITE_LOCK_PENDING && level < SQLITE_LOCK_PENDING) inode->pending = false;
    if (h->lock >= SQLITE_LOCK_RESERVED && level < SQLITE_LOCK_RESERVED) inode->reserved = false;
    if (h->lock >= SQLITE_LOCK_SHARED && level < SQLITE_LOCK_SHARED) inode->shared--;
    if (level < h->lock) h->lock = level;
}

static int acquire(Handle *h, int level) {
    Inode *inode = h->inode;
    if (h->lock >= level) return SQLITE_OK;
    if (h->lock == SQLITE_LOCK_NONE) {
        if (inode->exclusive || inode->pending) return SQLITE_BUSY;
        inode->shared++;
        h->lock = SQLITE_LOCK_SHARED;
    }
    if (level >= SQLITE_LOCK_RESERVED && h->lock < SQLITE_LOCK_RESERVED) {
        if (inode->reserved || inode->pending) return SQLITE_BUSY;
        inode->reserved = true;
        h->lock = SQLITE_LOCK_RESERVED;
    }
    if (level < SQLITE_LOCK_EXCLUSIVE) return SQLITE_OK;
    inode->pending = true;
    h->lock = SQLITE_LOCK_PENDING;
    if (inode->shared > 1) return SQLITE_BUSY;
    inode->exclusive = true;
    h->lock = SQLITE_LOCK_EXCLUSIVE;
    return SQLITE_OK;
}

static int x_lock(sqlite3_file *file, int level) {
    (void)lock_disk(file);
    return unlock_disk(disk_has_power() ? acquire((Handle *)file, level) : SQLITE_IOERR_LOCK);
}

static int x_unlock(sqlite3_file *file, int level) {
    (void)lock_disk(file);
    release((Handle *)file, level);
    return unlock_disk(SQLITE_OK);
}

static int x_check_reserved(sqlite3_file *file, int *ret) {
    *ret = lock_disk(file)->reserved;
    return unlock_disk(SQLITE_OK);
}

/* The log's index. */

static Shm *shm_of(Handle *h) {
    if (h->has_shm) return h->inode->shm;
    if (!h->inode->shm) h->inode->shm = calloc(1, sizeof(Shm));
    if (!h->inode->shm) abort();
    h->inode->shm->holders++;
    h->has_shm = true;
    return h->inode->shm;
}

static int x_shm_map(sqlite3_file *file, int region, int size, int extend, void volatile **ret) {
    (void)lock_disk(file);
    *ret = NULL;
    if (!disk_has_power()) return unlock_disk(SQLITE_IOERR_SHMMAP);
    Shm *shm = shm_of((Handle *)file);
    if (region >= shm->region_count && extend) {
        shm->regions = realloc(shm->regions, ((size_t)region + 1) * sizeof *shm->regions);
        if (!shm->regions) abort();
        while (shm->region_count <= region) {
            void *fresh = calloc(1, (size_t)size);
            if (!fresh) abort();
            shm->regions[shm->region_count++] = fresh;
        }
    }
    if (region < shm->region_count) *ret = shm->regions[region];
    return unlock_disk(SQLITE_OK);
}

static void shm_unlock(Handle *h, Shm *shm, int slot) {
    uint8_t bit = (uint8_t)(1U << slot);
    if (h->shm_shared & bit) shm->shared[slot]--;
    if (h->shm_exclusive & bit) shm->exclusive[slot] = false;
    h->shm_shared &= (uint8_t)~bit;
    h->shm_exclusive &= (uint8_t)~bit;
}

static bool shm_is_free(const Handle *h, const Shm *shm, int slot, bool exclusive) {
    uint8_t bit = (uint8_t)(1U << slot);
    if (shm->exclusive[slot]) return h->shm_exclusive & bit;
    return !exclusive || shm->shared[slot] == 0;
}

static int x_shm_lock(sqlite3_file *file, int first, int count, int flags) {
    (void)lock_disk(file);
    Handle *h = (Handle *)file;
    Shm *shm = shm_of(h);
    bool exclusive = flags & SQLITE_SHM_EXCLUSIVE;
    if (flags & SQLITE_SHM_UNLOCK) {
        for (int slot = first; slot < first + count; slot++) shm_unlock(h, shm, slot);
        return unlock_disk(SQLITE_OK);
    }
    if (!disk_has_power()) return unlock_disk(SQLITE_IOERR_SHMLOCK);
    for (int slot = first; slot < first + count; slot++)
        if (!shm_is_free(h, shm, slot, exclusive)) return unlock_disk(SQLITE_BUSY);
    for (int slot = first; slot < first + count; slot++) {
        uint8_t bit = (uint8_t)(1U << slot);
        if (exclusive) {
            shm->exclusive[slot] = true;
            h->shm_exclusive |= bit;
        } else if (!(h->shm_shared & bit)) {
            shm->shared[slot]++;
            h->shm_shared |= bit;
        }
    }
    return unlock_disk(SQLITE_OK);
}

static void x_shm_barrier(sqlite3_file *file) {
    (void)lock_disk(file);
    (void)unlock_disk(SQLITE_OK);
}

static int x_shm_unmap(sqlite3_file *file, int delete) {
    (void)delete;
    Inode *inode = lock_disk(file);
    Handle *h = (Handle *)file;
    if (!h->has_shm) return unlock_disk(SQLITE_OK);
    Shm *shm = inode->shm;
    for (int slot = 0; slot < SHM_SLOTS; slot++) shm_unlock(h, shm, slot);
    h->has_shm = false;
    if (--shm->holders == 0) {
        for (int i = 0; i < shm->region_count; i++) free(shm->regions[i]);
        free(shm->regions);
        free(shm);
        inode->shm = NULL;
    }
    return unlock_disk(SQLITE_OK);
}

/* Files. */

static int x_close(sqlite3_file *file) {
    (void)x_shm_unmap(file, 0);
    (void)lock_disk(file);
    Handle *h = (Handle *)file;
    release(h, SQLITE_LOCK_NONE);
    h->inode->opened--;
    if (h->delete_path && disk_has_power()) disk_delete(h->delete_path);
    free(h->delete_path);
    disk_collect();
    return unlock_disk(SQLITE_OK);
}

static int x_read(sqlite3_file *file, void *out, int len, sqlite3_int64 offset) {
    const Bytes *now = &lock_disk(file)->now;
    if (!disk_has_power()) return unlock_disk(SQLITE_IOERR_READ);
    int64_t there = now->len - offset;
    if (there < 0) there = 0;
    if (there > len) there = len;
    if (there) memcpy(out, now->ptr + offset, (size_t)there);
    memset((char *)out + there, 0, (size_t)(len - there));
    return unlock_disk(there < len ? SQLITE_IOERR_SHORT_READ : SQLITE_OK);
}

static int x_write(sqlite3_file *file, const void *data, int len, sqlite3_int64 offset) {
    Inode *inode = lock_disk(file);
    bool power = disk_has_power();
    int code = disk_operation();
    /* the write at which the power goes may reach the disk in part */
    if (power && !disk_has_power()) (void)disk_write(inode, data, len, offset);
    if (code == SQLITE_OK) code = disk_write(inode, data, len, offset);
    return unlock_disk(code == SQLITE_IOERR ? SQLITE_IOERR_WRITE : code);
}

static int x_truncate(sqlite3_file *file, sqlite3_int64 len) {
    Inode *inode = lock_disk(file);
    int code = disk_operation();
    if (code == SQLITE_OK) disk_truncate(inode, len);
    return unlock_disk(code == SQLITE_OK ? code : SQLITE_IOERR_TRUNCATE);
}

static int x_sync(sqlite3_file *file, int flags) {
    (void)flags;
    Inode *inode = lock_disk(file);
    int code = disk_operation();
    if (code == SQLITE_OK) disk_sync(inode);
    return unlock_disk(code == SQLITE_OK ? code : SQLITE_IOERR_FSYNC);
}

static int x_file_size(sqlite3_file *file, sqlite3_int64 *ret) {
    *ret = lock_disk(file)->now.len;
    return unlock_disk(disk_has_power() ? SQLITE_OK : SQLITE_IOERR_FSTAT);
}

static int x_file_control(sqlite3_file *file, int op, void *argument) {
    (void)file;
    (void)op;
    (void)argument;
    return SQLITE_NOTFOUND;
}

/* As the system's VFS says of itself. */
static int x_sector_size(sqlite3_file *file) {
    (void)file;
    return 4096;
}

static int x_characteristics(sqlite3_file *file) {
    (void)file;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods methods = {
    .iVersion = 2, .xClose = x_close, .xRead = x_read, .xWrite = x_write,
    .xTruncate = x_truncate, .xSync = x_sync, .xFileSize = x_file_size, .xLock = x_lock,
    .xUnlock = x_unlock, .xCheckReservedLock = x_check_reserved,
    .xFileControl = x_file_control, .xSectorSize = x_sector_size,
    .xDeviceCharacteristics = x_characteristics, .xShmMap = x_shm_map, .xShmLock = x_shm_lock,
    .xShmBarrier = x_shm_barrier, .xShmUnmap = x_shm_unmap,
};

/* The file system. */

static int find_or_create(const char *path, int flags, Inode **ret) {
    *ret = path ? disk_find(path) : disk_nameless();
    if (*ret) return SQLITE_OK;
    if (!(flags & SQLITE_OPEN_CREATE)) return SQLITE_CANTOPEN;
    int code = disk_operation();
    if (code != SQLITE_OK) return code;
    *ret = disk_create(path);
    (*ret)->syncs_folder = flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL |
                                    SQLITE_OPEN_SUPER_JOURNAL);
    return SQLITE_OK;
}

static int x_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
                  int *ret_flags) {
    (void)vfs;
    Handle *h = (Handle *)file;
    *h = (Handle){0};
    (void)pthread_mutex_lock(&disk_lock);
    Inode *inode = NULL;
    int code = disk_has_power() ? find_or_create(path, flags, &inode) : SQLITE_IOERR;
    if (code != SQLITE_OK) return unlock_disk(code);
    inode->opened++;
    h->base.pMethods = &methods;
    h->inode = inode;
    if (path && (flags & SQLITE_OPEN_DELETEONCLOSE)) h->delete_path = strdup(path);
    if (ret_flags) *ret_flags = flags;
    return unlock_disk(SQLITE_OK);
}

static int x_delete(sqlite3_vfs *vfs, const char *path, int sync_folder) {
    (void)vfs;
    (void)pthread_mutex_lock(&disk_lock);
    if (disk_has_power() && !disk_find(path)) return unlock_disk(SQLITE_IOERR_DELETE_NOENT);
    int code = disk_operation();
    if (code != SQLITE_OK) return unlock_disk(SQLITE_IOERR_DELETE);
    disk_delete(path);
    if (sync_folder) disk_sync_folder();
    disk_collect();
    return unlock_disk(SQLITE_OK);
}

static int x_access(sqlite3_vfs *vfs, const char *path, int flags, int *ret) {
    (void)vfs;
    (void)flags;
    (void)pthread_mutex_lock(&disk_lock);
    *ret = disk_find(path) != NULL;
    return unlock_disk(disk_has_power() ? SQLITE_OK : SQLITE_IOERR_ACCESS);
}

static int x_full_pathname(sqlite3_vfs *vfs, const char *path, int size, char *out) {
    (void)vfs;
    int len = snprintf(out, (size_t)size, "%s", path);
    return len < size ? SQLITE_OK : SQLITE_CANTOPEN;
}

static sqlite3_vfs forgetful;

static void register_once(void) {
    const sqlite3_vfs *system = sqlite3_vfs_find(NULL);
    assert(system);
    forgetful = *system; /* time, randomness and sleep are the system's */
    forgetful.szOsFile = sizeof(Handle);
    forgetful.zName = FORGETFUL_VFS;
    forgetful.pNext = NULL;
    forgetful.xOpen = x_open;
    forgetful.xDelete = x_delete;
    forgetful.xAccess = x_access;
    forgetful.xFullPathname = x_full_pathname;
    int code = sqlite3_vfs_register(&forgetful, 0);
    assert(code == SQLITE_OK);
    (void)code;
}

void forgetful_vfs_register(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, register_once);
}
