/* Ways to pay: read, checked, sealed; see pay_way.h. */
#include "domain/pay_way.h"

#include "base/limits.h"
#include "crypto/seal.h"
#include "domain/audit.h"
#include "domain/outgoing_address.h"
#include "domain/upi.h"
#include "store/query.h"

enum { SECRET_BYTES_MIN = 16, SECRET_BYTES_MAX = 200, DEMO_SECRET_BYTES = 16,
       KEY_ID_BYTES_MAX = 100 };

static const char *const names[PAY_WAY_COUNT] = {
    [PAY_WAY_DEMO] = "demo", [PAY_WAY_RAZORPAY] = "razorpay", [PAY_WAY_UPI] = "upi",
    [PAY_WAY_BANK] = "bank", [PAY_WAY_CASH] = "cash",
};

Text pay_way_text(PayWayKind kind) { return text_of(names[kind]); }

bool pay_way_parse(Text text, PayWayKind *ret) {
    for (int i = 0; i < PAY_WAY_COUNT; i++) {
        if (text_eq(text, text_of(names[i]))) {
            *ret = (PayWayKind)i;
            return true;
        }
    }
    return false;
}

static Text row_name(Ctx *ctx, Text way) {
    return arena_printf(ctx->arena, "pay_way/%lld/%.*s", (long long)ctx->org->id, TEXT_ARG(way));
}

static Text demo_secret(Ctx *ctx) {
    uint8_t bytes[DEMO_SECRET_BYTES];
    char *hex = ARENA_ARRAY(ctx->arena, char, 2 * DEMO_SECRET_BYTES);
    const Text parts[] = {T("demo webhook")};
    keyring_hash(&ctx->org->keys, KEY_ORDER, parts, 1, bytes, sizeof bytes);
    text_hex(bytes, sizeof bytes, hex);
    return (Text){hex, 2 * DEMO_SECRET_BYTES};
}

static Text key_place(Ctx *ctx, Text row) {
    return arena_printf(ctx->arena, "%.*s/key", TEXT_ARG(row));
}

/* As stored. */
typedef struct Sealed {
    Text key, secret, key_secret;
} Sealed;

static Status open_secrets(Ctx *ctx, Text way, const Sealed *sealed, PayWay *ret) {
    MemberKey key;
    Text row = row_name(ctx, way);
    if (!sealed->secret.len) return OK;
    bool good = seal_unwrap(&ctx->org->keys, row, sealed->key, &key) &&
                seal_open(ctx->arena, &key, row, sealed->secret, &ret->secret);
    if (good && sealed->key_secret.len)
        good = seal_open(ctx->arena, &key, key_place(ctx, row), sealed->key_secret,
                         &ret->key_secret);
    secret_wipe(&key, sizeof key);
    return good ? OK : fail_io(ctx, "store_damaged", "a way to pay does not open");
}

static Status read_rows(Ctx *ctx, PayWay ret[PAY_WAY_COUNT], Sealed sealed[PAY_WAY_COUNT]) {
    Query *q = query_begin(ctx, Q_PAY_WAY_LIST);
    query_int(q, "org", ctx->org->id);
    for (;;) {
        bool found;
        PayWayKind kind;
        TRY(query_row(q, &found));
        if (!found) break;
        if (!pay_way_parse(query_column_text(q, 0), &kind)) continue;
        ret[kind].is_on = query_column_int(q, 1) == 1;
        ret[kind].detail = query_column_text(q, 2);
        ret[kind].payee = query_column_text(q, 3);
        ret[kind].key_id = query_column_text(q, 6);
        ret[kind].api_url = query_column_text(q, 8);
        sealed[kind] = (Sealed){.key = query_column_blob(q, 4), .secret = query_column_blob(q, 5),
                                .key_secret = query_column_blob(q, 7)};
    }
    return query_done(q);
}

/* Ways that nobody has set. */
static bool is_on_unset(const Organisation *org, int kind) {
    return kind == PAY_WAY_CASH || (kind == PAY_WAY_DEMO && org->demo);
}

Status pay_way_list(Ctx *ctx, PayWay ret[PAY_WAY_COUNT]) {
    Sealed sealed[PAY_WAY_COUNT] = {{.key = TEXT_NONE}};
    for (int i = 0; i < PAY_WAY_COUNT; i++)
        ret[i] = (PayWay){.is_on = is_on_unset(ctx->org, i), .detail = T(""), .payee = T(""),
                          .secret = T(""), .key_id = T(""), .key_secret = T(""), .api_url = T("")};
    TRY(read_rows(ctx, ret, sealed));
    for (int i = 0; i < PAY_WAY_COUNT; i++)
        TRY(open_secrets(ctx, text_of(names[i]), &sealed[i], &ret[i]));
    (void)bank_account_read(ret[PAY_WAY_BANK].detail, &ret[PAY_WAY_BANK].bank);
    ret[PAY_WAY_DEMO].is_on = ret[PAY_WAY_DEMO].is_on && ctx->org->demo;
    if (ret[PAY_WAY_DEMO].is_on) ret[PAY_WAY_DEMO].secret = demo_secret(ctx);
    return OK;
}

