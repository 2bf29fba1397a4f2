/* What stands on a card, and its codes. */
#include "domain/card.h"

#include "crypto/check_code.h"
#include "crypto/secret_token.h"
#include "crypto/status_list.h"
#include "domain/code_address.h"
#include "domain/member_photo.h"
#include "store/query.h"

enum { OLD_ADDRESSES = 50 };

typedef struct Post {
    int64_t since;
    Text title_en, title_hi;
} Post;

/* The posts held longest come first; those beyond the card's room are left out. */
static Status read_posts(Ctx *ctx, Card *card) {
    Post posts[CARD_POSTS + 1];
    int count = 0;
    Query *q = query_begin(ctx, Q_POST_LIST);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", card->member.serial);
    query_int(q, "now", ctx->now_s);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        Post post = {query_column_int(q, 2), query_column_text(q, 0), query_column_text(q, 1)};
        int at = count;
        for (; at > 0 && posts[at - 1].since > post.since; at--) posts[at] = posts[at - 1];
        posts[at] = post;
        if (count < CARD_POSTS) count++;
    }
    card->post_count = count;
    for (int i = 0; i < count; i++) {
        card->post_en[i] = posts[i].title_en;
        card->post_hi[i] = posts[i].title_hi;
    }
    return query_done(q);
}

static Status read_state_name(Ctx *ctx, Card *card) {
    card->state_name_en = card->state_name_hi = T("");
    if (!card->unit.state_code.len || text_eq(card->unit.state_code, card->unit.code)) return OK;
    Unit state;
    bool found;
    TRY(unit_find(ctx, card->unit.state_code, &state, &found));
    if (!found) return OK;
    card->state_name_en = unit_name(&state, LANG_EN);
    card->state_name_hi = unit_name(&state, LANG_HI);
    return OK;
}

