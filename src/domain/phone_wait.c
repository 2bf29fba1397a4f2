/* Matching what comes in with who waits. */
#include "domain/phone_wait.h"

#include "base/limits.h"
#include "crypto/secret_token.h"
#include "domain/organisation.h"
#include "domain/phone.h"
#include "domain/phone_way.h"
#include "store/query.h"

/* From what is random already, so that apply may be run again. */
static Text make_digits(Ctx *ctx, Text owner, Text fresh) {
    uint64_t hash;
    Text parts[] = {T("wait"), owner, fresh};
    keyring_hash(&ctx->org->keys, KEY_SECRET_HASH, parts, 3, (uint8_t *)&hash, sizeof hash);
    return arena_printf(ctx->arena, "%04d", (int)(hash % 10000));
}

Status phone_wait_begin(Ctx *ctx, Text owner, Text act, Text phone_hash, Text fresh) {
    Query *q = query_begin(ctx, Q_PHONE_WAIT_PUT);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "owner", owner);
    query_blob(q, "phone_hash", phone_hash);
    query_text(q, "act", act);
    query_text(q, "digits", make_digits(ctx, owner, fresh));
    query_int(q, "now", ctx->now_s);
    return query_run(q);
}

Status phone_wait_read(Ctx *ctx, Text owner, Text phone_hash, PhoneWait *ret, bool *ret_found) {
    *ret = (PhoneWait){.digits = T(""), .proof = T("")};
    Query *q = query_begin(ctx, Q_PHONE_WAIT_READ);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "owner", owner);
    query_blob(q, "phone_hash", phone_hash);
    TRY(query_row(q, ret_found));
    if (*ret_found) {
        ret->digits = query_column_text(q, 0);
        ret->until = query_column_int(q, 1) + PHONE_WAIT_S;
        ret->proof = query_column_text(q, 2);
    }
    return query_done(q);
}

Status phone_wait_end(Ctx *ctx, Text owner) {
    Query *q = query_begin(ctx, Q_PHONE_WAIT_END);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "owner", owner);
    return query_run(q);
}

static Text upper(Ctx *ctx, Text word) {
    char *out = ARENA_ARRAY(ctx->arena, char, word.len + 1);
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        out[i] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
    return (Text){out, word.len};
}

Text phone_wait_words(Ctx *ctx, Text keyword, Text act, Text digits) {
    return arena_printf(ctx->arena, "%.*s%s%.*s %.*s", TEXT_ARG(keyword), keyword.len ? " " : "",
                        TEXT_ARG(upper(ctx, act)), TEXT_ARG(digits));
}

typedef struct Words {
    char act[PHONE_WAIT_ACT_BYTES]; /* lower case; the last run of letters */
    size_t act_len;
    char digits[PHONE_WAIT_DIGITS];
    size_t digit_count;
} Words;

/* Takes one more code point; letters after digits begin anew. */
static void take(Words *w, uint32_t cp, bool follows) {
    bool digit = cp >= '0' && cp <= '9';
    if (!digit && (w->digit_count || !follows)) *w = (Words){0};
    if (digit && w->digit_count < PHONE_WAIT_DIGITS) w->digits[w->digit_count] = (char)cp;
    if (!digit && w->act_len < PHONE_WAIT_ACT_BYTES) w->act[w->act_len] = (char)(cp | 0x20);
    *(digit ? &w->digit_count : &w->act_len) += 1;
}

static bool is_whole(const Words *w) {
    return w->digit_count == PHONE_WAIT_DIGITS && w->act_len &&
           w->act_len <= PHONE_WAIT_ACT_BYTES;
}

/* The first word with just four digits behind it whose word is the act's: before and after it there
 * may be a keyword, a name, a sign-off. Phones write Devanagari digits, "join4821" and "JOIN-4821"
 * alike. */
