/* Picking by weight from the shipped lists, with splitmix64 (Sebastiano Vigna, public domain
 * algorithm): each person has a generator of their own, seeded with seed and number. */
#include "domain/demo.h"

#include <assert.h>
#include <math.h>

#include "base/clock.h"
#include "domain/dataset.h"

enum { NAMES_MAX = 600, STATES_MAX = 40, PLACES_MAX = 5000, LAST_BIRTH_YEAR = 2007 };

typedef struct Name {
    Text latin, devanagari;
    Text group;      /* gender of a given name, region of a surname */
    int64_t weight;  /* of a surname */
    bool of_muslims;
} Name;

typedef struct Spot {
    Text code;
    int state;
    int64_t weight;
} Spot;

typedef struct State {
    Text code;
    int64_t weight, spots_weight;
    const char *region;
} State;

struct Demo {
    uint64_t seed;
    int64_t total, now_s;
    Name given[NAMES_MAX], surnames[NAMES_MAX];
    int given_count, surname_count;
    State states[STATES_MAX];
    int state_count;
    int64_t states_weight;
    Spot spots[PLACES_MAX];
    int spot_count;
};

static uint64_t next(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static int64_t below(uint64_t *state, int64_t limit) {
    return (int64_t)(next(state) % (uint64_t)limit);
}

static bool chance(uint64_t *state, int percent) { return below(state, 100) < percent; }

static bool listed(Text name, const char *const *list) {
    for (; *list; list++)
        if (text_eq(name, text_of(*list))) return true;
    return false;
}

static const char *const muslim_names[] = {
    "Aamir", "Aarif", "Abbas", "Abdullah", "Adnan", "Aftab", "Ahmad", "Alam", "Ali", "Amjad",
    "Ansari", "Arman", "Arshad", "Ashfaq", "Ashraf", "Bano", "Bashir", "Begum", "Faiyaz",
    "Fareed", "Fareeda", "Farhan", "Farooq", "Fatima", "Firoza", "Habiba", "Hasan", "Hussain",
    "Ibrahim", "Idris", "Imran", "Irfan", "Islam", "Jamal", "Khadeeja", "Khalid", "Khan",
    "Khatoon", "Mansoori", "Mir", "Mustafa", "Nabeel", "Nadeem", "Nazia", "Pathan", "Qureshi",
    "Rahman", "Rehan", "Rehman", "Saba", "Saeed", "Safia", "Salim", "Salman", "Shabana",
    "Shaheen", "Sheikh", "Siddiqui", "Tabassum", "Tariq", "Umar", "Zakir", NULL};
static const char *const women_only[] = {"Bano", "Begum", "Devi", "Kaur", "Khatoon", "Kumari",
                                         NULL};
static const char *const men_only[] = {"Babu", "Kumar", "Lal", "Prasad", "Ram", NULL};

static void read_names(Ctx *ctx, Demo *demo) {
    Text f[DATASET_FIELDS_MAX];
    Dataset given = dataset_open(ctx, T("data/names/given_names.tsv"));
    while (demo->given_count < NAMES_MAX && dataset_next(&given, f, 3))
        demo->given[demo->given_count++] = (Name){f[0], f[1], f[2], 1, listed(f[0], muslim_names)};
    Dataset surnames = dataset_open(ctx, T("data/names/surnames.tsv"));
    while (demo->surname_count < NAMES_MAX && dataset_next(&surnames, f, 4)) {
        Name name = {f[0], f[1], f[2], 0, listed(f[0], muslim_names)};
        if (text_to_int(f[3], &name.weight))
            demo->surnames[demo->surname_count++] = name;
    }
}

/* Region of surnames.tsv by state; what is not listed is north. */
static const char *region_of(Text state) {
    static const char *const south[] = {"AP", "KA", "KL", "LD", "PY", "TN", "TS", NULL};
    static const char *const west[] = {"DH", "GA", "GJ", "MH", NULL};
    static const char *const east[] = {"AN", "BR", "JH", "OD", "WB", NULL};
    static const char *const north_east[] = {"AR", "AS", "ML", "MN", "MZ", "NL", "SK", "TR", NULL};
    return listed(state, south) ? "S"
           : listed(state, west) ? "W"
           : listed(state, east) ? "E"
           : listed(state, north_east) ? "NE" : "N";
}

static void read_states(Ctx *ctx, Demo *demo) {
    Text f[DATASET_FIELDS_MAX];
    Dataset states = dataset_open(ctx, T("data/geography/states.csv"));
    while (demo->state_count < STATES_MAX && dataset_next(&states, f, 8)) {
        State state = {.code = f[0], .region = region_of(f[0])};
        if (!text_to_int(f[7], &state.weight)) continue;
        demo->states_weight += state.weight;
        demo->states[demo->state_count++] = state;
    }
}

static void add_spot(Demo *demo, Text state_code, Text code, int64_t weight) {
    for (int i = 0; i < demo->state_count; i++) {
        if (!text_eq(demo->states[i].code, state_code)) continue;
        assert(demo->spot_count < PLACES_MAX);
        demo->states[i].spots_weight += weight;
        demo->spots[demo->spot_count++] = (Spot){code, i, weight};
        return;
    }
}

/* Post offices of a district stand for its people, as districts have no census figure here. */
static void read_districts(Ctx *ctx, Demo *demo) {
    enum { LGD_MAX = 1000, LEAST_OFFICES = 5 };
    int64_t *offices = ARENA_ARRAY(ctx->arena, int64_t, LGD_MAX), lgd, count;
    Text f[DATASET_FIELDS_MAX];
    Dataset pins = dataset_open(ctx, T("data/geography/pin_district.csv.gz"));
    while (dataset_next(&pins, f, 3))
        if (text_to_int(f[1], &lgd) && lgd >= 0 && lgd < LGD_MAX && text_to_int(f[2], &count))
            offices[lgd] += count;
    Dataset districts = dataset_open(ctx, T("data/geography/districts.csv"));
    while (dataset_next(&districts, f, 5))
        if (text_to_int(f[0], &lgd) && lgd >= 0 && lgd < LGD_MAX)
            add_spot(demo, f[1],
                     arena_printf(ctx->arena, "%.*s-%.*s", TEXT_ARG(f[1]), TEXT_ARG(f[0])),
                     offices[lgd] + LEAST_OFFICES);
}

static void read_constituencies(Ctx *ctx, Demo *demo) {
    Text f[DATASET_FIELDS_MAX];
    Dataset rows = dataset_open(ctx, T("data/geography/assembly_constituencies.csv"));
    while (dataset_next(&rows, f, 7)) {
        int64_t electors;
        if (!text_to_int(f[6], &electors)) electors = 1;
        add_spot(demo, f[0],
                 arena_printf(ctx->arena, "%.*s-AC%.*s", TEXT_ARG(f[0]), TEXT_ARG(f[3])),
                 electors);
    }
}

Demo *demo_open(Ctx *ctx, uint64_t seed, int64_t total, Text preset) {
    assert(total >= 0 && total <= DEMO_MEMBERS_MAX);
    Demo *demo = ARENA_NEW(ctx->arena, Demo);
    demo->seed = seed;
    demo->total = total;
    demo->now_s = ctx->now_s;
    read_names(ctx, demo);
    read_states(ctx, demo);
    if (text_eq(preset, T("party"))) read_constituencies(ctx, demo);
    else read_districts(ctx, demo);
    return demo;
}

/* What members of one household have in common. */
typedef struct Home {
    const Spot *spot;
    const State *state;
    const Name *surname;
    bool woman; /* whom the surname was picked for */
    Text settlement;
} Home;

/* Different uses of one person number must not share a generator. */
static uint64_t generator(const Demo *demo, int64_t index, uint64_t use) {
    uint64_t state = demo->seed * 0xD1342543DE82EF95u + (uint64_t)index * 4 + use;
    (void)next(&state);
    return next(&state);
}

static const Spot *pick_spot(const Demo *demo, uint64_t *random) {
    int64_t at = below(random, demo->states_weight);
    int state = 0;
    while (state + 1 < demo->state_count && at >= demo->states[state].weight)
        at -= demo->states[state++].weight;
    at = below(random, demo->states[state].spots_weight);
    const Spot *last = demo->spots;
    for (int i = 0; i < demo->spot_count; i++) {
        if (demo->spots[i].state != state) continue;
        last = &demo->spots[i];
        if (at < last->weight) break;
        at -= last->weight;
    }
    return last;
}

static int64_t surname_weight(const Name *name, const char *region, bool woman) {
    if (listed(name->latin, woman ? men_only : women_only)) return 0;
    bool here = text_eq(name->group, text_of(region)), all = text_eq(name->group, T("all"));
    return here ? name->weight : all ? (name->weight + 3) / 4 : 0;
}

static const Name *pick_surname(const Demo *demo, const char *region, bool woman,
                                uint64_t *random) {
    int64_t sum = 0;
    for (int i = 0; i < demo->surname_count; i++)
        sum += surname_weight(&demo->surnames[i], region, woman);
    int64_t at = below(random, sum);
    const Name *last = demo->surnames;
    for (int i = 0; i < demo->surname_count; i++) {
        int64_t weight = surname_weight(&demo->surnames[i], region, woman);
        if (!weight) continue;
        last = &demo->surnames[i];
        if (at < weight) break;
        at -= weight;
    }
    return last;
}

static Home home_of(const Demo *demo, int64_t index) {
    uint64_t random = generator(demo, index, 0);
    Home home = {.woman = chance(&random, 47)};
    home.spot = pick_spot(demo, &random);
    home.state = &demo->states[home.spot->state];
    home.surname = pick_surname(demo, home.state->region, home.woman, &random);
    int64_t settlement = below(&random, 100);
    home.settlement = settlement < 64 ? T("rural") : settlement < 98 ? T("urban") : T("");
    return home;
}

static const Name *pick_given(const Demo *demo, bool woman, bool muslim, uint64_t *random) {
    int fitting[NAMES_MAX], count = 0;
    for (int i = 0; i < demo->given_count; i++) {
        Text gender = demo->given[i].group;
        bool fits = text_eq(gender, T("u")) || text_eq(gender, woman ? T("f") : T("m"));
        if (fits && demo->given[i].of_muslims == muslim) fitting[count++] = i;
    }
    return &demo->given[fitting[below(random, count)]];
}

static void name_person(const Demo *demo, Arena *arena, const Home *home, bool woman,
                        uint64_t *random, DemoPerson *ret) {
    const Name *given = pick_given(demo, woman, home->surname->of_muslims, random);
    bool alone = chance(random, 3);
    bool middle = !alone && !home->surname->of_muslims && chance(random, 14);
    Text middle_en = !middle ? T("") : woman ? T(" Devi") : T(" Kumar");
    Text middle_hi = !middle ? T("") : woman ? T(" देवी") : T(" कुमार");
    if (text_eq(home->surname->latin, text_slice(middle_en, 1, 20))) middle_en = middle_hi = T("");
    Text latin = alone ? given->latin
                       : arena_printf(arena, "%.*s%.*s %.*s", TEXT_ARG(given->latin),
                                      TEXT_ARG(middle_en), TEXT_ARG(home->surname->latin));
    Text devanagari = alone ? given->devanagari
                            : arena_printf(arena, "%.*s%.*s %.*s", TEXT_ARG(given->devanagari),
                                           TEXT_ARG(middle_hi),
                                           TEXT_ARG(home->surname->devanagari));
    const char *region = home->state->region;
    bool hindi = chance(random, *region == 'N' && !region[1] ? 55 : *region == 'W' ? 30 : 5);
    ret->name = hindi ? devanagari : latin;
    ret->name_alt = hindi ? latin : devanagari;
}

/* Ten digits of nobody behind +999: distinct for distinct numbers, as 7 ⋅ 10⁸ + 1 is odd and not
 * divisible by 5. */
static Text phone_number(const Demo *demo, Arena *arena, int64_t index) {
    uint64_t digits = (demo->seed % 1000003 * 7919 + (uint64_t)index * 700000001) % 10000000000;
    return arena_printf(arena, "+999%010llu", (unsigned long long)digits);
}

static void give_phone(const Demo *demo, Arena *arena, int64_t index, bool shared,
                       uint64_t *random, DemoPerson *ret) {
    bool none = !shared && chance(random, 6);
    ret->phone = none ? T("") : phone_number(demo, arena, shared ? index - 1 : index);
    ret->phone_of = none ? T("") : shared ? T("household") : T("self");
    ret->phone_proved = !none && chance(random, 72);
}

/* Joins grow evenly from 0.3 to 1.7 of the mean a day: F(t) = 0.3 t + 0.7 t², turned round. */
static int64_t join_time(const Demo *demo, int64_t index, uint64_t *random) {
    double share = ((double)index + 0.5) / (double)demo->total;
    double t = (-0.3 + sqrt(0.09 + 2.8 * share)) / 1.4;
    int64_t today = clock_day(demo->now_s, CLOCK_INDIA_OFFSET_S);
    int64_t day = today - DEMO_DAYS + 1 + (int64_t)(t * DEMO_DAYS);
    if (day > today) day = today;
    int64_t midnight = day * CLOCK_DAY_S - CLOCK_INDIA_OFFSET_S;
    int64_t at = midnight + 7 * 3600 + below(random, 7 * 3600) + below(random, 7 * 3600);
    if (at < demo->now_s) return at;
    int64_t so_far = demo->now_s - midnight;
    return midnight + (so_far > 0 ? below(random, so_far) : 0);
}

static void decide_fate(const Demo *demo, uint64_t *random, DemoPerson *ret) {
    int64_t at = below(random, 100);
    ret->fate = at < 6 ? DEMO_PROVISIONAL : at < 8 ? DEMO_SUSPENDED
                : at < 10 ? DEMO_ENDED : DEMO_CONFIRMED;
    ret->paid_cash = chance(random, 60);
    int64_t since = demo->now_s - ret->joined_at;
    ret->fate_at = ret->joined_at + (since > 1 ? 1 + below(random, since) : 0);
}

void demo_person(const Demo *demo, Arena *arena, int64_t index, DemoPerson *ret) {
    assert(index >= 0 && index < demo->total);
    uint64_t random = generator(demo, index, 1);
    bool shared = index > 0 && chance(&random, 7);
    Home home = home_of(demo, shared ? index - 1 : index);
    bool woman = shared ? !home.woman : home.woman;
    /* The other one in the house may not bear a name of one gender alone. */
    if (shared && listed(home.surname->latin, home.woman ? women_only : men_only))
        home.surname = pick_surname(demo, home.state->region, woman, &random);
    *ret = (DemoPerson){.unit_code = home.spot->code, .settlement = home.settlement};
    int64_t gender = below(&random, 1000);
    ret->gender = gender < 3 ? T("x") : gender < 5 ? T("n") : woman ? T("f") : T("m");
    name_person(demo, arena, &home, woman, &random, ret);
    double age = 60.0 * (1.0 - sqrt(1.0 - (double)below(&random, 10000) / 10000.0));
    ret->birth_year = LAST_BIRTH_YEAR - (int64_t)age;
    give_phone(demo, arena, index, shared, &random, ret);
    ret->joined_at = join_time(demo, index, &random);
    decide_fate(demo, &random, ret);
}