Status pay_way_check(Ctx *ctx, PayWayKind kind) {
    bool found, is_on = is_on_unset(ctx->org, kind);
    Query *q = query_begin(ctx, Q_PAY_WAY_ON);
    query_int(q, "org", ctx->org->id);
    query_text(q, "way", pay_way_text(kind));
    TRY(query_row(q, &found));
    if (found) is_on = query_column_int(q, 0) == 1;
    TRY(query_done(q));
    return is_on ? OK : fail(ctx, CONFLICT, NULL, "pay_way_off");
}

bool pay_way_has_links(const PayWay *way) {
    return way->is_on && way->key_id.len && way->key_secret.len;
}

static bool is_plain(Text t, size_t min, size_t max) {
    for (size_t i = 0; i < t.len; i++)
        if (t.ptr[i] <= 0x20 || t.ptr[i] >= 0x7F || t.ptr[i] == ':') return false;
    return t.len >= min && t.len <= max;
}

/* What asking for payment links needs: all of it, or nothing. */
static Status check_api(Ctx *ctx, const PayWay *w) {
    if (!w->key_id.len && !w->key_secret.len && !w->api_url.len) return OK;
    if (!is_plain(w->key_id, 1, KEY_ID_BYTES_MAX) ||
        !is_plain(w->key_secret, SECRET_BYTES_MIN, SECRET_BYTES_MAX))
        return fail(ctx, INVALID, "key-id", "pay_way_key");
    return w->api_url.len ? outgoing_address_check(ctx, "api", w->api_url, LIMIT_REASON_BYTES) : OK;
}

static Status check(Ctx *ctx, PayWayKind kind, const PayWay *w) {
    bool secret_fits = w->secret.len >= SECRET_BYTES_MIN && w->secret.len <= SECRET_BYTES_MAX;
    if (!w->is_on) return OK;
    if (kind == PAY_WAY_DEMO && !ctx->org->demo) return fail(ctx, DENIED, NULL, "demo_only");
    if (kind == PAY_WAY_UPI && !upi_vpa_is_valid(w->detail))
        return fail(ctx, INVALID, "vpa", "pay_way_vpa");
    if (kind == PAY_WAY_UPI && (!w->payee.len || w->payee.len > UPI_PAYEE_BYTES))
        return fail(ctx, INVALID, "payee", "pay_way_payee");
    if (kind == PAY_WAY_RAZORPAY && w->detail.len &&
        (!text_starts_with(w->detail, T("https://")) || w->detail.len > LIMIT_REASON_BYTES))
        return fail(ctx, INVALID, "page", "pay_way_page");
    if (kind == PAY_WAY_RAZORPAY && !secret_fits)
        return fail(ctx, INVALID, "secret", "pay_way_secret");
    return kind == PAY_WAY_RAZORPAY ? check_api(ctx, w) : OK;
}

static Status put(Ctx *ctx, Text way, const PayWay *w) {
    MemberKey key;
    uint8_t wrapped[SEAL_WRAPPED_BYTES];
    Text row = row_name(ctx, way);
    Query *q = query_begin(ctx, Q_PAY_WAY_PUT);
    query_int(q, "org", ctx->org->id);
    query_text(q, "way", way);
    query_int(q, "is_on", w->is_on);
    query_text(q, "detail", w->detail.ptr ? w->detail : T(""));
    query_text(q, "payee", w->payee.ptr ? w->payee : T(""));
    seal_new_key(&ctx->org->keys, row, &key, wrapped);
    query_blob(q, "sealed_key", text_bytes(wrapped, sizeof wrapped));
    query_blob(q, "secret", seal_value(ctx->arena, &key, row, w->secret));
    query_text(q, "key_id", w->key_id);
    query_blob(q, "key_secret", seal_value(ctx->arena, &key, key_place(ctx, row), w->key_secret));
    query_text(q, "api_url", w->api_url);
    secret_wipe(&key, sizeof key);
    return query_run(q);
}

Status pay_way_set(Ctx *ctx, PayWayKind kind, const PayWay *way) {
    PayWay all[PAY_WAY_COUNT], w = *way;
    TRY(pay_way_list(ctx, all));
    if (!w.secret.ptr) w.secret = kind == PAY_WAY_DEMO ? T("") : all[kind].secret;
    if (!w.key_id.ptr) w.key_id = all[kind].key_id;
    if (!w.key_secret.ptr) w.key_secret = all[kind].key_secret;
    if (!w.api_url.ptr) w.api_url = all[kind].api_url;
    TRY(check(ctx, kind, &w));
    if (kind == PAY_WAY_BANK && w.is_on) {
        TRY(bank_account_check(ctx, &w.bank));
        w.detail = bank_account_write(ctx->arena, &w.bank);
    }
    TRY(put(ctx, text_of(names[kind]), &w));
    Text subject = arena_printf(ctx->arena, "way:%s", names[kind]);
    return audit_add(ctx, "payment.way", subject, w.is_on ? T("on") : T("off"));
}
