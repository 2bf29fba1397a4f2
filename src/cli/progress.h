/* A bar on the terminal for what takes longer than a second. Silent when standard error is no
 * terminal, but for one line at the end of each tenth. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "base/ctx.h"

typedef struct Progress {
    Lang lang;
    Text title;
    int64_t started_ns, drawn_ns;
    bool shown;
    int tenth;
} Progress;

/* The title is a message. */
Progress progress_begin(const Ctx *ctx, const char *title);
/* Draws at most ten times a second, and not in the first half second. */
void progress_update(Progress *progress, int64_t done, int64_t total);
void progress_end(Progress *progress, int64_t total);

/* Catches SIGINT and SIGTERM from now on: long work asks between its chunks and ends orderly. */
void progress_catch_signals(void);
bool progress_stop_wanted(void);
/* The signal that came; 0: none. */
int progress_stop_signal(void);

#endif
