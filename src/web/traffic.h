/* What the server did, in numbers, for /metrics. Never about whom. */
#ifndef WEB_TRAFFIC_H
#define WEB_TRAFFIC_H

#include "base/buffer.h"

typedef struct Traffic Traffic;

Traffic *traffic_new(Arena *arena);
void traffic_begin(Traffic *traffic);
/* One answered (or given up: http_status 0) exchange. */
void traffic_end(Traffic *traffic, int http_status, int64_t duration_ns, int64_t bytes);
/* Exchanges that were begun and have not ended. */
int64_t traffic_under_way(const Traffic *traffic);
/* Prometheus text format 0.0.4. */
void traffic_write(const Traffic *traffic, Buffer *out);

#endif
