/* What stands on a card, its page's address, and the list of those that are no longer valid. */
#include "register_test.h"

#include "crypto/secret_token.h"
#include "crypto/status_list.h"

static void says_where_and_what_somebody_is(void **state) {
    Register *r = *state;
    Member m = register_member(r, 1);
    register_run(r, "INSERT INTO post VALUES (1, 0, 1, 4, 'Old', 'पुराना', 1, 2);"
                    "INSERT INTO post VALUES (1, 0, 2, 4, 'Secretary', 'सचिव', 20, NULL);"
                    "INSERT INTO post VALUES (1, 0, 3, 4, 'Treasurer', 'कोषाध्यक्ष', 10, NULL);"
                    "INSERT INTO post VALUES (1, 0, 4, 4, 'Third', 'तीसरा', 30, 9999999999);"
                    "INSERT INTO post VALUES (1, 0, 5, 4, 'Fourth', 'चौथा', 40, NULL)");
    Card card = register_card(r, m.serial);
    assert_true(text_eq(card.unit.code, T("UP-174")));
    assert_true(text_eq(card.state_name_en, T("Uttar Pradesh")));
    assert_true(text_eq(card.state_name_hi, T("Uttar Pradesh"))); /* no Hindi one is known */
    assert_true(text_eq(card.kind.kind, T("ordinary")));
    assert_int_equal(card.post_count, CARD_POSTS);
    assert_true(text_eq(card.post_en[0], T("Treasurer")));
    assert_true(text_eq(card.post_hi[1], T("सचिव")));
    assert_true(text_eq(card.post_en[2], T("Third")));
}

static void carries_its_codes(void **state) {
    Register *r = *state;
    Card card = register_card(r, register_member(r, 1).serial);
    assert_int_equal(card.number.len, strlen("GKC-204-7719-0350"));
    assert_true(text_starts_with(card.number, T("GKC-")));
    assert_int_equal(card.check_code.len, strlen("GKC20477190350-7K3M9QWX"));
    assert_true(text_starts_with(card.check_url, T("HTTPS://CLUB.EXAMPLE/V/GKC")));
    assert_true(text_ends_with(card.check_url, card.check_code));
    assert_true(text_starts_with(card.page_path, T("/card/")));
    CardClaims claims;
    assert_int_equal(signed_code_read(r->arena, &r->org.keys, card.signed_code, &claims),
                     SIGNED_CODE_GOOD);
    assert_true(text_eq(claims.name, T("Asha Devi")));
    assert_true(text_eq(claims.number, card.number));
    assert_true(text_eq(claims.issuer, T("club.example")));
    assert_true(text_eq(claims.language, T("eng")));
    assert_true(text_eq(claims.location, T("UP-174")));
    assert_int_equal(claims.birth_date.len, 0); /* how old somebody is, is on no card by itself */
}

typedef struct Adding {
    int64_t serial;
    Card card;
    MemberOptional wished;
} Adding;

static Status add(Ctx *ctx, void *argument) {
    Adding *a = argument;
    TRY(card_load(ctx, a->serial, false, &a->card));
    TRY(member_optional_put(ctx, &a->card.member, &a->wished));
    return card_read_more(ctx, &a->card);
}

static Text claimed_birth_date(Register *r, Adding *a) {
    CardClaims claims;
    register_must(r, register_write(r, add, a));
    register_must(r, card_sign(&r->ctx, NULL, &a->card));
    assert_int_equal(signed_code_read(r->arena, &r->org.keys, a->card.signed_code, &claims),
                     SIGNED_CODE_GOOD);
    return claims.birth_date;
}

static void claims_a_date_of_birth_while_it_is_wanted(void **state) {
    Register *r = *state;
    Adding a = {.serial = register_member(r, 1).serial, .wished.birth_date = T("1980-08-15")};
    assert_true(text_eq(claimed_birth_date(r, &a), T("19800815")));
    assert_true(text_eq(a.card.optional.birth_date, T("1980-08-15")));
    a.wished.birth_date = T("1981-08-15"); /* they joined as born in 1980 */
    register_refused(r, register_write(r, add, &a), INVALID, "birth_year", "birth_date_year");
    a.wished.birth_date = TEXT_NONE;
    assert_int_equal(claimed_birth_date(r, &a).len, 0);
    assert_int_equal(register_int(r, "SELECT count(*) FROM member_optional"), 0);
}

