/* One write(2) a line, so that lines of several threads do not mix. */
#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/clock.h"

static _Atomic int least_level = LOG_LEVEL_INFO;

void log_set_level(LogLevel least) { atomic_store(&least_level, (int)least); }

void log_event(LogLevel level, const char *event, const char *format, ...) {
    if ((int)level < atomic_load(&least_level)) return;
    static const char *const names[] = {"debug", "info", "warn", "error"};
    int64_t now = clock_now_s();
    char day[11], line[1024];
    clock_iso_day(clock_day(now, 0), day);
    int s = (int)(now % CLOCK_DAY_S);
    int len = snprintf(line, sizeof line, "%sT%02d:%02d:%02dZ %s %s ", day, s / 3600, s / 60 % 60,
                       s % 60, names[level], event);
    va_list args;
    va_start(args, format);
    int more = vsnprintf(line + len, sizeof line - (size_t)len - 1, format, args);
    va_end(args);
    size_t total = (size_t)len + (size_t)(more < 0 ? 0 : more);
    if (total > sizeof line - 2) total = sizeof line - 2;
    for (size_t i = 0; i < total; i++)
        if ((unsigned char)line[i] < 0x20) line[i] = ' '; /* no forged lines */
    line[total++] = '\n';
    ssize_t written = write(STDERR_FILENO, line, total);
    (void)written; /* there is nowhere else to say it */
}
