/* Files that verbs write. A regular file is made beside its place and moved there when it is
 * whole, so that what was there stays until then; the file behind a link is meant, not the link.
 * What is no regular file (a pipe, /dev/stdout, a terminal) is written into as it is. */
#ifndef CLI_OUT_FILE_H
#define CLI_OUT_FILE_H

#include <stdio.h>

#include "base/ctx.h"

typedef struct OutFile {
    FILE *stream;
    Text path;          /* as it was given */
    const char *target; /* where it shall be: without links */
    char *part;         /* where it is made; NULL: written straight */
    bool is_output;     /* it is standard output: say nothing there besides */
} OutFile;

/* IO file_not_written {file}. */
MUST_USE Status out_file_open(Ctx *ctx, Text path, OutFile *ret);
/* After status other than OK nothing is moved and nothing left beside; the status is returned. IO
 * file_not_written {file} also when what was written did not all reach the disk. */
MUST_USE Status out_file_close(Ctx *ctx, OutFile *file, Status status);
/* All of it at once; path empty: to standard output. */
MUST_USE Status out_file_write(Ctx *ctx, Text path, Text bytes);

#endif
