/* Files that verbs write. */
#ifndef CLI_OUT_FILE_H
#define CLI_OUT_FILE_H

#include <stdio.h>

#include "base/ctx.h"

/* IO file_not_written {file}, also when what was written did not all reach the disk. */
MUST_USE Status out_file_open(Ctx *ctx, Text path, FILE **ret);
MUST_USE Status out_file_close(Ctx *ctx, FILE *file, Text path);
/* All of it at once; path empty: to standard output. */
MUST_USE Status out_file_write(Ctx *ctx, Text path, Text bytes);

#endif
