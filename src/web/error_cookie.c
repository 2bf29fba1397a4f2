/* Keys of sentences, names of fields and arguments, never what was typed; under a tag, so that
 * nobody else can have sentences shown. */
#include "web/error_cookie.h"

#include "base/buffer.h"
#include "crypto/keyring.h"
#include "web/app.h"

enum { TAG_BYTES = 16, BODY_BYTES_MAX = 1500, LIFE_S = 60 };

static const char cookie[] = "join_said";

/* One error a line: status, whether it only asks, field, message, then name and value of each
 * argument. */
static void write_error(Buffer *out, const Error *error) {
    buffer_printf(out, "%d%s\t%s\t%s", (int)error->status, error->asks ? "?" : "",
                  error->field ? error->field : "", error->message);
    for (int i = 0; i < error->arg_count; i++)
        buffer_printf(out, "\t%s\t%.*s", error->args[i].name, TEXT_ARG(error->args[i].value));
    buffer_byte(out, '\n');
}

static void make_tag(const Request *rq, Text body, uint8_t out[TAG_BYTES]) {
    Text parts[] = {T("errors"), body};
    keyring_hash(&rq->app->org->keys, KEY_SESSION, parts, 2, out, TAG_BYTES);
}

void error_cookie_redirect(Request *rq, Text path) {
    Ctx *ctx = &rq->ctx;
    uint8_t tag[TAG_BYTES];
    Buffer body = buffer_in(ctx->arena, BODY_BYTES_MAX);
    for (int i = 0; i < ctx->error_count; i++) {
        Buffer line = buffer_in(ctx->arena, BODY_BYTES_MAX);
        write_error(&line, &ctx->errors[i]);
        if (line.overflowed || body.len + line.len > BODY_BYTES_MAX) break; /* enough to mend */
        buffer_add(&body, buffer_text(&line));
    }
    Text text = buffer_text(&body);
    make_tag(rq, text, tag);
    char *hex = ARENA_ARRAY(ctx->arena, char, 2 * (TAG_BYTES + text.len));
    text_hex(tag, TAG_BYTES, hex);
    text_hex((const uint8_t *)text.ptr, text.len, hex + 2 * TAG_BYTES);
    request_set_cookie(rq, cookie, (Text){hex, 2 * (TAG_BYTES + text.len)}, LIFE_S);
    ctx_forget_errors(ctx);
    request_redirect(rq, path);
}

static const char *next_word(Ctx *ctx, Text *line) {
    Text word;
    return text_split(line, '\t', &word) ? arena_cstr(ctx->arena, word) : NULL;
}

static void read_error(Ctx *ctx, Text line) {
    const char *status = next_word(ctx, &line), *field = next_word(ctx, &line);
    const char *message = next_word(ctx, &line), *name;
    if (!status || !field || !message) return;
    (void)fail(ctx, (Status)(status[0] - '0'), *field ? field : NULL, message);
    if (ctx->error_count) ctx->errors[ctx->error_count - 1].asks = status[1] == '?';
    while (line.ptr && (name = next_word(ctx, &line))) {
        const char *value = next_word(ctx, &line);
        if (value) fail_arg(ctx, name, text_of(value));
    }
}

bool error_cookie_take(Request *rq) {
    Ctx *ctx = &rq->ctx;
    uint8_t tag[TAG_BYTES], given[TAG_BYTES];
    Text hex = request_cookie(rq, cookie), line;
    if (hex.len <= 2 * (size_t)TAG_BYTES || hex.len > 2 * (TAG_BYTES + (size_t)BODY_BYTES_MAX))
        return false;
    request_set_cookie(rq, cookie, T(""), -1);
    size_t len = hex.len / 2 - TAG_BYTES;
    uint8_t *bytes = ARENA_ARRAY(ctx->arena, uint8_t, len);
    Text body = text_bytes(bytes, len);
    if (hex.len % 2 || !text_unhex(text_slice(hex, 0, 2 * (size_t)TAG_BYTES), given, TAG_BYTES) ||
        !text_unhex(text_slice(hex, 2 * (size_t)TAG_BYTES, hex.len), bytes, len))
        return false;
    make_tag(rq, body, tag);
    if (!secret_eq(tag, given, TAG_BYTES)) return false;
    while (body.len && text_split(&body, '\n', &line))
        if (line.len) read_error(ctx, line);
    return ctx->error_count > 0;
}
