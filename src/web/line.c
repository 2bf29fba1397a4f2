/* One list, one lock, one thread; see line.h. */
#include "web/line.h"

#include <errno.h>
#include <pthread.h>
#include <sys/socket.h>
#include <time.h>

#include "base/clock.h"

enum { HEAD_S_MAX = 20 }; /* from the connection, or the last answer, to a whole head */

struct LineSet {
    Arena *arena;
    pthread_mutex_t lock; /* of all below, and the arena */
    pthread_cond_t wake;
    Line *lines, *free;
    bool stopping;
    pthread_t sweeper;
};

/* A line leaves the list, under the lock, before its descriptor is closed: it is its own still. */
static void shut_late(LineSet *set) {
    int64_t late_ns = clock_monotonic_ns() - HEAD_S_MAX * INT64_C(1000000000);
    for (Line *line = set->lines; line; line = line->next) {
        int64_t since_ns = line->waits_since_ns;
        if (since_ns && since_ns < late_ns) (void)shutdown(line->fd, SHUT_RDWR);
    }
}

static void *sweep(void *argument) {
    LineSet *set = argument;
    (void)pthread_mutex_lock(&set->lock);
    while (!set->stopping) {
        struct timespec until;
        shut_late(set);
        (void)clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec++;
        (void)pthread_cond_timedwait(&set->wake, &set->lock, &until);
    }
    (void)pthread_mutex_unlock(&set->lock);
    return NULL;
}

Status line_set_start(Ctx *ctx, Arena *arena, LineSet **ret) {
    LineSet *set = ARENA_NEW(arena, LineSet);
    set->arena = arena;
    (void)pthread_mutex_init(&set->lock, NULL);
    (void)pthread_cond_init(&set->wake, NULL);
    int reason = pthread_create(&set->sweeper, NULL, sweep, set);
    if (reason) return fail_io(ctx, "server_not_started", "no thread, errno %d", reason);
    *ret = set;
    return OK;
}

void line_set_stop(LineSet *set) {
    (void)pthread_mutex_lock(&set->lock);
    set->stopping = true;
    (void)pthread_cond_signal(&set->wake);
    (void)pthread_mutex_unlock(&set->lock);
    (void)pthread_join(set->sweeper, NULL);
    (void)pthread_cond_destroy(&set->wake);
    (void)pthread_mutex_destroy(&set->lock);
}

Line *line_begin(LineSet *set, int fd) {
    (void)pthread_mutex_lock(&set->lock);
    Line *line = set->free;
    if (line)
        set->free = line->next;
    else
        line = ARENA_NEW(set->arena, Line);
    *line = (Line){.fd = fd, .waits_since_ns = clock_monotonic_ns(), .next = set->lines};
    if (line->next) line->next->previous = line;
    set->lines = line;
    (void)pthread_mutex_unlock(&set->lock);
    return line;
}

void line_heard(Line *line) { line->waits_since_ns = 0; }

void line_answered(Line *line) { line->waits_since_ns = clock_monotonic_ns(); }

void line_end(LineSet *set, Line *line) {
    (void)pthread_mutex_lock(&set->lock);
    if (line->previous)
        line->previous->next = line->next;
    else
        set->lines = line->next;
    if (line->next) line->next->previous = line->previous;
    line->next = set->free;
    set->free = line;
    (void)pthread_mutex_unlock(&set->lock);
}
