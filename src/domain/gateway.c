/* A gateway's settings, sealed in the store. */
#include "domain/gateway.h"

#include "base/clock.h"
#include "crypto/seal.h"
#include "domain/audit.h"
#include "domain/gateway_check.h"
#include "store/query.h"

enum { SEALED_FIELDS = 4 };
static const char *const sealed_names[SEALED_FIELDS] = {"url", "headers", "body", "secret"};
static const char *const lang_names[LANG_COUNT] = {[LANG_HI] = "hi", [LANG_EN] = "en"};
static const char *const kind_names[] = {
    [GATEWAY_NONE] = "none", [GATEWAY_LOG] = "log", [GATEWAY_HTTP] = "http"};

const GatewayPurpose gateway_purposes[GATEWAY_PURPOSES] = {
    {"code", true, false, false, 0},      {"guardian", true, false, true, 0},
    {"act", true, true, false, 0},        {"moved", false, false, false, 1},
    {"reminder", false, false, false, 2}, {"overdue", false, false, false, 2},
    {"rejected", false, false, false, 1}, {"notice", false, false, false, 1},
};

const GatewayPurpose *gateway_purpose(Text name) {
    for (int i = 0; i < GATEWAY_PURPOSES; i++)
        if (text_eq(name, text_of(gateway_purposes[i].name))) return &gateway_purposes[i];
    return NULL;
}

static Text row_name(Ctx *ctx) {
    return arena_printf(ctx->arena, "gateway/%lld", (long long)ctx->org->id);
}

static Text place_name(Ctx *ctx, int field) {
    return arena_printf(ctx->arena, "gateway/%lld/%s", (long long)ctx->org->id,
                        sealed_names[field]);
}

static void sealed_fields(Gateway *g, Text *ret[SEALED_FIELDS]) {
    Text *fields[SEALED_FIELDS] = {&g->url, &g->headers, &g->body, &g->secret};
    memcpy(ret, fields, sizeof fields);
}

static Status open_fields(Ctx *ctx, Gateway *g, Text wrapped, const Text *sealed) {
    MemberKey key;
    Text *fields[SEALED_FIELDS];
    sealed_fields(g, fields);
    bool good = seal_unwrap(&ctx->org->keys, row_name(ctx), wrapped, &key);
    for (int i = 0; i < SEALED_FIELDS; i++)
        good = good && seal_open(ctx->arena, &key, place_name(ctx, i), sealed[i], fields[i]);
    secret_wipe(&key, sizeof key);
    return good ? OK : fail_io(ctx, "store_damaged", "the gateway's settings do not open");
}

static Status read_templates(Ctx *ctx, Gateway *g) {
    Query *q = query_begin(ctx, Q_GATEWAY_TEMPLATE_LIST);
    query_int(q, "org", ctx->org->id);
    bool found;
    for (;;) {
        TRY(query_row(q, &found));
        if (!found || g->template_count == GATEWAY_TEMPLATES_MAX) break;
        GatewayTemplate *t = &g->templates[g->template_count++];
        t->purpose = query_column_text(q, 0);
        t->lang = text_eq(query_column_text(q, 1), T("hi")) ? LANG_HI : LANG_EN;
        t->id = query_column_text(q, 2);
        t->text = query_column_text(q, 3);
    }
    return query_done(q);
}

Status gateway_read(Ctx *ctx, Gateway *ret) {
    *ret = (Gateway){.kind = GATEWAY_NONE};
    Text wrapped = TEXT_NONE, sealed[SEALED_FIELDS] = {TEXT_NONE};
    Query *q = query_begin(ctx, Q_GATEWAY_READ);
    query_int(q, "org", ctx->org->id);
    bool found;
    TRY(query_row(q, &found));
    if (found) {
        ret->kind = text_eq(query_column_text(q, 0), T("log")) ? GATEWAY_LOG : GATEWAY_HTTP;
        ret->method = query_column_text(q, 1);
        ret->entity_id = query_column_text(q, 2);
        ret->header = query_column_text(q, 3);
        ret->success_text = query_column_text(q, 4);
        ret->timeout_ms = query_column_int(q, 5);
        ret->daily_cap = query_column_int(q, 6);
        wrapped = query_column_blob(q, 7);
        for (int i = 0; i < SEALED_FIELDS; i++) sealed[i] = query_column_blob(q, 8 + i);
    }
    TRY(query_done(q));
    if (!found) return OK;
    TRY(open_fields(ctx, ret, wrapped, sealed));
    return read_templates(ctx, ret);
}

