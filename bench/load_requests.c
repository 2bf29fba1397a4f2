/* Requests as bytes, and what is right about an answer. */
#include "load.h"

#include <strings.h>

enum { PATH_BYTES = 2400 };

struct LoadRequests {
    const LoadOptions *options;
    PeopleUnit *units;
    int unit_count;
    char **paths;
    int path_count;
    char head[400];
    long long now_s;
};

static void read_paths(LoadRequests *r) {
    FILE *in = fopen(r->options->paths, "r");
    char line[PATH_BYTES];
    while (in && fgets(line, sizeof line, in)) {
        line[strcspn(line, "\n")] = 0;
        r->paths = realloc(r->paths, sizeof *r->paths * (size_t)(r->path_count + 1));
        if (!r->paths || !(r->paths[r->path_count++] = strdup(line))) abort();
    }
    if (in) (void)fclose(in);
    if (r->path_count) return;
    (void)fprintf(stderr, "bench: no addresses in %s\n", r->options->paths);
    exit(3);
}

LoadRequests *load_requests_new(const LoadOptions *options) {
    LoadRequests *r = calloc(1, sizeof *r);
    if (!r) abort();
    r->options = options;
    r->now_s = (long long)time(NULL);
    if (options->units)
        r->units = people_units(options->units, &r->unit_count);
    else
        read_paths(r);
    int len = snprintf(r->head, sizeof r->head, "Host: 127.0.0.1:%d\r\n", options->port);
    if (options->token)
        (void)snprintf(r->head + len, sizeof r->head - (size_t)len,
                       "Authorization: Bearer %s\r\n", options->token);
    return r;
}

static int write_enrolment(LoadRequests *r, int64_t index, char *out, int room) {
    Person p;
    char body[512];
    people_make(r->options->seed, index, &p);
    int len = snprintf(body, sizeof body,
                       "{\"name\":\"%s\",\"phone\":\"%s\",\"unit\":\"%s\",\"settlement\":\"rural\","
                       "\"gender\":\"%s\",\"birth_year\":%d,"
                       "\"consent\":{\"notice\":\"1\",\"at\":%lld},"
                       "\"fee\":{\"method\":\"cash\",\"amount_paise\":%d}}",
                       p.name, p.phone, r->units[p.chance % (uint64_t)r->unit_count].code, p.gender,
                       p.birth_year, r->now_s, r->options->fee_paise);
    return snprintf(out, (size_t)room,
                    "POST /api/v1/members HTTP/1.1\r\n%sIdempotency-Key: %s\r\n"
                    "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
                    r->head, p.key, len, body);
}

int load_requests_write(LoadRequests *r, int64_t index, char *out, int room) {
    if (r->units) return write_enrolment(r, index, out, room);
    return snprintf(out, (size_t)room, "GET %s HTTP/1.1\r\n%s\r\n",
                    r->paths[index % r->path_count], r->head);
}

static const char *end_of_head(const char *bytes, int64_t len) {
    return memmem(bytes, (size_t)len, "\r\n\r\n", 4);
}

int64_t load_answer_length(const char *bytes, int64_t len) {
    const char *end = end_of_head(bytes, len);
    if (!end) return 0;
    const char *line = bytes;
    while ((line = memmem(line, (size_t)(end - line), "\r\n", 2))) {
        line += 2;
        if (strncasecmp(line, "content-length:", 15) != 0) continue;
        int64_t whole = end - bytes + 4 + strtoll(line + 15, NULL, 10);
        return whole <= len ? whole : 0;
    }
    return -1;
}

bool load_answer_is_right(const LoadOptions *options, const char *bytes, int64_t len) {
    if (len < 12 || strtol(bytes + 9, NULL, 10) != options->status) return false;
    const char *body = end_of_head(bytes, len);
    if (!options->expect) return true;
    return memmem(body, (size_t)(bytes + len - body), options->expect, strlen(options->expect));
}