static void takes_only_days_that_have_been(void **state) {
    Register *r = *state;
    static const struct {
        int64_t day, month, year;
    } none[] = {{0, 0, 0},      {31, 4, 1980},   {30, 2, 1980},  {29, 2, 1981}, {1, 13, 1980},
                {1, 1, 1899},   {1, 1, 9999},    {1, 1, 80},     {-1, 1, 1980}, {0, 5, 1980},
                {15, 0, 1980},  {1, 123, 1980},  {1, 1, 19800},  {INT64_MAX, 1, 1980}};
    Text date;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        ctx_forget_errors(&r->ctx);
        register_refused(r, member_optional_birth_date(&r->ctx, none[i].day, none[i].month,
                                                       none[i].year, &date),
                         INVALID, "birth_day", "birth_date_form");
    }
    register_set_day(r, 2026, 11, 28);
    register_must(r, member_optional_birth_date(&r->ctx, 28, 11, 2026, &date));
    assert_true(text_eq(date, T("2026-11-28")));
    register_refused(r, member_optional_birth_date(&r->ctx, 29, 11, 2026, &date), INVALID,
                     "birth_day", "birth_date_form");
    register_must(r, member_optional_birth_date(&r->ctx, 29, 2, 1980, &date));
    assert_true(text_eq(date, T("1980-02-29")));
}

static void names_the_script_of_each_name(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 1);
    e.name = T("लक्ष्मी श्रीवास्तव");
    e.name_alt = T("Lakshmi Srivastava");
    Enrolled enrolled;
    register_must(r, register_enrol(r, &e, &enrolled));
    Card card = register_card(r, enrolled.serial);
    CardClaims claims;
    assert_int_equal(signed_code_read(r->arena, &r->org.keys, card.signed_code, &claims),
                     SIGNED_CODE_GOOD);
    assert_true(text_eq(claims.language, T("hin")));
    assert_true(text_eq(claims.language_second, T("eng")));
    assert_true(text_eq(claims.name_second, T("Lakshmi Srivastava")));
}

typedef struct Loading {
    int64_t serial;
    Text token;
    Card card;
} Loading;

static Status load(Ctx *ctx, void *argument) {
    Loading *l = argument;
    return card_load(ctx, l->serial, false, &l->card);
}

static void is_for_members_only(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 1);
    e.fee_method = FEE_PENDING;
    Enrolled enrolled;
    register_must(r, register_enrol(r, &e, &enrolled));
    Loading l = {.serial = enrolled.serial};
    register_refused(r, register_read(r, load, &l), CONFLICT, NULL, "card_not_yet");
    Member m = register_member_at(r, enrolled.serial);
    register_change(r, &m, MEMBER_PROVISIONAL);
    register_must(r, register_read(r, load, &l));
    register_change(r, &m, MEMBER_SUSPENDED);
    register_must(r, register_read(r, load, &l));
    register_change(r, &m, MEMBER_ENDED);
    register_refused(r, register_read(r, load, &l), CONFLICT, NULL, "card_ended");
    l.serial = 99;
    register_refused(r, register_read(r, load, &l), NOT_FOUND, NULL, "member_not_found");
}

static Status by_token(Ctx *ctx, void *argument) {
    Loading *l = argument;
    return card_by_token(ctx, l->token, &l->card);
}

