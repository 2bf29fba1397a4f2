/* Time. The only file that asks the system for it. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/text.h"

/* Seconds since 1970 UTC, and what clock_set_offset was called with (tests; in demo registers
 * cli/register.h). */
int64_t clock_now_s(void);
void clock_set_offset(int64_t offset_s);
/* Monotonic, for durations only. */
int64_t clock_monotonic_ns(void);

enum { CLOCK_DAY_S = 86400, CLOCK_INDIA_OFFSET_S = 19800 };

/* Day number since 1970-01-01 in the organisation's zone (offset east of UTC). */
int64_t clock_day(int64_t time_s, int64_t zone_offset_s);
/* Civil date of a day number (proleptic Gregorian; after Howard Hinnant, "chrono-Compatible
 * Low-Level Date Algorithms"). */
void clock_civil(int64_t day, int *ret_year, int *ret_month, int *ret_day);
int64_t clock_day_of(int year, int month, int day);
/* "YYYY-MM-DD" into out[11]. */
void clock_iso_day(int64_t day, char out[11]);
/* Reads "YYYY-MM-DD"; false when it is no date. */
bool clock_parse_day(Text t, int64_t *ret_day);

#endif
