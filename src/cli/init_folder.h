/* Where init builds a register: in a folder inside the data folder, out of which it is moved when
 * it is whole. So a disk that fills, or a stop in the middle, leaves no half register behind. */
#ifndef CLI_INIT_FOLDER_H
#define CLI_INIT_FOLDER_H

#include "base/ctx.h"

typedef struct InitFolder {
    const char *data_dir; /* where the register will be */
    const char *build_dir; /* where it is built */
    const char *key_name;
    bool is_new; /* the data folder was made for it */
    int lock_fd; /* that no other init works there */
} InitFolder;

/* Makes both, and removes what inits left there that were killed. IO store_folder_missing,
 * store_read_only, store_disk_full; CONFLICT store_exists when there is a register, or a link of
 * its name, key_without_register {name} when there is a key of its name, init_running; DENIED
 * store_folder_open when others may write into the data folder. init_folder_end is called whatever
 * it answers. */
MUST_USE Status init_folder_begin(Ctx *ctx, Text data_dir, const char *key_name, InitFolder *ret);
/* Brings the closed register and its key to their places, the register last: then it is there. Of
 * what a kill leaves before that, the next init finds what is its own, and begins anew. */
MUST_USE Status init_folder_settle(Ctx *ctx, const InitFolder *folder);
/* Removes what was built and has not come to its place, and the data folder when it was made for it
 * and holds nothing. */
void init_folder_end(Ctx *ctx, const InitFolder *folder);

#endif
