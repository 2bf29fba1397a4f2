/* JSON in and out of a gateway's settings. */
#include "cli/gateway_file.h"

#include <jansson.h>

#include "base/buffer.h"
#include "render/messages.h"

typedef struct OwnWords {
    const char *purpose, *words;
} OwnWords;
static const OwnWords own_words[] = {
    {"code", "sms_code_text"},   {"guardian", "sms_guardian_text"},
    {"act", "sms_act_text"},     {"moved", "sms_moved_text"},
    {"reminder", "sms_reminder_text"}, {"overdue", "sms_overdue_text"},
    {"rejected", "sms_rejected_text"},
};
static const char *const langs[LANG_COUNT] = {[LANG_HI] = "hi", [LANG_EN] = "en"};

static void forget_json(void *json) { json_decref(json); }

static Status wrong(Ctx *ctx, const char *key) {
    (void)fail(ctx, INVALID, NULL, "gateway_file_form");
    fail_arg(ctx, "key", text_of(key));
    return INVALID;
}

static Text text_of_json(Ctx *ctx, const json_t *value) {
    return arena_copy(ctx->arena, (Text){json_string_value(value), json_string_length(value)});
}

static Status read_headers(Ctx *ctx, const json_t *headers, Gateway *g) {
    if (!json_is_object(headers)) return wrong(ctx, "headers");
    Buffer lines = buffer_in(ctx->arena, 4 * GATEWAY_HEADERS_BYTES);
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)headers, name, value) {
        Text line = json_is_string(value) ? text_of_json(ctx, value) : TEXT_NONE;
        if (!line.ptr || text_find_byte(line, '\n') < line.len) return wrong(ctx, "headers");
        buffer_printf(&lines, "%s%s: ", lines.len ? "\n" : "", name);
        buffer_add(&lines, line);
    }
    if (lines.overflowed) return wrong(ctx, "headers");
    g->headers = buffer_text(&lines);
    return OK;
}

static Status read_template(Ctx *ctx, const char *purpose, Lang lang, json_t *object, Gateway *g) {
    const char *name;
    json_t *value;
    GatewayTemplate *t = &g->templates[g->template_count++];
    *t = (GatewayTemplate){.purpose = text_of(purpose), .lang = lang};
    if (!json_is_object(object)) return wrong(ctx, "templates");
    json_object_foreach(object, name, value) {
        Text text = json_is_string(value) ? text_of_json(ctx, value) : TEXT_NONE;
        if (text.ptr && strcmp(name, "id") == 0)
            t->id = text;
        else if (text.ptr && strcmp(name, "text") == 0)
            t->text = text;
        else
            return wrong(ctx, "templates");
    }
    return OK;
}

static Status read_templates(Ctx *ctx, json_t *templates, Gateway *g) {
    size_t seen = 0, known = 0;
    if (!json_is_object(templates)) return wrong(ctx, "templates");
    for (size_t p = 0; p < GATEWAY_PURPOSES; p++) {
        const char *name = gateway_purposes[p].name;
        json_t *purpose = json_object_get(templates, name);
        if (!purpose) continue;
        if (!json_is_object(purpose)) return wrong(ctx, "templates");
        seen++;
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            json_t *object = json_object_get(purpose, langs[lang]);
            if (object) TRY(read_template(ctx, name, (Lang)lang, object, g));
            known += object != NULL;
        }
        if (known != json_object_size(purpose)) return wrong(ctx, "templates");
        known = 0;
    }
    return seen == json_object_size(templates) ? OK : wrong(ctx, "templates");
}

typedef struct Field {
    const char *name;
    Text *text;
    int64_t *number;
} Field;

static Status read_field(Ctx *ctx, const char *name, json_t *value, const Field *fields,
                         int count) {
    for (int i = 0; i < count; i++) {
        if (strcmp(fields[i].name, name) != 0) continue;
        if (fields[i].text && json_is_string(value))
            *fields[i].text = text_of_json(ctx, value);
        else if (fields[i].number && json_is_integer(value))
            *fields[i].number = json_integer_value(value);
        else
            break;
        return OK;
    }
    return wrong(ctx, name);
}

static GatewayTemplate *find_template(Gateway *g, const char *purpose, Lang lang) {
    for (int i = 0; i < g->template_count; i++) {
        GatewayTemplate *t = &g->templates[i];
        if (t->lang == lang && text_eq(t->purpose, text_of(purpose))) return t;
    }
    return NULL;
}

/* Our own words where the file has none. Those of code and act must be there; the others only
 * where somebody has registered them, or all of them, to be shown. */
