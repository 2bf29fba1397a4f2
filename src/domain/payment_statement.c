/* From matched credits to counted payments; see payment_statement.h. */
#include "domain/payment_statement.h"

#include "base/clock.h"
#include "domain/gateway_payout.h"
#include "domain/statement_near.h"
#include "domain/statement_utr.h"
#include "domain/payer.h"
#include "store/query.h"

static Status too_large(Ctx *ctx) {
    (void)fail(ctx, INVALID, "file", "statement_large");
    fail_arg(ctx, "file", T(""));
    fail_arg_int(ctx, "max", STATEMENT_FILE_BYTES_MAX >> 20);
    return INVALID;
}

/* Ids of orders that the statement may pay, with doubles. */
typedef struct Orders {
    int64_t *ids;
    int64_t count, room;
} Orders;

static Status add_found(Query *q, Orders *orders) {
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found || orders->count == orders->room) break;
        orders->ids[orders->count++] = query_column_int(q, 0);
    }
    return query_done(q);
}

static Status add_orders_of(Ctx *ctx, const StatementCredit *credit, Orders *orders) {
    for (int i = 0; i < credit->reference_count && orders->count < orders->room; i++) {
        int64_t *id = &orders->ids[orders->count];
        orders->count += order_code_reference_read(&ctx->org->keys, ctx->org->code,
                                                   credit->references[i], id);
    }
    char number[STATEMENT_UTR_BYTES_MAX];
    size_t len = statement_utr_typed(credit->utr, number);
    bool bank = statement_utr_is_bank(credit->utr); /* kept as it is, letters and all */
    if (len != FEE_ORDER_UTR_DIGITS && !bank) return OK;
    Query *q = query_begin(ctx, Q_FEE_ORDER_BY_UTR);
    query_int(q, "org", ctx->org->id);
    query_text(q, "utr", bank ? credit->utr : (Text){number, len});
    return add_found(q, orders);
}

static int compare_ids(const void *a, const void *b) {
    int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;
    return one < other ? -1 : one > other;
}

static Status find_orders(Ctx *ctx, Arena *arena, const PaymentStatement *s, Orders *ret) {
    /* BY_UTR gives at most two */
    ret->room = s->fresh.count * (STATEMENT_REFERENCES_MAX + 2) + STATEMENT_NEAR_MAX;
    ret->ids = arena_try(arena, sizeof *ret->ids * (size_t)ret->room);
    ret->count = 0;
    if (!ret->ids) return too_large(ctx);
    for (int64_t i = 0; i < s->fresh.count; i++)
        TRY(add_orders_of(ctx, &s->fresh.list[i], ret));
    /* Not found by its number may still be a slip in the number. */
    Query *q = query_begin(ctx, Q_FEE_ORDER_CLAIMED);
    query_int(q, "org", ctx->org->id);
    query_int(q, "max", STATEMENT_NEAR_MAX);
    TRY(add_found(q, ret));
    qsort(ret->ids, (size_t)ret->count, sizeof *ret->ids, compare_ids);
    return OK;
}

static Status read_claim(Ctx *ctx, Arena *arena, int64_t order_id, StatementClaim *ret,
                         bool *ret_found) {
    Query *q = query_begin(ctx, Q_FEE_ORDER_CLAIM);
    query_int(q, "org", ctx->org->id);
    query_int(q, "order", order_id);
    TRY(query_row(q, ret_found));
    if (!*ret_found) return query_done(q);
    int64_t amount = query_column_int(q, 2), claimed_at = query_column_int(q, 4);
    bool paid = text_eq(query_column_text(q, 1), T("paid"));
    *ret = (StatementClaim){
        .id = query_column_int(q, 0),
        .utr = arena_copy(arena, query_column_text(q, 3)),
        .due_paise = amount,
        .people = (int32_t)query_column_int(q, 5),
        .paid_paise = paid ? amount : query_column_int(q, 6),
        .day = claimed_at ? clock_day(claimed_at, ctx->org->zone_offset_s) : 0,
    };
    char reference[ORDER_REFERENCE_MAX];
    size_t len = order_code_reference_make(&ctx->org->keys, ctx->org->code, order_id, reference);
    ret->reference = arena_copy(arena, (Text){reference, len});
    return query_done(q);
}

static Status read_claims(Ctx *ctx, Arena *arena, PaymentStatement *s) {
    Orders orders;
    TRY(find_orders(ctx, arena, s, &orders));
    s->claim_count = 0;
    s->claims = arena_try(arena, sizeof *s->claims * (size_t)orders.count);
    if (!s->claims) return too_large(ctx);
    for (int64_t i = 0; i < orders.count; i++) {
        bool found;
        if (i && orders.ids[i] == orders.ids[i - 1]) continue;
        TRY(read_claim(ctx, arena, orders.ids[i], &s->claims[s->claim_count], &found));
        s->claim_count += found;
    }
    return OK;
}