static bool read_words(Text text, Text act, Text *ret_digits, Arena *arena) {
    Words w = {0};
    bool follows = false;
    for (size_t at = 0; at <= text.len;) {
        uint32_t cp = at < text.len ? text_plain_digit(text_next_codepoint(text, &at)) : (at++, 0);
        bool digit = cp >= '0' && cp <= '9';
        bool letter = (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
        if (!digit && is_whole(&w) && text_eq((Text){w.act, w.act_len}, act)) {
            *ret_digits = arena_copy(arena, (Text){w.digits, PHONE_WAIT_DIGITS});
            return true;
        }
        if (digit && w.digit_count && !follows) w = (Words){0};
        if (digit || letter) take(&w, cp, follows);
        follows = digit || letter;
    }
    return false;
}

static Status mark_seen(Ctx *ctx, Text id, bool *ret_new) {
    uint8_t hash[SECRET_HASH_BYTES];
    Text parts[] = {T("incoming"), id};
    keyring_hash(&ctx->org->keys, KEY_SECRET_HASH, parts, 2, hash, sizeof hash);
    Query *q = query_begin(ctx, Q_INCOMING_SEEN_INSERT);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "id_hash", text_bytes(hash, sizeof hash));
    query_int(q, "now", ctx->now_s);
    return query_run_changed(q, ret_new);
}

/* Providers leave out the plus before a country's code. */
static bool read_number(Ctx *ctx, Text from, Text *ret_e164) {
    if (from.len > LIMIT_PHONE_BYTES || !text_is_utf8(from)) return false;
    if (phone_parse(ctx, "from", from, ret_e164) == OK) return true;
    ctx_forget_errors(ctx);
    Text with_plus = arena_printf(ctx->arena, "+%.*s", TEXT_ARG(from));
    if (phone_parse(ctx, "from", with_plus, ret_e164) == OK) return true;
    ctx_forget_errors(ctx);
    return false;
}

static Status find(Ctx *ctx, const Incoming *in, Text e164, Text *ret_owner, bool *ret_found) {
    uint8_t hash[PHONE_HASH_BYTES];
    Text digits = T("");
    *ret_found = false;
    if (!in->is_call && !read_words(in->text, T("join"), &digits, ctx->arena)) return OK;
    phone_hash(&ctx->org->keys, e164, hash);
    Query *q = query_begin(ctx, in->is_call ? Q_PHONE_WAIT_BY_CALL : Q_PHONE_WAIT_BY_SMS);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "phone_hash", text_bytes(hash, sizeof hash));
    query_int(q, "since", ctx->now_s - PHONE_WAIT_S);
    query_int(q, "at", in->at + PHONE_WAIT_BEHIND_S);
    if (!in->is_call) query_text(q, "digits", digits);
    TRY(query_row(q, ret_found));
    if (*ret_found) *ret_owner = query_column_blob(q, 0);
    return query_done(q);
}

static Status prove(Ctx *ctx, Text owner, bool is_call) {
    Query *q = query_begin(ctx, Q_PHONE_WAIT_PROVE);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "owner", owner);
    query_text(q, "proof", is_call ? T("missed_call") : T("sms_in"));
    return query_run(q);
}

Status phone_wait_receive(Ctx *ctx, const Incoming *in, bool *ret_taken) {
    *ret_taken = false;
    PhoneWays ways;
    if (!in->id.len || in->id.len > INCOMING_ID_BYTES || in->text.len > INCOMING_TEXT_BYTES ||
        !text_is_utf8(in->text))
        return fail(ctx, INVALID, NULL, "incoming_form");
    if (in->at < ctx->now_s - PHONE_WAIT_S || in->at > ctx->now_s + PHONE_WAIT_AHEAD_S)
        return fail(ctx, INVALID, NULL, "incoming_late");
    TRY(phone_way_read(ctx, &ways));
    bool offered = in->is_call ? ways.call_number.len > 0 : ways.sms_number.len > 0;
    bool is_new, found = false;
    Text e164, owner = TEXT_NONE;
    TRY(mark_seen(ctx, in->id, &is_new));
    if (!is_new || !offered || !read_number(ctx, in->from, &e164)) return OK;
    TRY(find(ctx, in, e164, &owner, &found));
    if (!found) return OK;
    *ret_taken = true;
    return prove(ctx, owner, in->is_call);
}
