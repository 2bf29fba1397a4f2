/* Drawing progress; noticing that the user wants to stop. */
#include "cli/progress.h"

#include <signal.h>
#include <unistd.h>

#include "base/clock.h"
#include "render/messages.h"

enum { BAR_CELLS = 30 };

static volatile sig_atomic_t stop_wanted;

static void on_signal(int number) {
    stop_wanted = number;
}

void progress_catch_signals(void) {
    struct sigaction action = {.sa_handler = on_signal};
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
}

bool progress_stop_wanted(void) { return stop_wanted != 0; }
int progress_stop_signal(void) { return stop_wanted; }

Progress progress_begin(const Ctx *ctx, const char *title) {
    return (Progress){.lang = ctx->lang,
                      .title = message(ctx->lang, title),
                      .started_ns = clock_monotonic_ns()};
}

/* The bar is drawn again and again: no arena takes its words. */
static void print_left(const Progress *p, int64_t left_s) {
    Text rest = message(p->lang, "progress_left"), before, place;
    (void)text_split(&rest, '{', &before);
    (void)text_split(&rest, '}', &place);
    (void)fprintf(stderr, "%.*s%lld%.*s   ", TEXT_ARG(before), (long long)left_s, TEXT_ARG(rest));
    (void)fflush(stderr);
}

static void draw_bar(const Progress *p, int64_t done, int64_t total, int64_t elapsed_ns) {
    int filled = total ? (int)(done * BAR_CELLS / total) : BAR_CELLS;
    char bar[BAR_CELLS * 3 + 1];
    size_t len = 0;
    for (int i = 0; i < BAR_CELLS; i++) {
        memcpy(bar + len, i < filled ? "█" : "░", 3);
        len += 3;
    }
    bar[len] = 0;
    int64_t left_s = done > 0 ? elapsed_ns / done * (total - done) / 1000000000 : 0;
    (void)fprintf(stderr, "\r%.*s  %s %3d%%  %lld/%lld  ", TEXT_ARG(p->title), bar,
                  total ? (int)(done * 100 / total) : 100, (long long)done, (long long)total);
    print_left(p, left_s);
}

void progress_update(Progress *p, int64_t done, int64_t total) {
    int64_t now = clock_monotonic_ns();
    if (now - p->started_ns < 500000000 || now - p->drawn_ns < 100000000) return;
    p->drawn_ns = now;
    p->shown = true;
    if (isatty(STDERR_FILENO)) {
        draw_bar(p, done, total, now - p->started_ns);
        return;
    }
    int tenth = total ? (int)(done * 10 / total) : 10;
    if (tenth > p->tenth)
        (void)fprintf(stderr, "%.*s  %d%%  %lld/%lld\n", TEXT_ARG(p->title), tenth * 10,
                      (long long)done, (long long)total);
    p->tenth = tenth;
}

void progress_end(Progress *p, int64_t total) {
    if (!p->shown || !isatty(STDERR_FILENO)) return;
    draw_bar(p, total, total, clock_monotonic_ns() - p->started_ns);
    (void)fputc('\n', stderr);
}