/* What a gateway's report names by the gateway's own id is the payment that its events tell of. */
static Text source_of(const StatementCredit *credit) {
    return credit->gateway_id.len ? T("razorpay") : T("bank");
}

static Text external_of(const StatementCredit *credit, char hex[2 * DIGEST_BYTES]) {
    if (credit->gateway_id.len) return credit->gateway_id;
    text_hex(credit->fingerprint, DIGEST_BYTES, hex);
    return (Text){hex, 2 * DIGEST_BYTES};
}

static void read_book(Arena *arena, Query *q, PaymentStatementBook *ret) {
    ret->payment_id = query_column_int(q, 0);
    ret->left_paise = query_column_int(q, 1);
    ret->problem = arena_copy(arena, query_column_text(q, 2));
}

static Status find_booked(Ctx *ctx, Arena *arena, const StatementCredit *credit,
                          PaymentStatementBook *ret) {
    char hex[2 * DIGEST_BYTES];
    bool found;
    Query *q = query_begin(ctx, Q_PAYMENT_IN_KNOWN);
    query_int(q, "org", ctx->org->id);
    query_text(q, "source", source_of(credit));
    query_text(q, "external_id", external_of(credit, hex));
    TRY(query_row(q, &found));
    if (found) read_book(arena, q, ret);
    return query_done(q);
}

static bool is_taken(const PaymentStatement *s, int64_t count, int64_t payment_id) {
    for (int64_t i = 0; i < count; i++)
        if (s->books[i].seen && s->books[i].payment_id == payment_id) return true;
    return false;
}

/* Each that was seen stands for one line. */
static Status find_seen(Ctx *ctx, Arena *arena, PaymentStatement *s, int64_t at) {
    const StatementCredit *credit = &s->credits.list[at];
    PaymentStatementBook *book = &s->books[at];
    if (!credit->utr.len || credit->gateway_id.len) return OK;
    Query *q = query_begin(ctx, Q_PAYMENT_IN_SEEN);
    query_int(q, "org", ctx->org->id);
    query_text(q, "utr", credit->utr);
    query_int(q, "amount_paise", credit->paise);
    while (!book->payment_id) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        if (is_taken(s, at, query_column_int(q, 0))) continue;
        read_book(arena, q, book);
        book->seen = true;
    }
    return query_done(q);
}

static Status read_books(Ctx *ctx, Arena *arena, PaymentStatement *s) {
    s->fresh = s->credits;
    s->fresh.count = s->seen = 0;
    for (int64_t i = 0; i < s->credits.count; i++) {
        PaymentStatementBook *book = &s->books[i];
        *book = (PaymentStatementBook){.problem = T(""), .fresh = -1};
        TRY(find_booked(ctx, arena, &s->credits.list[i], book));
        if (!book->payment_id) TRY(find_seen(ctx, arena, s, i));
        s->seen += book->seen;
        if (book->payment_id) continue;
        book->fresh = s->fresh.count;
        s->fresh_list[s->fresh.count++] = s->credits.list[i];
    }
    s->fresh.list = s->fresh_list;
    return OK;
}

Status payment_statement_credits(Ctx *ctx, const Statement *statement,
                                 const StatementColumns *columns, PaymentStatement *ret) {
    *ret = (PaymentStatement){0};
    Text prefix = arena_printf(ctx->arena, "%.*sF", TEXT_ARG(ctx->org->code));
    TRY(statement_credits_find(ctx, statement, columns, &prefix, 1, &ret->credits));
    size_t count = (size_t)ret->credits.count;
    ret->books = arena_try(statement->arena, sizeof *ret->books * count);
    ret->fresh_list = arena_try(statement->arena, sizeof *ret->fresh_list * count);
    return ret->books && ret->fresh_list ? OK : too_large(ctx);
}

Status payment_statement_compare(Ctx *ctx, Arena *arena, PaymentStatement *s) {
    TRY(read_books(ctx, arena, s));
    return read_claims(ctx, arena, s);
}

Status payment_statement_match(Ctx *ctx, Arena *arena, PaymentStatement *s) {
    if (!statement_match_run(arena, &s->fresh, s->claims, s->claim_count, &s->match))
        return too_large(ctx);
    memset(s->fates, 0, sizeof s->fates);
    for (int64_t i = 0; i < s->credits.count; i++) s->fates[payment_statement_fate(s, i)]++;
    return OK;
}

const StatementCreditMatch *payment_statement_match_of(const PaymentStatement *s, int64_t credit) {
    int64_t fresh = s->books[credit].fresh;
    return fresh >= 0 ? &s->match.credits[fresh] : NULL;
}

