/* Checking a card: each way of asking says no more than what was shown allows. */
#include "register_test.h"

#include "crypto/check_code.h"
#include "domain/check.h"

typedef struct Looking {
    Check read, check;
} Looking;

static Status look(Ctx *ctx, void *argument) {
    Looking *l = argument;
    return check_look(ctx, &l->read, &l->check);
}

static Check check(Register *r, Text code) {
    Looking l;
    ctx_forget_errors(&r->ctx);
    register_must(r, check_read(&r->ctx, code, &l.read));
    register_must(r, register_read(r, look, &l));
    assert_int_equal(r->ctx.error_count, 0);
    return l.check;
}

static void says(Register *r, Text code, CheckVerdict wanted, bool shows) {
    Check c = check(r, code);
    if (c.verdict != wanted)
        print_error("%.*s: %.*s\n", TEXT_ARG(text_slice(code, 0, 60)),
                    TEXT_ARG(check_verdict_text(c.verdict)));
    assert_int_equal(c.verdict, wanted);
    assert_int_equal(c.shows_person, shows);
}

/* What number, check code, its address and signed code say of one card. */
static void card_says(Register *r, const Card *card, CheckVerdict by_number, CheckVerdict by_code) {
    bool shows = by_code == CHECK_VALID || by_code == CHECK_PROVISIONAL;
    says(r, card->number, by_number, false);
    says(r, card->check_code, by_code, shows);
    says(r, card->check_url, by_code, shows);
    says(r, card->signed_code, by_code, shows);
}

static void says_what_became_of_a_member(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 1);
    e.fee_method = FEE_PENDING;
    Enrolled enrolled;
    register_must(r, register_enrol(r, &e, &enrolled));
    Card card = register_card(r, enrolled.serial);
    Member m = register_member_at(r, enrolled.serial);
    card_says(r, &card, CHECK_UNKNOWN, CHECK_UNKNOWN);
    register_change(r, &m, MEMBER_PROVISIONAL);
    card_says(r, &card, CHECK_VALID, CHECK_PROVISIONAL);
    register_change(r, &m, MEMBER_CONFIRMED);
    card_says(r, &card, CHECK_VALID, CHECK_VALID);
    register_change(r, &m, MEMBER_SUSPENDED);
    card_says(r, &card, CHECK_UNKNOWN, CHECK_SUSPENDED);
    register_change(r, &m, MEMBER_ENDED);
    card_says(r, &card, CHECK_UNKNOWN, CHECK_ENDED);
}

static void says_when_the_term_is_over(void **state) {
    Register *r = *state;
    register_run(r, "UPDATE membership_kind SET term_days = 365");
    Card card = register_card(r, register_member(r, 1).serial);
    r->ctx.now_s = card.member.expires_at - 1;
    card_says(r, &card, CHECK_VALID, CHECK_VALID);
    r->ctx.now_s++;
    card_says(r, &card, CHECK_UNKNOWN, CHECK_EXPIRED);
}

static Status reissue(Ctx *ctx, void *member) { return member_reissue(ctx, member, T("lost")); }

static void tells_an_old_card_from_the_new_one(void **state) {
    Register *r = *state;
    Card old = register_card(r, register_member(r, 1).serial);
    Member lost = register_member_at(r, old.member.serial);
    r->ctx.now_s++;
    register_must(r, register_write(r, reissue, &lost));
    Card new = register_card(r, old.member.serial);
    says(r, old.check_code, CHECK_REISSUED, false);
    says(r, old.signed_code, CHECK_REISSUED, false);
    says(r, new.check_code, CHECK_VALID, true);
    says(r, new.signed_code, CHECK_VALID, true);
    assert_false(text_eq(old.check_code, new.check_code));
    Member m = register_member_at(r, old.member.serial);
    register_change(r, &m, MEMBER_ENDED);
    says(r, old.check_code, CHECK_ENDED, false);
}

