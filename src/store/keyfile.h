/* Secrets outside the database: small files of mode 0600 in DATA/keys (mode 0700). */
#ifndef STORE_KEYFILE_H
#define STORE_KEYFILE_H

#include "base/ctx.h"

enum { KEYFILE_MAX_BYTES = 16384 };

/* Writes DATA/keys/<name> atomically: temporary file, fsync, rename, fsync of the folder.
 * CONFLICT when it exists and replace is false. */
MUST_USE Status keyfile_write(Ctx *ctx, const char *data_dir, const char *name, Text secret,
                              bool replace);
/* Reads it into the arena (wiped when the arena is cleared). Messages: key_missing,
 * key_unreadable, key_mode (readable by others than its owner). */
MUST_USE Status keyfile_read(Ctx *ctx, const char *data_dir, const char *name, Text *ret_secret);

#endif
