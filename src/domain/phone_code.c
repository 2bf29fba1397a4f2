/* Counting and hashing one-time codes. */
#include "domain/phone_code.h"

#include "base/clock.h"
#include "crypto/secret_token.h"
#include "domain/allowance.h"
#include "store/query.h"

/* The digits of what was typed, Devanagari ones as ASCII: the first six, and how many. */
static Text code_digits(Ctx *ctx, Text typed, size_t *ret_count) {
    char *out = ARENA_ARRAY(ctx->arena, char, ONE_TIME_CODE_DIGITS + 1);
    size_t len = 0;
    *ret_count = 0;
    for (size_t at = 0; at < typed.len;) {
        uint32_t cp = text_plain_digit(text_next_codepoint(typed, &at));
        if (cp < '0' || cp > '9') continue;
        ++*ret_count;
        if (len < ONE_TIME_CODE_DIGITS) out[len++] = (char)cp;
    }
    return (Text){out, len};
}

static Text hash_code(Ctx *ctx, Text purpose, Text phone_hash, Text code) {
    uint8_t *hash = ARENA_ARRAY(ctx->arena, uint8_t, SECRET_HASH_BYTES);
    Text parts[] = {T("code"), purpose, phone_hash, code};
    keyring_hash(&ctx->org->keys, KEY_SECRET_HASH, parts, 4, hash, SECRET_HASH_BYTES);
    return text_bytes(hash, SECRET_HASH_BYTES);
}

typedef struct Use {
    int64_t sent_hour, sent_day, tried_day;
} Use;

static int64_t hour_of(const Ctx *ctx) { return ctx->now_s / 3600; }

static Status read_use(Ctx *ctx, Text phone_hash, Use *ret) {
    *ret = (Use){0};
    Query *q = query_begin(ctx, Q_CODE_USE_READ);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "phone_hash", phone_hash);
    query_int(q, "hour", hour_of(ctx));
    query_int(q, "day", -organisation_day(ctx));
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        if (query_column_int(q, 0) == -organisation_day(ctx)) {
            ret->sent_day = query_column_int(q, 1);
            ret->tried_day = query_column_int(q, 2);
        } else {
            ret->sent_hour = query_column_int(q, 1);
        }
    }
    return query_done(q);
}

static Status add_use(Ctx *ctx, Text phone_hash, int64_t period, int64_t sent, int64_t tried) {
    Query *q = query_begin(ctx, Q_CODE_USE_ADD);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "phone_hash", phone_hash);
    query_int(q, "period", period);
    query_int(q, "sent", sent);
    query_int(q, "tried", tried);
    return query_run(q);
}

/* The organisation's own count of the day stands where no phone's hash can. */
static Text of_all(void) { return T("all"); }

/* Whoever knows a phone's number can have codes to join or to sign in sent there, and try them. The
 * acts at a card, whose address nobody else has, have some more, so that nobody can be held from
 * leaving, or from denying. */
static int64_t more(Text purpose, int64_t for_acts) {
    return text_starts_with(purpose, T("card/")) ? for_acts : 0;
}

/* *ret_refused: the message of the limit that is reached, or NULL. */
static Status count_sent(Ctx *ctx, Text purpose, Text phone_hash, const char **ret_refused) {
    Use use, all;
    Allowance allowed;
    TRY(allowance_read(ctx, &allowed));
    TRY(read_use(ctx, phone_hash, &use));
    TRY(read_use(ctx, of_all(), &all));
    bool phone = use.sent_hour >= PHONE_CODE_SENT_HOUR ||
                 use.sent_day >= PHONE_CODE_SENT_DAY + more(purpose, PHONE_CODE_SENT_ACTS);
    *ret_refused = all.sent_day >= allowed.codes_day ? "code_cap" : phone ? "code_limit" : NULL;
    if (*ret_refused) return OK;
    TRY(add_use(ctx, of_all(), -organisation_day(ctx), 1, 0));
    TRY(add_use(ctx, phone_hash, hour_of(ctx), 1, 0));
    return add_use(ctx, phone_hash, -organisation_day(ctx), 1, 0);
}

static Status count_tried(Ctx *ctx, Text purpose, Text phone_hash, bool *ret_allowed) {
    Use use;
    TRY(read_use(ctx, phone_hash, &use));
    *ret_allowed =
        use.tried_day < PHONE_CODE_TRIES_DAY + more(purpose, PHONE_CODE_TRIES_ACTS);
    return *ret_allowed ? add_use(ctx, phone_hash, -organisation_day(ctx), 0, 1) : OK;
}

/* A code that was used came to who wanted it: a household joins in one evening, and who has done
 * three things at the card may still leave. Of the day it counts all the same. */
static Status give_back_hour(Ctx *ctx, Text phone_hash) {
    Use use;
    TRY(read_use(ctx, phone_hash, &use));
    return use.sent_hour > 0 ? add_use(ctx, phone_hash, hour_of(ctx), -1, 0) : OK;
}

Status phone_code_issue(Ctx *ctx, Text purpose, Text phone_hash, Text fresh, PhoneCode *code,
                        bool *ret_issued) {
    const char *refused;
    TRY(count_sent(ctx, purpose, phone_hash, &refused));
    *ret_issued = !refused;
    if (refused) {
        (void)fail(ctx, LIMIT, "code", refused);
        return OK;
    }
    code->hash = hash_code(ctx, purpose, phone_hash, fresh);
    code->expires_at = ctx->now_s + PHONE_CODE_LIFE_S;
    code->tries = 0;
    return OK;
}

/* A slip of the finger is no guess: it costs no try. */
static Status miscounted(Ctx *ctx, size_t digits) {
    (void)fail(ctx, INVALID, "code", digits ? "code_digits" : "code_missing");
    fail_arg_int(ctx, "max", ONE_TIME_CODE_DIGITS);
    fail_arg_int(ctx, "count", (int64_t)digits);
    return OK;
}

Status phone_code_try(Ctx *ctx, Text purpose, Text phone_hash, Text typed, PhoneCode *code,
                      bool *ret_right) {
    bool allowed = true;
    size_t digits;
    *ret_right = false;
    Text given = hash_code(ctx, purpose, phone_hash, code_digits(ctx, typed, &digits));
    bool live = code->hash.len == given.len && code->expires_at > ctx->now_s &&
                code->tries < PHONE_CODE_TRIES;
    if (live && digits != ONE_TIME_CODE_DIGITS) return miscounted(ctx, digits);
    if (live) TRY(count_tried(ctx, purpose, phone_hash, &allowed));
    if (!allowed) {
        (void)fail(ctx, LIMIT, "code", "code_limit");
    } else if (!live) {
        (void)fail(ctx, INVALID, "code", "code_over");
    } else if (!secret_eq(given.ptr, code->hash.ptr, given.len)) {
        code->tries++;
        (void)fail(ctx, INVALID, "code", "code_wrong");
        fail_arg_int(ctx, "left", PHONE_CODE_TRIES - code->tries);
    } else {
        code->hash = TEXT_NONE;
        *ret_right = true;
        return give_back_hour(ctx, phone_hash);
    }
    return OK;
}
