/* Common names in two scripts, and numbers that never meet. */
#include "people.h"

static const char *const given[] = {
    "Asha", "Ramesh", "Sunita", "Mohan", "Lakshmi", "Imran", "Farida", "Gurpreet", "Anita", "Vijay",
    "आशा", "रमेश", "सुनीता", "मोहन", "लक्ष्मी", "इमरान", "फ़रीदा", "गुरप्रीत", "अनीता", "विजय",
};
static const char *const family[] = {
    "Devi", "Kumar", "Verma", "Yadav", "Patel", "Khan", "Begum", "Singh", "Das", "Rao",
    "देवी", "कुमार", "वर्मा", "यादव", "पटेल", "ख़ान", "बेगम", "सिंह", "दास", "राव",
};
enum { NAMES_A_SCRIPT = 10, LINE_MAX_BYTES = 256 };

/* The finaliser of splitmix64 (Steele, Lea, Flood 2014): one to one, so numbers never meet. */
static uint64_t mix(uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

void people_make(uint64_t seed, int64_t index, Person *ret) {
    uint64_t chance = mix(seed * 0x9e3779b97f4a7c15u + (uint64_t)index);
    int script = chance & 1 ? NAMES_A_SCRIPT : 0;
    (void)snprintf(ret->name, sizeof ret->name, "%s %s",
                   given[script + (int)(chance >> 8) % NAMES_A_SCRIPT],
                   family[script + (int)(chance >> 16 & 0xffff) % NAMES_A_SCRIPT]);
    (void)snprintf(ret->phone, sizeof ret->phone, "+999%03u%09lld", (unsigned)(seed % 1000),
                   (long long)index);
    (void)snprintf(ret->key, sizeof ret->key, "bench-%016llx-%08llx", (unsigned long long)seed,
                   (unsigned long long)index);
    (void)snprintf(ret->gender, sizeof ret->gender, "%s", chance & 2 ? "f" : "m");
    ret->birth_year = 1950 + (int)(chance >> 32 & 0xff) % 50;
    ret->chance = mix(chance);
}

static void give_up(const char *what, const char *file) {
    (void)fprintf(stderr, "bench: %s: %s\n", what, file);
    exit(3);
}

static bool read_unit(char *line, PeopleUnit *ret) {
    int at = 0;
    if (sscanf(line, "%39s %*d %n", ret->code, &at) != 1 || at == 0) return false;
    char *rest = line + at;
    for (ret->depth = 0; ret->depth < PEOPLE_PATH_MAX; rest++) {
        char *end;
        ret->path[ret->depth] = strtoll(rest, &end, 10);
        if (end == rest) return false;
        ret->depth++;
        rest = end;
        if (*rest != '/') return true;
    }
    return false;
}

PeopleUnit *people_units(const char *file, int *ret_count) {
    FILE *in = fopen(file, "r");
    if (!in) give_up("the list of units cannot be read", file);
    PeopleUnit *units = NULL;
    char line[LINE_MAX_BYTES];
    int count = 0;
    while (fgets(line, sizeof line, in)) {
        units = realloc(units, sizeof *units * (size_t)(count + 1));
        if (!units) abort();
        if (!read_unit(line, &units[count++])) give_up("a line is not \"CODE ID PATH\"", file);
    }
    (void)fclose(in);
    if (!count) give_up("the list of units is empty", file);
    *ret_count = count;
    return units;
}

int64_t people_now_ns(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}
