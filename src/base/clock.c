/* The system's time and the civil calendar. */
#include "base/clock.h"

#include <stdatomic.h>

static _Atomic int64_t offset;

void clock_set_offset(int64_t offset_s) { atomic_store(&offset, offset_s); }

int64_t clock_now_s(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec + atomic_load(&offset);
}

int64_t clock_monotonic_ns(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

int64_t clock_day(int64_t time_s, int64_t zone_offset_s) {
    return floor_div(time_s + zone_offset_s, CLOCK_DAY_S);
}

void clock_civil(int64_t day, int *ret_year, int *ret_month, int *ret_day) {
    day += 719468;
    int64_t era = floor_div(day, 146097);
    int64_t doe = day - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    *ret_day = (int)(doy - (153 * mp + 2) / 5 + 1);
    *ret_month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *ret_year = (int)(yoe + era * 400 + (*ret_month <= 2));
}

int64_t clock_day_of(int year, int month, int day) {
    int64_t y = year - (month <= 2);
    int64_t era = floor_div(y, 400);
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

void clock_iso_day(int64_t day, char out[11]) {
    int year, month, mday;
    clock_civil(day, &year, &month, &mday);
    char wide[40];
    (void)snprintf(wide, sizeof wide, "%04d-%02d-%02d", year, month, mday);
    memcpy(out, wide, 10);
    out[10] = 0;
}

bool clock_parse_day(Text t, int64_t *ret_day) {
    int64_t year, month, day;
    if (t.len != 10 || t.ptr[4] != '-' || t.ptr[7] != '-') return false;
    if (!text_to_int(text_slice(t, 0, 4), &year) || !text_to_int(text_slice(t, 5, 2), &month) ||
        !text_to_int(text_slice(t, 8, 2), &day))
        return false;
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31) return false;
    int64_t number = clock_day_of((int)year, (int)month, (int)day);
    int y, m, d;
    clock_civil(number, &y, &m, &d);
    if (d != (int)day) return false; /* the 31st of a month of 30 days */
    *ret_day = number;
    return true;
}
