/* Flattens the shipped tables into one list of rows, which then goes in chunk by chunk. */
#include "domain/geography.h"

#include <assert.h>

#include "domain/dataset.h"
#include "domain/organisation.h"
#include "domain/place.h"
#include "store/query.h"

typedef enum RowWhat { ROW_UNIT, ROW_PIN, ROW_NAME } RowWhat;

struct GeographyRow {
    RowWhat what;
    const char *kind;
    Text code;   /* of the unit; of a pin or name: the unit's that is meant */
    Text parent; /* code, of units only */
    Text name_en, name_hi, reference;
    int64_t pin, place, offices;
};

/* Rows over all the shipped tables together, with room to grow. */
enum { ROWS_MAX = 65536 };

int geography_kinds(Text preset, UnitKind ret[UNIT_KINDS_MAX]) {
    const UnitKind community[] = {
        {T("nation"), 0, T("Nation"), T("राष्ट्र"), true},
        {T("state"), 1, T("State"), T("राज्य"), true},
        {T("district"), 2, T("District"), T("ज़िला"), true},
    };
    const UnitKind party[] = {
        {T("nation"), 0, T("Nation"), T("राष्ट्र"), true},
        {T("state"), 1, T("State"), T("राज्य"), true},
        {T("pc"), 2, T("Lok Sabha constituency"), T("लोकसभा क्षेत्र"), true},
        {T("ac"), 3, T("Assembly constituency"), T("विधानसभा क्षेत्र"), true},
        {T("booth"), 4, T("Booth"), T("बूथ"), false},
    };
    if (text_eq(preset, T("community"))) {
        memcpy(ret, community, sizeof community);
        return sizeof community / sizeof *community;
    }
    if (!text_eq(preset, T("party"))) return 0;
    memcpy(ret, party, sizeof party);
    return sizeof party / sizeof *party;
}

static void add(GeographyLoad *load, GeographyRow row) {
    assert(load->total < ROWS_MAX);
    load->rows[load->total++] = row;
}

/* A name for the place search, beside the unit or alone. */
static void add_name(GeographyLoad *load, const char *kind, Text code, Text name_en,
                     Text name_hi) {
    add(load, (GeographyRow){.what = ROW_NAME, .kind = kind, .code = code, .name_en = name_en,
                             .name_hi = name_hi});
}

static void add_states(Ctx *ctx, GeographyLoad *load) {
    Dataset states = dataset_open(ctx, T("data/geography/states.csv"));
    Text f[DATASET_FIELDS_MAX];
    while (dataset_next(&states, f, 8)) {
        add(load, (GeographyRow){.what = ROW_UNIT, .kind = "state", .code = f[0],
                                 .parent = T("IN"), .name_en = f[2], .name_hi = f[3],
                                 .reference = f[1]});
        add_name(load, "state", f[0], f[2], f[3]);
    }
}

typedef struct DistrictCodes {
    Text by_lgd[1000]; /* LGD district codes have at most three digits */
} DistrictCodes;

static Text district_code(const DistrictCodes *codes, Text lgd) {
    int64_t number;
    if (!text_to_int(lgd, &number) || number < 0 || number > 999) return TEXT_NONE;
    return codes->by_lgd[number];
}

static void add_districts(Ctx *ctx, GeographyLoad *load, bool as_units, DistrictCodes *codes) {
    Dataset districts = dataset_open(ctx, T("data/geography/districts.csv"));
    Text f[DATASET_FIELDS_MAX];
    while (dataset_next(&districts, f, 5)) {
        int64_t number;
        bool good = text_to_int(f[0], &number) && number >= 0 && number <= 999;
        assert(good);
        if (!good) continue;
        Text code = arena_printf(ctx->arena, "%.*s-%.*s", TEXT_ARG(f[1]), TEXT_ARG(f[0]));
        codes->by_lgd[number] = code;
        if (as_units)
            add(load, (GeographyRow){.what = ROW_UNIT, .kind = "district", .code = code,
                                     .parent = f[1], .name_en = f[2], .name_hi = f[3],
                                     .reference = f[0]});
        add_name(load, "district", code, f[2], f[3]);
    }
}

/* The table is sorted by state and assembly constituency, so a parliamentary one is added where
 * its number is first seen in the state. */
static void add_constituencies(Ctx *ctx, GeographyLoad *load) {
    enum { PC_MAX = 100 }; /* most in one state: 80 */
    Dataset rows = dataset_open(ctx, T("data/geography/assembly_constituencies.csv"));
    Text f[DATASET_FIELDS_MAX], state = TEXT_NONE;
    bool seen[PC_MAX] = {false};
    while (dataset_next(&rows, f, 7)) {
        if (!text_eq(state, f[0])) memset(seen, 0, sizeof seen);
        state = f[0];
        int64_t pc;
        bool good = text_to_int(f[1], &pc) && pc >= 0 && pc < PC_MAX;
        assert(good);
        if (!good) continue;
        Text pc_code = arena_printf(ctx->arena, "%.*s-PC%.*s", TEXT_ARG(state), TEXT_ARG(f[1]));
        if (!seen[pc])
            add(load, (GeographyRow){.what = ROW_UNIT, .kind = "pc", .code = pc_code,
                                     .parent = state, .name_en = f[2], .reference = f[1]});
        seen[pc] = true;
        Text code = arena_printf(ctx->arena, "%.*s-AC%.*s", TEXT_ARG(state), TEXT_ARG(f[3]));
        add(load, (GeographyRow){.what = ROW_UNIT, .kind = "ac", .code = code, .parent = pc_code,
                                 .name_en = f[4], .reference = f[3]});
        add_name(load, "ac", code, f[4], TEXT_NONE);
    }
}

