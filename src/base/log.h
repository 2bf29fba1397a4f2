/* One line a happening, on standard error: time, level, event, details. Never personal data,
 * never tokens, never paths with tokens: the caller passes identifiers only. Edges log, lower
 * layers return. Safe from any thread. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/text.h"

typedef enum LogLevel { LOG_LEVEL_DEBUG, LOG_LEVEL_INFO, LOG_LEVEL_WARN, LOG_LEVEL_ERROR } LogLevel;

void log_set_level(LogLevel least);
/* event is a lower-case word or two with hyphens ("request", "store-failed"). */
void log_event(LogLevel level, const char *event, const char *format, ...) PRINTF_LIKE(3, 4);
#define log_debug(event, ...) log_event(LOG_LEVEL_DEBUG, event, __VA_ARGS__)
#define log_info(event, ...) log_event(LOG_LEVEL_INFO, event, __VA_ARGS__)
#define log_warn(event, ...) log_event(LOG_LEVEL_WARN, event, __VA_ARGS__)
#define log_error(event, ...) log_event(LOG_LEVEL_ERROR, event, __VA_ARGS__)

#endif
