/* A disk that forgets, for tests of power cuts: a SQLite VFS named "forgetful" in memory. It keeps
 * of each file what was written and what was synced. When the power is cut every operation fails,
 * and after the reboot only what was synced is certain to be there.
 *
 *   forgetful_start(seed);                     an empty disk; StoreOptions.vfs = "forgetful"
 *   … make the register …
 *   forgetful_cut_at(n);                       at the n-th change or sync from now
 *   … load, until everything fails; store_close …
 *   forgetful_reboot(FORGETFUL_SOME);          every file must be closed
 *   … open again and look …
 *
 * Files are known by their path; the folder itself (keys, locks) is real. One disk a process; any
 * number of threads. */
#ifndef TEST_STORE_FORGETFUL_VFS_H
#define TEST_STORE_FORGETFUL_VFS_H

#include <stdbool.h>
#include <stdint.h>

#define FORGETFUL_VFS "forgetful"

typedef enum ForgetfulLoss {
    FORGETFUL_ALL,  /* nothing unsynced survives */
    /* Of unsynced writes any 512-byte sectors survive, torn within a page too; of truncations
     * any; of files made and deleted since the folder was synced a first part. */
    FORGETFUL_SOME,
} ForgetfulLoss;

/* An empty disk, with power; chances follow from the seed. Registers the VFS at the first call.
 * No file may be open. */
void forgetful_start(uint64_t seed);
/* The power goes at the operation-th change (write, truncation, deletion, creation) or sync from
 * now, counted from 1: that one is not done, or in part. 0: never. */
void forgetful_cut_at(int64_t operation);
/* The same count, but that one operation only fails, and the power stays. 0: none. */
void forgetful_fail_at(int64_t operation);
/* Changes and syncs since the start or the last reboot. */
int64_t forgetful_operations(void);
bool forgetful_is_cut(void);
/* Cuts the power if it is still there, settles what survived, and brings the power back. */
void forgetful_reboot(ForgetfulLoss loss);
/* The disk has room for this many bytes; writes beyond get SQLITE_FULL. 0: endless. */
void forgetful_limit(int64_t bytes);
/* Bytes of all files now. */
int64_t forgetful_used(void);

#endif