PaymentStatementFate payment_statement_fate(const PaymentStatement *s, int64_t credit) {
    const StatementCreditMatch *match = payment_statement_match_of(s, credit);
    if (!match)
        return s->books[credit].left_paise ? PAYMENT_STATEMENT_WAITING : PAYMENT_STATEMENT_BOOKED;
    if (match->verdict == STATEMENT_MATCHED) return PAYMENT_STATEMENT_MATCHED;
    if (match->verdict != STATEMENT_UNMATCHED) return PAYMENT_STATEMENT_OPEN;
    const StatementCredit *c = &s->credits.list[credit];
    bool payout = !c->gateway_id.len && gateway_payout_is(c->narration, c->payer);
    return payout ? PAYMENT_STATEMENT_PAYOUT : PAYMENT_STATEMENT_STRANGE;
}

static bool is_gateways(const PaymentStatement *s) {
    for (int64_t i = 0; i < s->credits.count; i++)
        if (s->credits.list[i].gateway_id.len) return true;
    return false;
}

Status payment_statement_missing(Ctx *ctx, const PaymentStatement *s, int max, PaymentIn *ret,
                                 int *ret_count) {
    PaymentIn *seen;
    int count;
    int64_t zone = ctx->org->zone_offset_s;
    *ret_count = 0;
    if (is_gateways(s)) return OK;
    TRY(payment_in_list_seen(ctx, s->credits.first_day * CLOCK_DAY_S - zone,
                             (s->credits.last_day + 1) * CLOCK_DAY_S - zone - 1, 0,
                             PAYMENT_STATEMENT_SEEN_MAX, &seen, &count));
    for (int i = 0; i < count && *ret_count < max; i++)
        if (!is_taken(s, s->credits.count, seen[i].id)) ret[(*ret_count)++] = seen[i];
    return OK;
}

/* As the treasurer reads the line: what it says and, where the file has that apart, who paid. */
static Text narration_of(Arena *arena, const StatementCredit *credit) {
    if (!credit->payer.len) return credit->narration;
    if (!credit->narration.len) return credit->payer;
    return arena_printf(arena, "%.*s · %.*s", TEXT_ARG(credit->narration),
                        TEXT_ARG(credit->payer));
}

static PaymentIn payment_of(Ctx *ctx, const PaymentStatement *s, int64_t at) {
    const StatementCredit *credit = &s->credits.list[at];
    const StatementCreditMatch *match = payment_statement_match_of(s, at);
    char *hex = ARENA_ARRAY(ctx->arena, char, 2 * DIGEST_BYTES);
    PaymentIn p = {.source = source_of(credit), .external_id = external_of(credit, hex),
                   .at = credit->day * CLOCK_DAY_S - ctx->org->zone_offset_s,
                   .amount_paise = credit->paise, .utr = credit->utr,
                   .payer = payer_address(ctx->arena, credit->payer),
                   .narration = narration_of(ctx->arena, credit)};
    if (!p.payer.len) p.payer = payer_address(ctx->arena, credit->narration);
    if (!match) return p;
    if (match->verdict == STATEMENT_AMBIGUOUS)
        p.problem = T("ambiguous");
    else if (match->verdict != STATEMENT_UNMATCHED && match->claim >= 0)
        p.reference = s->claims[match->claim].reference;
    return p;
}

/* One payment that covers several orders: the rest of it goes to the others in turn. */
static Status count_others(Ctx *ctx, const PaymentStatement *s, int64_t at, PaymentIn *p) {
    int64_t fresh = s->books[at].fresh, first = s->match.credits[fresh].claim;
    for (int64_t i = 0; i < s->claim_count && p->left_paise > 0; i++) {
        if (s->match.claims[i].credit != fresh || i == first) continue;
        TRY(payment_in_settle(ctx, p->id, s->claims[i].reference, T("statement"), p));
    }
    return OK;
}

static Status count_one(Ctx *ctx, const PaymentStatement *s, int64_t at, bool every,
                        bool *ret_new) {
    const StatementCreditMatch *match = payment_statement_match_of(s, at);
    *ret_new = false;
    if (!match && !s->books[at].seen) return OK;
    PaymentStatementFate fate = payment_statement_fate(s, at);
    bool payout = fate == PAYMENT_STATEMENT_PAYOUT;
    if (fate == PAYMENT_STATEMENT_STRANGE && !every) return OK;
    PaymentIn p = payment_of(ctx, s, at);
    if (payout) return gateway_payout_receive(ctx, &p, ret_new);
    TRY(payment_in_receive(ctx, &p, ret_new));
    return *ret_new && match && match->claim_count > 1 ? count_others(ctx, s, at, &p) : OK;
}

Status payment_statement_count(Ctx *ctx, const PaymentStatement *s, int64_t from, int64_t max,
                               bool every, int64_t *ret_new) {
    *ret_new = 0;
    for (int64_t i = from; i < s->credits.count && i < from + max; i++) {
        bool is_new;
        TRY(count_one(ctx, s, i, every, &is_new));
        *ret_new += is_new;
    }
    return OK;
}
