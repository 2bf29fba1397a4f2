/* Counters that every thread adds to without waiting. */
#include "web/traffic.h"

#include <stdatomic.h>

enum { CLASSES = 6, STEPS = 7 };

static const int64_t steps_us[STEPS] = {500, 1000, 5000, 25000, 100000, 500000, 2000000};

struct Traffic {
    _Atomic int64_t begun, ended, bytes, duration_us;
    _Atomic int64_t by_class[CLASSES];
    _Atomic int64_t by_step[STEPS]; /* not cumulative; the last step of all is ended */
};

static void add(_Atomic int64_t *counter, int64_t value) {
    atomic_fetch_add_explicit(counter, value, memory_order_relaxed);
}

static int64_t get(const _Atomic int64_t *counter) {
    return atomic_load_explicit(counter, memory_order_relaxed);
}

Traffic *traffic_new(Arena *arena) { return ARENA_NEW(arena, Traffic); }

void traffic_begin(Traffic *traffic) { add(&traffic->begun, 1); }

void traffic_end(Traffic *traffic, int http_status, int64_t duration_ns, int64_t bytes) {
    int class = http_status / 100;
    add(&traffic->by_class[class < CLASSES ? class : 0], 1);
    add(&traffic->bytes, bytes);
    add(&traffic->duration_us, duration_ns / 1000);
    for (int i = 0; i < STEPS; i++)
        if (duration_ns <= steps_us[i] * 1000) {
            add(&traffic->by_step[i], 1);
            break;
        }
    atomic_fetch_add_explicit(&traffic->ended, 1, memory_order_release);
}

int64_t traffic_under_way(const Traffic *traffic) {
    int64_t ended = atomic_load_explicit(&traffic->ended, memory_order_acquire);
    return get(&traffic->begun) - ended;
}

void traffic_write(const Traffic *traffic, Buffer *out) {
    buffer_add(out, T("# TYPE http_requests_total counter\n"));
    for (int i = 1; i < CLASSES; i++)
        buffer_printf(out, "http_requests_total{class=\"%dxx\"} %lld\n", i,
                      (long long)get(&traffic->by_class[i]));
    buffer_printf(out, "# TYPE http_requests_given_up_total counter\n"
                       "http_requests_given_up_total %lld\n",
                  (long long)get(&traffic->by_class[0]));
    buffer_printf(out, "# TYPE http_requests_under_way gauge\nhttp_requests_under_way %lld\n",
                  (long long)traffic_under_way(traffic));
    buffer_printf(out, "# TYPE http_answer_bytes_total counter\nhttp_answer_bytes_total %lld\n",
                  (long long)get(&traffic->bytes));
    buffer_add(out, T("# TYPE http_request_seconds histogram\n"));
    int64_t below = 0;
    for (int i = 0; i < STEPS; i++) {
        below += get(&traffic->by_step[i]);
        buffer_printf(out, "http_request_seconds_bucket{le=\"%g\"} %lld\n",
                      (double)steps_us[i] / 1e6, (long long)below);
    }
    long long ended = (long long)get(&traffic->ended);
    buffer_printf(out, "http_request_seconds_bucket{le=\"+Inf\"} %lld\n", ended);
    buffer_printf(out, "http_request_seconds_sum %.6f\nhttp_request_seconds_count %lld\n",
                  (double)get(&traffic->duration_us) / 1e6, ended);
}
