/* The settings are few and read with each page of joining; the secret is opened only for those who
 * claim to know it. */
#include "domain/phone_way.h"

#include "crypto/seal.h"
#include "domain/audit.h"
#include "domain/gateway.h"
#include "domain/phone.h"
#include "store/query.h"

static Text row_name(Ctx *ctx) {
    return arena_printf(ctx->arena, "phone_way/%lld", (long long)ctx->org->id);
}

Status phone_way_read(Ctx *ctx, PhoneWays *ret) {
    *ret = (PhoneWays){.code_wanted = true,
                       .sms_number = T(""),
                       .call_number = T(""),
                       .keyword = T(""),
                       .field_from = T("from"),
                       .field_text = T("text"),
                       .field_time = T("time"),
                       .field_id = T("id")};
    Query *q = query_begin(ctx, Q_PHONE_WAY_READ);
    query_int(q, "org", ctx->org->id);
    bool found;
    TRY(query_row(q, &found));
    if (found) {
        Text *texts[] = {&ret->sms_number, &ret->call_number, &ret->keyword, &ret->field_from,
                         &ret->field_text, &ret->field_time,  &ret->field_id};
        ret->code_wanted = query_column_int(q, 0) == 1;
        ret->witness = query_column_int(q, 1) == 1;
        for (int i = 0; i < 7; i++) *texts[i] = query_column_text(q, 2 + i);
        ret->sealed_key = query_column_blob(q, 9);
        ret->sealed_secret = query_column_blob(q, 10);
    }
    TRY(query_done(q));
    if (!ret->code_wanted) return OK;
    return gateway_can_send(ctx, &ret->code);
}

bool phone_way_any(const PhoneWays *ways) {
    return ways->code || ways->sms_number.len || ways->call_number.len;
}

Status phone_way_secret(Ctx *ctx, const PhoneWays *ways, Text *ret) {
    *ret = T("");
    if (!ways->sealed_secret.len) return OK;
    bool good = seal_row_open(ctx->arena, &ctx->org->keys, row_name(ctx), ways->sealed_key,
                              ways->sealed_secret, ret);
    return good ? OK : fail_io(ctx, "store_damaged", "the secret of incoming SMS does not open");
}

static bool is_short_number(Text number) {
    if (number.len < 3 || number.len > 8) return false;
    for (size_t i = 0; i < number.len; i++)
        if (number.ptr[i] < '0' || number.ptr[i] > '9') return false;
    return true;
}

static bool is_plain(Text word, size_t most, const char *signs) {
    if (word.len > most) return false;
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!letter && !strchr(signs, c)) return false;
    }
    return true;
}

static void check_number(Ctx *ctx, const char *field, Text *number, bool may_be_short) {
    if (!number->len || (may_be_short && is_short_number(*number))) return;
    Status recorded = phone_parse(ctx, field, *number, number);
    (void)recorded;
}

static Status check(Ctx *ctx, PhoneWays *w, Text secret) {
    check_number(ctx, "sms-number", &w->sms_number, true);
    check_number(ctx, "call-number", &w->call_number, false);
    if (!is_plain(w->keyword, PHONE_WAY_KEYWORD_BYTES, ""))
        (void)fail(ctx, INVALID, "keyword", "phone_way_keyword");
    const Text fields[] = {w->field_from, w->field_text, w->field_time, w->field_id};
    static const char *const names[] = {"field-from", "field-text", "field-time", "field-id"};
    for (int i = 0; i < 4; i++)
        if (!fields[i].len || !is_plain(fields[i], PHONE_WAY_FIELD_BYTES, "_-."))
            (void)fail(ctx, INVALID, names[i], "phone_way_field");
    bool incoming = w->sms_number.len || w->call_number.len;
    if (incoming && (secret.len < PHONE_WAY_SECRET_MIN || secret.len > PHONE_WAY_SECRET_MAX))
        (void)fail(ctx, INVALID, "secret-file", "phone_way_secret");
    if (!incoming && !w->code) (void)fail(ctx, INVALID, "code", "phone_way_none");
    return ctx->error_count ? INVALID : OK;
}

static Status put(Ctx *ctx, const PhoneWays *w, Text secret) {
    Text wrapped;
    Text sealed = seal_row(ctx->arena, &ctx->org->keys, row_name(ctx), secret, &wrapped);
    Query *q = query_begin(ctx, Q_PHONE_WAY_PUT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "code", w->code);
    query_int(q, "witness", w->witness);
    query_text(q, "sms_number", w->sms_number);
    query_text(q, "call_number", w->call_number);
    query_text(q, "keyword", w->keyword);
    query_text(q, "field_from", w->field_from);
    query_text(q, "field_text", w->field_text);
    query_text(q, "field_time", w->field_time);
    query_text(q, "field_id", w->field_id);
    query_blob(q, "sealed_key", wrapped);
    query_blob(q, "secret", sealed);
    return query_run(q);
}

Status phone_way_set(Ctx *ctx, const PhoneWays *ways, Text secret) {
    PhoneWays w = *ways, before;
    TRY(phone_way_read(ctx, &before));
    if (!secret.ptr) TRY(phone_way_secret(ctx, &before, &secret));
    TRY(check(ctx, &w, secret));
    TRY(put(ctx, &w, secret));
    Text detail = arena_printf(ctx->arena, "code %d, sms %d, call %d, witness %d", w.code,
                               w.sms_number.len > 0, w.call_number.len > 0, w.witness);
    return audit_add(ctx, "phone.ways", T("organisation"), detail);
}

bool phone_way_confirms(Text proof) {
    return text_eq(proof, T("code")) || text_eq(proof, T("sms_in")) ||
           text_eq(proof, T("missed_call"));
}