static void no_null(Text *text) {
    if (!text->ptr) *text = T("");
}

static void no_nulls(Gateway *g) {
    Text *texts[] = {&g->method, &g->url,    &g->headers,     &g->body, &g->secret,
                     &g->entity_id, &g->header, &g->success_text};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) no_null(texts[i]);
    for (int i = 0; i < g->template_count; i++) {
        no_null(&g->templates[i].id);
        no_null(&g->templates[i].text);
    }
}

static Status put_row(Ctx *ctx, Gateway *g) {
    MemberKey key;
    Text *fields[SEALED_FIELDS];
    uint8_t wrapped[SEAL_WRAPPED_BYTES];
    sealed_fields(g, fields);
    seal_new_key(&ctx->org->keys, row_name(ctx), &key, wrapped);
    Query *q = query_begin(ctx, Q_GATEWAY_PUT);
    query_int(q, "org", ctx->org->id);
    query_text(q, "kind", text_of(kind_names[g->kind]));
    query_text(q, "method", g->method);
    query_text(q, "entity_id", g->entity_id);
    query_text(q, "header", g->header);
    query_text(q, "success_text", g->success_text);
    query_int(q, "timeout_ms", g->timeout_ms);
    query_int(q, "daily_cap", g->daily_cap);
    query_blob(q, "sealed_key", text_bytes(wrapped, sizeof wrapped));
    for (int i = 0; i < SEALED_FIELDS; i++)
        query_blob(q, sealed_names[i],
                   seal_value(ctx->arena, &key, place_name(ctx, i), *fields[i]));
    secret_wipe(&key, sizeof key);
    query_int(q, "now", ctx->now_s);
    return query_run(q);
}

static Status put_templates(Ctx *ctx, const Gateway *g) {
    Query *q = query_begin(ctx, Q_GATEWAY_TEMPLATE_CLEAR);
    query_int(q, "org", ctx->org->id);
    TRY(query_run(q));
    for (int i = 0; i < g->template_count; i++) {
        q = query_begin(ctx, Q_GATEWAY_TEMPLATE_INSERT);
        query_int(q, "org", ctx->org->id);
        query_text(q, "purpose", g->templates[i].purpose);
        query_text(q, "lang", text_of(lang_names[g->templates[i].lang]));
        query_text(q, "template", g->templates[i].id);
        query_text(q, "body", g->templates[i].text);
        TRY(query_run(q));
    }
    return OK;
}

Status gateway_write(Ctx *ctx, Gateway *gateway) {
    Gateway g = *gateway, before;
    if (!g.secret.ptr) {
        TRY(gateway_read(ctx, &before));
        g.secret = before.secret;
    }
    no_nulls(&g);
    TRY(gateway_check(ctx, &g));
    TRY(put_row(ctx, &g));
    TRY(put_templates(ctx, &g));
    Text subject = arena_printf(ctx->arena, "gateway:%lld", (long long)ctx->org->id);
    return audit_add(ctx, "gateway.set", subject, text_of(kind_names[g.kind]));
}

Status gateway_can_send(Ctx *ctx, bool *ret) {
    Gateway gateway;
    TRY(gateway_read(ctx, &gateway));
    *ret = gateway.kind == GATEWAY_HTTP || ctx->org->demo;
    return OK;
}

const GatewayTemplate *gateway_template(const Gateway *gateway, Text purpose, Lang lang) {
    const GatewayTemplate *other = NULL;
    for (int i = 0; i < gateway->template_count; i++) {
        const GatewayTemplate *t = &gateway->templates[i];
        if (!text_eq(t->purpose, purpose)) continue;
        if (t->lang == lang) return t;
        other = t;
    }
    return other;
}

Status gateway_used(Ctx *ctx, int64_t *ret) {
    Query *q = query_begin(ctx, Q_GATEWAY_USE_READ);
    query_int(q, "org", ctx->org->id);
    query_int(q, "day", organisation_day(ctx));
    return query_run_int(q, ret);
}

Status gateway_use(Ctx *ctx, int64_t day, int64_t count) {
    Query *q = query_begin(ctx, Q_GATEWAY_USE_ADD);
    query_int(q, "org", ctx->org->id);
    query_int(q, "day", day);
    query_int(q, "count", count);
    return query_run(q);
}