static void add_pins(Ctx *ctx, GeographyLoad *load, const DistrictCodes *codes) {
    Dataset pins = dataset_open(ctx, T("data/geography/pin_district.csv.gz"));
    Text f[DATASET_FIELDS_MAX];
    int64_t before = 0, place = 0;
    while (dataset_next(&pins, f, 3)) {
        GeographyRow row = {.what = ROW_PIN, .code = district_code(codes, f[1])};
        if (!row.code.len || !text_to_int(f[0], &row.pin) || !text_to_int(f[2], &row.offices))
            continue;
        place = row.pin == before ? place + 1 : 0;
        before = row.pin;
        row.place = place;
        add(load, row);
    }
}

static void add_towns(Ctx *ctx, GeographyLoad *load, const DistrictCodes *codes) {
    Dataset towns = dataset_open(ctx, T("data/geography/towns.tsv.gz"));
    Text f[DATASET_FIELDS_MAX];
    while (dataset_next(&towns, f, 5)) {
        const char *kind = text_eq(f[2], T("ulb"))     ? "urban"
                           : text_eq(f[2], T("block")) ? "block"
                                                       : "subdistrict";
        Text code = district_code(codes, f[3]);
        add_name(load, kind, code.len ? code : f[4], f[0], f[1]);
    }
}

static bool same_place(const GeographyRow *a, const GeographyRow *b) {
    return text_eq(a->name_en, b->name_en) &&
           text_eq(text_slice(a->code, 0, 2), text_slice(b->code, 0, 2));
}

/* The Election Commission's table has no Hindi: a constituency named like a district or town of its
 * state gets the name of that; the others stay without, as a guess at an official name would be
 * worse. */
static void borrow_hindi(Ctx *ctx, GeographyLoad *load) {
    const GeographyRow **named = ARENA_ARRAY(ctx->arena, const GeographyRow *, load->total);
    int64_t count = 0;
    for (int64_t i = 0; i < load->total; i++)
        if (load->rows[i].what == ROW_NAME && load->rows[i].name_hi.len)
            named[count++] = &load->rows[i];
    for (int64_t i = 0; i < load->total; i++) {
        GeographyRow *row = &load->rows[i];
        if (row->what == ROW_PIN || row->name_hi.len) continue;
        if (strcmp(row->kind, "pc") != 0 && strcmp(row->kind, "ac") != 0) continue;
        int64_t at = 0;
        while (at < count && !same_place(named[at], row)) at++;
        if (at < count) row->name_hi = named[at]->name_hi;
    }
}

void geography_begin(Ctx *ctx, Text preset, GeographyLoad *ret) {
    *ret = (GeographyLoad){.rows = ARENA_ARRAY(ctx->arena, GeographyRow, ROWS_MAX)};
    bool party = text_eq(preset, T("party"));
    DistrictCodes *codes = ARENA_NEW(ctx->arena, DistrictCodes);
    add_states(ctx, ret);
    add_districts(ctx, ret, !party, codes);
    if (party) add_constituencies(ctx, ret);
    add_pins(ctx, ret, codes);
    add_towns(ctx, ret, codes);
    if (party) borrow_hindi(ctx, ret);
}

/* What one chunk knows while it runs. */
typedef struct Chunk {
    int64_t last_id;
    Unit parent; /* of the row before: rows of one parent stand together */
} Chunk;

static Status write_unit(Ctx *ctx, Chunk *chunk, const GeographyRow *row) {
    Unit unit;
    bool found;
    TRY(unit_find(ctx, row->code, &unit, &found));
    if (found) return OK;
    if (!text_eq(chunk->parent.code, row->parent))
        TRY(unit_by_code(ctx, row->parent, &chunk->parent));
    if (!chunk->last_id) TRY(unit_last_id(ctx, &chunk->last_id));
    unit = (Unit){.id = ++chunk->last_id, .code = row->code, .kind = text_of(row->kind),
                  .name_en = row->name_en, .name_hi = row->name_hi,
                  .reference = row->reference};
    return unit_insert(ctx, &chunk->parent, &unit);
}

static Status write_pin(Ctx *ctx, const GeographyRow *row) {
    Query *q = query_begin(ctx, Q_PIN_PLACE_INSERT);
    query_int(q, "pin", row->pin);
    query_int(q, "place", row->place);
    query_text(q, "district", row->code);
    query_int(q, "offices", row->offices);
    return query_run(q);
}

Status geography_chunk_apply(Ctx *ctx, void *argument) {
    const GeographyLoad *load = argument;
    int64_t end = load->done + GEOGRAPHY_CHUNK_ROWS;
    if (end > load->total) end = load->total;
    Chunk chunk = {0};
    for (int64_t i = load->done; i < end; i++) {
        const GeographyRow *row = &load->rows[i];
        if (row->what == ROW_UNIT) TRY(write_unit(ctx, &chunk, row));
        if (row->what == ROW_PIN) TRY(write_pin(ctx, row));
        if (row->what == ROW_NAME)
            TRY(place_name_add(ctx, text_of(row->kind), row->code, row->name_en, row->name_hi,
                               i));
    }
    return OK;
}

void geography_chunk_committed(GeographyLoad *load) {
    load->done += GEOGRAPHY_CHUNK_ROWS;
    if (load->done > load->total) load->done = load->total;
}