static Status read_issue_time(Ctx *ctx, Card *card) {
    card->issued_at = card->member.joined_at;
    if (card->member.card_issue == 1) return OK;
    Query *q = query_begin(ctx, Q_MEMBER_LAST_REISSUE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", card->member.serial);
    return query_run_int(q, &card->issued_at);
}

/* The rest of a card whose member is read already. */
static Status fill(Ctx *ctx, Card *card) {
    TRY(unit_by_id(ctx, card->member.unit_id, &card->unit));
    TRY(read_state_name(ctx, card));
    TRY(read_issue_time(ctx, card));
    TRY(membership_kind_read(ctx, card->member.kind, &card->kind));
    return read_posts(ctx, card);
}

Status card_load_number(Ctx *ctx, const Number *number, Card *ret) {
    Member member;
    TRY(member_of_number(ctx, number, &member));
    *ret = (Card){.member = member};
    return fill(ctx, ret);
}

Status card_load(Ctx *ctx, int64_t serial, bool any_state, Card *ret) {
    *ret = (Card){0};
    TRY(member_by_serial(ctx, serial, &ret->member));
    if (!any_state && ret->member.state == MEMBER_APPLIED)
        return fail(ctx, CONFLICT, NULL, "card_not_yet");
    if (!any_state && !member_state_has_card(ret->member.state))
        return fail(ctx, CONFLICT, NULL, "card_ended");
    return fill(ctx, ret);
}

void card_first_issue(const Enrolment *asked, const Enrolled *enrolled, Card *ret) {
    *ret = (Card){
        .member = {.serial = enrolled->serial, .number = enrolled->number,
                   .state = enrolled->state, .kind = asked->kind, .name = asked->name,
                   .name_alt = asked->name_alt.ptr ? asked->name_alt : T(""),
                   .unit_id = enrolled->unit.id, .joined_at = enrolled->joined_at,
                   .expires_at = enrolled->expires_at, .card_issue = 1, .card_generation = 1},
        .unit = enrolled->unit,
        .issued_at = enrolled->joined_at,
    };
}

Status card_read_photo(Ctx *ctx, Card *card) {
    return member_photo_read(ctx, &card->member, &card->photo);
}

Status card_read_more(Ctx *ctx, Card *card) {
    TRY(card_read_photo(ctx, card));
    TRY(organisation_slogan_read(ctx, &card->slogan));
    return member_optional_read(ctx, &card->member, &card->optional);
}

/* ISO 639-3 of the script a name is written in: Devanagari (U+0900-U+097F) is Hindi here. */
static Text language_of(Text name) {
    for (size_t at = 0; at < name.len;) {
        uint32_t cp = text_next_codepoint(name, &at);
        if (cp >= 0x900 && cp <= 0x97F) return T("hin");
    }
    return T("eng");
}

/* "YYYYMMDD" of "YYYY-MM-DD", as the specification has it. */
static Text claimed_date(Ctx *ctx, Text date) {
    if (!date.len) return TEXT_NONE;
    return arena_printf(ctx->arena, "%.*s%.*s%.*s", 4, date.ptr, 2, date.ptr + 5, 2, date.ptr + 8);
}

static CardClaims claims_of(Ctx *ctx, const Card *card) {
    const Member *m = &card->member;
    int64_t shard, index;
    status_list_place(&ctx->org->keys, m->serial, &shard, &index);
    return (CardClaims){
        .issuer = ctx->org->host,
        .expires_at = m->expires_at,
        .not_before = m->joined_at,
        .issued_at = card->issued_at,
        .status_index = index,
        .status_uri = arena_printf(ctx->arena, "%.*s/status/%lld", TEXT_ARG(ctx->org->base_url),
                                   (long long)shard),
        .number = card->number,
        .language = language_of(m->name),
        .name = m->name,
        .birth_date = claimed_date(ctx, card->optional.birth_date),
        .name_second = m->name_alt,
        .language_second = m->name_alt.len ? language_of(m->name_alt) : TEXT_NONE,
        .location = card->unit.code,
    };
}

Status card_sign(Ctx *ctx, SignedCodeMaker *maker, Card *card) {
    const Keyring *keys = &ctx->org->keys;
    const Member *m = &card->member;
    char number[NUMBER_TEXT_MAX], check[CHECK_CODE_MAX], token[CARD_TOKEN_CHARS];
    size_t len = number_text(&m->number, number);
    card->number = arena_copy(ctx->arena, (Text){number, len});
    len = check_code_make(keys, &m->number, m->card_issue, check);
    card->check_code = arena_copy(ctx->arena, (Text){check, len});
    card->check_url = code_address_make(ctx, "/V/", card->check_code);
    card_token_make(keys, m->serial, m->card_generation, token);
    card->page_path = arena_printf(ctx->arena, "/card/%.*s", CARD_TOKEN_CHARS, token);
    CardClaims claims = claims_of(ctx, card);
    card->signed_code = signed_code_make(maker, ctx->arena, keys, &claims);
    return card->signed_code.len ? OK : fail(ctx, INVALID, NULL, "card_too_long");
}

/* Of this member, but of an address that was replaced since. */
static bool was_address(Ctx *ctx, Text token, const Member *m) {
    int64_t generation = m->card_generation;
    while (--generation >= 1 && m->card_generation - generation <= OLD_ADDRESSES)
        if (card_token_verify(&ctx->org->keys, token, m->serial, generation)) return true;
    return false;
}

Status card_by_token(Ctx *ctx, Text token, Card *ret) {
    *ret = (Card){0};
    int64_t serial;
    if (!card_token_serial(&ctx->org->keys, token, &serial))
        return fail(ctx, NOT_FOUND, NULL, "card_page_gone");
    Status status = member_by_serial(ctx, serial, &ret->member);
    if (status == NOT_FOUND) ctx_forget_errors(ctx);
    if (status == NOT_FOUND) return fail(ctx, NOT_FOUND, NULL, "card_page_gone");
    TRY(status);
    const Member *m = &ret->member;
    if (!card_token_verify(&ctx->org->keys, token, serial, m->card_generation))
        return fail(ctx, NOT_FOUND, NULL,
                    was_address(ctx, token, m) ? "card_page_moved" : "card_page_gone");
    return fill(ctx, ret);
}

Status card_status_bits(Ctx *ctx, int64_t shard, uint8_t **ret_bits) {
    if (shard < 0 || shard >= NUMBER_SERIAL_END / STATUS_SHARD_ENTRIES)
        return fail(ctx, NOT_FOUND, NULL, "page_not_found");
    uint8_t *bits = ARENA_ARRAY(ctx->arena, uint8_t, STATUS_SHARD_ENTRIES / 8);
    Query *q = query_begin(ctx, Q_MEMBER_SHARD_STATES);
    query_int(q, "org", ctx->org->id);
    query_int(q, "first", shard * STATUS_SHARD_ENTRIES);
    query_int(q, "last", (shard + 1) * STATUS_SHARD_ENTRIES);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        int64_t at_shard, index;
        status_list_place(&ctx->org->keys, query_column_int(q, 0), &at_shard, &index);
        bits[index / 8] |= (uint8_t)(1u << (index % 8));
    }
    TRY(query_done(q));
    *ret_bits = bits;
    return OK;
}