static void is_found_by_its_address_alone(void **state) {
    Register *r = *state;
    Card card = register_card(r, register_member(r, 1).serial);
    Loading l = {.token = text_slice(card.page_path, strlen("/card/"), CARD_TOKEN_CHARS)};
    register_must(r, register_read(r, by_token, &l));
    assert_int_equal(l.card.member.serial, card.member.serial);
    char *other = arena_cstr(r->arena, l.token);
    for (int i = 0; i < CARD_TOKEN_CHARS; i++) { /* every letter counts */
        char letter = other[i];
        other[i] = letter == '7' ? '8' : '7';
        l.token = text_of(other);
        register_refused(r, register_read(r, by_token, &l), NOT_FOUND, NULL, "card_page_gone");
        other[i] = letter;
    }
    l.token = text_of(other);
    register_must(r, register_read(r, by_token, &l));
    register_run(r, "UPDATE member SET card_generation = 2");
    register_refused(r, register_read(r, by_token, &l), NOT_FOUND, NULL, "card_page_moved");
    char nobodys[CARD_TOKEN_CHARS]; /* rightly made, for a serial that nobody has */
    card_token_make(&r->org.keys, 4711, 1, nobodys);
    l.token = (Text){nobodys, CARD_TOKEN_CHARS};
    register_refused(r, register_read(r, by_token, &l), NOT_FOUND, NULL, "card_page_gone");
    l.token = T("short");
    register_refused(r, register_read(r, by_token, &l), NOT_FOUND, NULL, "card_page_gone");
}

typedef struct Bits {
    int64_t shard;
    uint8_t *bits;
} Bits;

static Status read_bits(Ctx *ctx, void *argument) {
    Bits *b = argument;
    return card_status_bits(ctx, b->shard, &b->bits);
}

static bool bit_of(Register *r, const Bits *b, int64_t serial) {
    int64_t shard, index;
    status_list_place(&r->org.keys, serial, &shard, &index);
    assert_int_equal(shard, b->shard);
    return b->bits[index / 8] >> (index % 8) & 1;
}

static void lists_who_is_not_valid(void **state) {
    Register *r = *state;
    Member m[4];
    for (int i = 0; i < 4; i++) m[i] = register_member(r, i);
    register_change(r, &m[1], MEMBER_SUSPENDED);
    register_change(r, &m[3], MEMBER_ENDED);
    Bits b = {.shard = 0};
    register_must(r, register_read(r, read_bits, &b));
    for (int i = 0; i < 4; i++) assert_int_equal(bit_of(r, &b, m[i].serial), i % 2);
    int set = 0;
    for (int i = 0; i < STATUS_SHARD_ENTRIES / 8; i++) set += __builtin_popcount(b.bits[i]);
    assert_int_equal(set, 2);
    static const int64_t none[] = {-1, NUMBER_SERIAL_END / STATUS_SHARD_ENTRIES, INT64_MAX};
    for (int i = 0; i < 3; i++) {
        b.shard = none[i];
        register_refused(r, register_read(r, read_bits, &b), NOT_FOUND, NULL, "page_not_found");
    }
}

/* A card that was ever signed must not be valid again in a list that is checked without us. */
static void lists_each_state_as_it_is(void **state) {
    Register *r = *state;
    Member m = register_member(r, 1);
    for (int i = 0; i < MEMBER_STATE_COUNT; i++) {
        Bits b = {.shard = 0};
        Text name = member_state_text((MemberState)i);
        register_run(r, arena_printf(r->arena, "UPDATE member SET state = '%.*s'",
                                     TEXT_ARG(name)).ptr);
        register_must(r, register_read(r, read_bits, &b));
        bool good = i == MEMBER_APPLIED || i == MEMBER_PROVISIONAL || i == MEMBER_CONFIRMED;
        assert_int_equal(bit_of(r, &b, m.serial), !good);
    }
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_REGISTER(says_where_and_what_somebody_is),
        WITH_REGISTER(carries_its_codes),
        WITH_REGISTER(claims_a_date_of_birth_while_it_is_wanted),
        WITH_REGISTER(takes_only_days_that_have_been),
        WITH_REGISTER(names_the_script_of_each_name),
        WITH_REGISTER(is_for_members_only),
        WITH_REGISTER(is_found_by_its_address_alone),
        WITH_REGISTER(lists_who_is_not_valid),
        WITH_REGISTER(lists_each_state_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
