/* Connections, and how long each has waited for the head of a request. The HTTP library's time-out
 * begins anew with each byte: who sends a head drop by drop would keep a connection for ever, and a
 * few thousand of those everything. */
#ifndef WEB_LINE_H
#define WEB_LINE_H

#include "base/arena.h"
#include "base/ctx.h"

typedef struct LineSet LineSet;

typedef struct Line {
    void *open; /* the request under way, the owner's; NULL: none */
    int fd;
    _Atomic int64_t waits_since_ns; /* for a head; 0: it has one */
    struct Line *previous, *next;
} Line;

/* Begins the watch: a thread that shuts down what waits too long. IO when it cannot begin. */
MUST_USE Status line_set_start(Ctx *ctx, Arena *arena, LineSet **ret);
/* After the last line has ended. */
void line_set_stop(LineSet *set);

/* A connection; it waits for a head. */
Line *line_begin(LineSet *set, int fd);
/* The head is whole. */
void line_heard(Line *line);
/* The request is answered: it waits for the next one. */
void line_answered(Line *line);
/* Before its descriptor is closed. */
void line_end(LineSet *set, Line *line);

#endif
