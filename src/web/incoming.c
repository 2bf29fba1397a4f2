/* Reading events of strangers' form; the bytes are believed only once incoming_is_signed. */
#include "web/incoming.h"

#include <jansson.h>

#include "base/clock.h"
#include "crypto/hmac.h"
#include "web/params.h"

enum { FIELDS = 4 };

/* Beyond it seconds would be in the year 5138, and milliseconds are meant. */
static const int64_t seconds_max = 100000000000;

typedef struct Fields {
    Text names[FIELDS];  /* from, text, time, id */
    Text values[FIELDS]; /* NULL pointer: not there */
} Fields;

static void release_json(void *json) { json_decref(json); }

/* "Again" is no answer to who writes a field twice. */
static bool put(Fields *f, Text name, Text value) {
    for (int i = 0; i < FIELDS; i++) {
        if (!text_eq(f->names[i], name)) continue;
        if (f->values[i].ptr) return false;
        f->values[i] = value.ptr ? value : T("");
    }
    return true;
}

static bool read_json(Ctx *ctx, Text body, Fields *f) {
    json_t *root = json_loadb(body.ptr, body.len, JSON_REJECT_DUPLICATES, NULL);
    if (!root) return false;
    arena_defer(ctx->arena, release_json, root);
    const char *name;
    json_t *value;
    json_object_foreach(root, name, value) {
        Text text = TEXT_NONE;
        if (json_is_string(value))
            text = (Text){json_string_value(value), json_string_length(value)};
        else if (json_is_integer(value))
            text = arena_printf(ctx->arena, "%lld", (long long)json_integer_value(value));
        else
            continue;
        if (!put(f, text_of(name), text)) return false;
    }
    return json_is_object(root);
}

static bool read_form(Ctx *ctx, Text body, Fields *f) {
    Text rest = body, pair;
    while (rest.ptr && text_split(&rest, '&', &pair)) {
        size_t equals = text_find_byte(pair, '=');
        Text name, value;
        if (!params_percent_decode(ctx->arena, text_slice(pair, 0, equals), true, &name) ||
            !params_percent_decode(ctx->arena, text_slice(pair, equals + 1, pair.len), true,
                                   &value) ||
            !put(f, name, value))
            return false;
    }
    return true;
}

static bool two(Text t, size_t at, int *ret) {
    int64_t value;
    if (!text_to_int(text_slice(t, at, 2), &value) || value < 0) return false;
    *ret = (int)value;
    return true;
}

/* Behind the seconds: a fraction, then Z, +05:30, +0530 or nothing. */
static bool read_zone(Text t, int64_t usual_s, int64_t *ret_s) {
    if (t.len && t.ptr[0] == '.') {
        size_t at = 1;
        while (at < t.len && t.ptr[at] >= '0' && t.ptr[at] <= '9') at++;
        t = text_slice(t, at, t.len);
    }
    *ret_s = usual_s;
    if (!t.len) return true;
    *ret_s = 0;
    if (text_eq(t, T("Z"))) return true;
    int hours, minutes;
    bool colon = t.len == 6 && t.ptr[3] == ':';
    if ((t.ptr[0] != '+' && t.ptr[0] != '-') || (t.len != 5 && !colon)) return false;
    if (!two(t, 1, &hours) || !two(t, colon ? 4 : 3, &minutes)) return false;
    *ret_s = (t.ptr[0] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
    return hours <= 14 && minutes < 60;
}

/* "2026-11-22T10:00:00+05:30", "2026-11-22 10:00:00". */
static bool read_iso(Text t, int64_t usual_zone_s, int64_t *ret) {
    int64_t day, zone_s;
    int hour, minute, second;
    if (t.len < 19 || !clock_parse_day(text_slice(t, 0, 10), &day)) return false;
    if ((t.ptr[10] != 'T' && t.ptr[10] != ' ') || t.ptr[13] != ':' || t.ptr[16] != ':')
        return false;
    if (!two(t, 11, &hour) || !two(t, 14, &minute) || !two(t, 17, &second)) return false;
    if (hour > 23 || minute > 59 || second > 60) return false;
    if (!read_zone(text_slice(t, 19, t.len), usual_zone_s, &zone_s)) return false;
    *ret = day * CLOCK_DAY_S + hour * 3600 + minute * 60 + second - zone_s;
    return true;
}

static bool read_time(const Ctx *ctx, Text t, int64_t *ret) {
    t = text_trim(t);
    if (!text_to_int(t, ret)) return read_iso(t, ctx->org->zone_offset_s, ret);
    if (*ret > seconds_max) *ret /= 1000;
    return true;
}

Status incoming_read(Ctx *ctx, const PhoneWays *ways, Text body, Incoming *ret) {
    Fields f = {.names = {ways->field_from, ways->field_text, ways->field_time, ways->field_id}};
    Text start = text_trim(body);
    bool good = start.len && start.ptr[0] == '{' ? read_json(ctx, body, &f)
                                                 : read_form(ctx, body, &f);
    *ret = (Incoming){0};
    if (!good || !f.values[0].len || !f.values[3].len ||
        !read_time(ctx, f.values[2], &ret->at))
        return fail(ctx, INVALID, NULL, "incoming_form");
    ret->from = text_trim(f.values[0]);
    ret->is_call = !f.values[1].ptr;
    ret->text = ret->is_call ? T("") : f.values[1];
    ret->id = f.values[3];
    return OK;
}

bool incoming_is_signed(Text secret, Text body, Text given, Text signature) {
    if (!secret.len) return false;
    bool told = given.len == secret.len && secret_eq(given.ptr, secret.ptr, secret.len);
    return told || hmac_sha256_is(secret, body, signature);
}