static void add_texts(Gateway *g, bool all) {
    for (size_t i = 0; i < 2 * sizeof own_words / sizeof *own_words; i++) {
        const OwnWords *own = &own_words[i / 2];
        Lang lang = i % 2 ? LANG_EN : LANG_HI;
        GatewayTemplate *t = find_template(g, own->purpose, lang);
        const GatewayPurpose *purpose = gateway_purpose(text_of(own->purpose));
        if (!t && !all && (!purpose->has_code || purpose->has_member)) continue;
        if (!t) {
            t = &g->templates[g->template_count++];
            *t = (GatewayTemplate){.purpose = text_of(own->purpose), .lang = lang};
        }
        if (!t->text.len) t->text = message(lang, own->words);
    }
}

Status gateway_file_read(Ctx *ctx, Text text, Gateway *ret) {
    *ret = (Gateway){.method = T("POST"), .timeout_ms = GATEWAY_TIMEOUT_MS,
                     .daily_cap = GATEWAY_CAP};
    json_t *json = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, NULL);
    if (!json) return wrong(ctx, "{");
    arena_defer(ctx->arena, forget_json, json);
    if (!json_is_object(json)) return wrong(ctx, "{");
    Text kind = T("");
    const Field fields[] = {
        {"kind", &kind, NULL}, {"url", &ret->url, NULL}, {"method", &ret->method, NULL},
        {"body", &ret->body, NULL}, {"secret", &ret->secret, NULL},
        {"entity_id", &ret->entity_id, NULL}, {"header", &ret->header, NULL},
        {"success_text", &ret->success_text, NULL}, {"timeout_ms", NULL, &ret->timeout_ms},
        {"daily_cap", NULL, &ret->daily_cap},
    };
    const char *name;
    json_t *value;
    json_object_foreach(json, name, value) {
        if (strcmp(name, "headers") == 0)
            TRY(read_headers(ctx, value, ret));
        else if (strcmp(name, "templates") == 0)
            TRY(read_templates(ctx, value, ret));
        else
            TRY(read_field(ctx, name, value, fields, sizeof fields / sizeof *fields));
    }
    if (text_eq(kind, T("log"))) ret->kind = GATEWAY_LOG;
    if (text_eq(kind, T("http"))) ret->kind = GATEWAY_HTTP;
    add_texts(ret, false);
    return OK;
}

void gateway_file_example(Gateway *ret) {
    *ret = (Gateway){
        .kind = GATEWAY_HTTP,
        .url = T("https://gateway.example/send"),
        .method = T("POST"),
        .headers = T("Authorization: Bearer {secret}\nContent-Type: application/json"),
        .body = T("{\"to\":\"{phone}\",\"text\":\"{text}\",\"sender\":\"{header}\","
                  "\"entity\":\"{entity_id}\",\"template\":\"{template_id}\"}"),
        .success_text = T(""),
        .timeout_ms = GATEWAY_TIMEOUT_MS,
        .daily_cap = GATEWAY_CAP,
    };
    add_texts(ret, true);
}

static void set_text(json_t *object, const char *name, Text text) {
    (void)json_object_set_new(object, name, json_stringn(text.len ? text.ptr : "", text.len));
}

static json_t *headers_json(Text headers) {
    json_t *object = json_object();
    Text line;
    while (headers.len && text_split(&headers, '\n', &line)) {
        size_t colon = text_find_byte(line, ':');
        Text value = text_trim(text_slice(line, colon + 1, line.len));
        (void)json_object_setn_new(object, line.ptr, colon,
                                   json_stringn(value.len ? value.ptr : "", value.len));
    }
    return object;
}

static json_t *templates_json(Ctx *ctx, const Gateway *g) {
    json_t *all = json_object();
    for (int i = 0; i < g->template_count; i++) {
        const GatewayTemplate *t = &g->templates[i];
        const char *name = arena_cstr(ctx->arena, t->purpose);
        if (!json_object_get(all, name)) (void)json_object_set_new(all, name, json_object());
        json_t *one = json_object();
        set_text(one, "id", t->id);
        set_text(one, "text", t->text);
        (void)json_object_set_new(json_object_get(all, name), langs[t->lang], one);
    }
    return all;
}

void gateway_file_print(Ctx *ctx, const Gateway *g) {
    json_t *json = json_object();
    arena_defer(ctx->arena, forget_json, json);
    set_text(json, "kind", g->kind == GATEWAY_LOG ? T("log") : T("http"));
    set_text(json, "url", g->url);
    set_text(json, "method", g->method);
    (void)json_object_set_new(json, "headers", headers_json(g->headers));
    set_text(json, "body", g->body);
    set_text(json, "entity_id", g->entity_id);
    set_text(json, "header", g->header);
    set_text(json, "success_text", g->success_text);
    (void)json_object_set_new(json, "timeout_ms", json_integer(g->timeout_ms));
    (void)json_object_set_new(json, "daily_cap", json_integer(g->daily_cap));
    (void)json_object_set_new(json, "templates", templates_json(ctx, g));
    (void)json_dumpf(json, stdout, JSON_INDENT(2));
    command_print("\n");
}
