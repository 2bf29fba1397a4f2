/* From matched credits to counted payments; see payment_statement.h. */
#include "domain/payment_statement.h"

#include "base/clock.h"
#include "store/query.h"

enum { CLAIMS_FIRST = 256 };

static StatementClaim read_claim(Ctx *ctx, Arena *arena, Query *q, Text *ret_reference) {
    int64_t amount = query_column_int(q, 2), claimed_at = query_column_int(q, 4);
    bool paid = text_eq(query_column_text(q, 1), T("paid"));
    StatementClaim claim = {
        .id = query_column_int(q, 0),
        .utr = arena_copy(arena, query_column_text(q, 3)),
        .due_paise = amount,
        .people = (int32_t)query_column_int(q, 5),
        .paid_paise = paid ? amount : query_column_int(q, 6),
        .day = claimed_at ? clock_day(claimed_at, ctx->org->zone_offset_s) : 0,
    };
    char reference[ORDER_REFERENCE_MAX];
    size_t len = order_code_reference_make(&ctx->org->keys, ctx->org->code, claim.id, reference);
    claim.reference = *ret_reference = arena_copy(arena, (Text){reference, len});
    return claim;
}

static void grow(Arena *arena, PaymentStatement *s, int64_t *room) {
    int64_t more = *room ? *room * 2 : CLAIMS_FIRST;
    StatementClaim *claims = ARENA_ARRAY(arena, StatementClaim, more);
    Text *references = ARENA_ARRAY(arena, Text, more);
    for (int64_t i = 0; i < s->claim_count; i++) {
        claims[i] = s->claims[i];
        references[i] = s->references[i];
    }
    s->claims = claims;
    s->references = references;
    *room = more;
}

Status payment_statement_claims(Ctx *ctx, Arena *arena, PaymentStatement *ret) {
    int64_t room = 0;
    ret->claim_count = 0;
    Query *q = query_begin(ctx, Q_FEE_ORDER_CLAIMS);
    query_int(q, "org", ctx->org->id);
    query_int(q, "after", 0);
    query_int(q, "since", ctx->now_s - 2 * STATEMENT_MATCH_DAYS_APART_MAX * CLOCK_DAY_S);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        if (ret->claim_count == room) grow(arena, ret, &room);
        int64_t at = ret->claim_count++;
        ret->claims[at] = read_claim(ctx, arena, q, &ret->references[at]);
    }
    return query_done(q);
}

static PaymentIn payment_of(Ctx *ctx, const PaymentStatement *s, int64_t at) {
    const StatementCredit *credit = &s->credits.list[at];
    const StatementCreditMatch *match = &s->match.credits[at];
    char *hex = ARENA_ARRAY(ctx->arena, char, 2 * DIGEST_BYTES);
    text_hex(credit->fingerprint, DIGEST_BYTES, hex);
    PaymentIn p = {.source = T("bank"), .external_id = {hex, 2 * DIGEST_BYTES},
                   .at = credit->day * CLOCK_DAY_S - ctx->org->zone_offset_s,
                   .amount_paise = credit->paise, .utr = credit->utr};
    if (match->verdict == STATEMENT_AMBIGUOUS)
        p.problem = T("ambiguous");
    else if (match->verdict != STATEMENT_UNMATCHED && match->claim >= 0)
        p.reference = s->references[match->claim];
    return p;
}

/* One payment that covers several orders: the rest of it goes to the others in turn. */
static Status count_others(Ctx *ctx, const PaymentStatement *s, int64_t at, PaymentIn *p) {
    for (int64_t i = 0; i < s->claim_count && p->left_paise > 0; i++) {
        if (s->match.claims[i].credit != at || i == s->match.credits[at].claim) continue;
        TRY(payment_in_settle(ctx, p->id, s->references[i], T("statement"), p));
    }
    return OK;
}

Status payment_statement_count(Ctx *ctx, const PaymentStatement *s, int64_t from, int64_t max,
                               bool all, int64_t *ret_new) {
    *ret_new = 0;
    for (int64_t i = from; i < s->credits.count && i < from + max; i++) {
        const StatementCreditMatch *match = &s->match.credits[i];
        if (match->verdict == STATEMENT_UNMATCHED && !all) continue;
        PaymentIn p = payment_of(ctx, s, i);
        bool is_new;
        TRY(payment_in_receive(ctx, &p, &is_new));
        if (!is_new) continue;
        ++*ret_new;
        if (match->claim_count > 1) TRY(count_others(ctx, s, i, &p));
    }
    return OK;
}