/* By number alone nobody learns whether a number was never given, ended or suspended. */
static void a_number_alone_says_yes_or_no(void **state) {
    Register *r = *state;
    Member m = register_member(r, 1);
    Card card = register_card(r, m.serial);
    Number never = number_of_serial(&r->org.keys, r->org.code, 4711);
    char text[NUMBER_TEXT_MAX];
    size_t len = number_text(&never, text);
    says(r, (Text){text, len}, CHECK_UNKNOWN, false);
    says(r, card.number, CHECK_VALID, false);
    register_change(r, &m, MEMBER_ENDED);
    Check ended = check(r, card.number), unknown = check(r, (Text){text, len});
    assert_int_equal(ended.verdict, unknown.verdict);
    assert_int_equal(ended.shows_person, unknown.shows_person);
}

static void knows_a_tag_that_it_did_not_make(void **state) {
    Register *r = *state;
    Card card = register_card(r, register_member(r, 1).serial);
    char *other = arena_cstr(r->arena, card.check_code);
    char *last = other + card.check_code.len - 1;
    *last = *last == '7' ? '8' : '7';
    says(r, text_of(other), CHECK_WRONG_TAG, false);
    assert_int_equal(check(r, text_of(other)).kind, CHECK_BY_TAG);
    Number never = number_of_serial(&r->org.keys, r->org.code, 4711);
    char code[CHECK_CODE_MAX];
    size_t len = check_code_make(&r->org.keys, &never, 1, code);
    says(r, (Text){code, len}, CHECK_WRONG_TAG, false);
}

static Text signed_with(Register *r, const Card *card, const Keyring *keys) {
    CardClaims claims;
    assert_int_equal(signed_code_read(r->arena, &r->org.keys, card->signed_code, &claims),
                     SIGNED_CODE_GOOD);
    return signed_code_make(NULL, r->arena, keys, &claims);
}

static void knows_a_signature_that_it_did_not_make(void **state) {
    Register *r = *state;
    Card card = register_card(r, register_member(r, 1).serial);
    Keyring other;
    keyring_generate(&other);
    says(r, signed_with(r, &card, &other), CHECK_OTHER_ORGANISATION, false);
    memcpy(other.signing[0].id, r->org.keys.signing[0].id, KEY_ID_BYTES);
    says(r, signed_with(r, &card, &other), CHECK_FORGED, false);
    /* rightly signed, for a number that nobody has */
    CardClaims claims;
    (void)signed_code_read(r->arena, &r->org.keys, card.signed_code, &claims);
    Number never = number_of_serial(&r->org.keys, r->org.code, 4711);
    char text[NUMBER_TEXT_MAX];
    claims.number = (Text){text, number_text(&never, text)};
    says(r, signed_code_make(NULL, r->arena, &r->org.keys, &claims), CHECK_UNKNOWN, false);
}

static void knows_what_is_no_code_of_ours(void **state) {
    Register *r = *state;
    Member m = register_member(r, 1);
    Card card = register_card(r, m.serial);
    static const char *const no_codes[] = {"", "hello", "https://club.example/V/", "12345",
                                           "NCF", "https://club.example/about"};
    for (size_t i = 0; i < sizeof no_codes / sizeof *no_codes; i++)
        says(r, text_of(no_codes[i]), CHECK_NOT_A_CODE, false);
    char *other = arena_cstr(r->arena, card.number);
    memcpy(other, "XYZ", 3);
    says(r, text_of(other), CHECK_OTHER_ORGANISATION, false);
    other = arena_cstr(r->arena, card.check_code);
    memcpy(other, "XYZ", 3);
    says(r, text_of(other), CHECK_OTHER_ORGANISATION, false);
    other = arena_cstr(r->arena, card.number);
    other[card.number.len - 1] = other[card.number.len - 1] == '5' ? '6' : '5';
    says(r, text_of(other), CHECK_WRONG_DIGIT, false);
    /* as people write it */
    Text digits = text_slice(card.number, strlen("GKC-"), card.number.len);
    says(r, digits, CHECK_VALID, false);
    says(r, arena_printf(r->arena, " gkc %.*s ", TEXT_ARG(digits)), CHECK_VALID, false);
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_REGISTER(says_what_became_of_a_member),
        WITH_REGISTER(says_when_the_term_is_over),
        WITH_REGISTER(tells_an_old_card_from_the_new_one),
        WITH_REGISTER(a_number_alone_says_yes_or_no),
        WITH_REGISTER(knows_a_tag_that_it_did_not_make),
        WITH_REGISTER(knows_a_signature_that_it_did_not_make),
        WITH_REGISTER(knows_what_is_no_code_of_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
