/* Telephone numbers as people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail

#include "domain/phone.h"

static void reads_what_people_type(void **state) {
    (void)state;
    static const struct {
        const char *typed, *e164; /* NULL: refused */
    } rows[] = {
        {"9876543210", "+919876543210"},
        {"98765 43210", "+919876543210"},
        {"098765-43210", "+919876543210"},
        {"+91 98765 43210", "+919876543210"},
        {"0091 98765 43210", "+919876543210"},
        {"919876543210", "+919876543210"},
        {"(098765) 43210", "+919876543210"},
        {"९८७६५ ४३२१०", "+919876543210"},
        {"+९१ ९८७६५४३२१०", "+919876543210"},
        {"98765\xC2\xA0""43210", "+919876543210"},
        {"98765\xE2\x80\x93""43210", "+919876543210"}, /* a dash */
        {"6000000000", "+916000000000"},
        {"+971 50 123 4567", "+971501234567"},
        {"00971501234567", "+971501234567"},
        {"+1 212 555 0123", "+12125550123"},
        {"+49 1512 3456789", "+4915123456789"},
        {"+44 7911 123456", "+447911123456"},
        {"+977 984-1234567", "+9779841234567"},
        {"+44 7911 1234567", NULL},    /* the trunk's zero, or a digit too many */
        {"+86 138 0013 8000", "+8613800138000"},
        {"+86 10 6552 9988", NULL},    /* a fixed line gets no SMS */
        {"+65 8123 4567", "+6581234567"},
        {"+1234567", NULL},            /* ten digits in North America */
        {"+123456789012345", NULL},
        {"+971 50 123 45678", NULL},   /* a digit too many */
        {"+210 123456789", NULL},      /* nobody's code */
        {"+999", NULL},
        {"", NULL},
        {"5876543210", NULL},          /* no mobile in India */
        {"987654321", NULL},           /* nine digits */
        {"98765432101", NULL},         /* eleven */
        {"+91 5876543210", NULL},
        {"+91 987654321", NULL},
        {"+0123456789", NULL},
        {"+123456", NULL},             /* six digits */
        {"+1234567890123456", NULL},   /* sixteen */
        {"123456789012345678901234567890", NULL},
        {"98765x43210", NULL},
        {"98765+43210", NULL},
        {"++919876543210", NULL},
        {"9876543210,9876543211", NULL},
        {"নম্বর", NULL},
    };
    Arena *arena = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Ctx ctx;
        ctx_init(&ctx, arena);
        Text e164 = T("");
        Status status = phone_parse(&ctx, "phone", text_of(rows[i].typed), &e164);
        if (rows[i].e164) {
            if (status != OK) print_error("refused: %s\n", rows[i].typed);
            assert_int_equal(status, OK);
            assert_string_equal(arena_cstr(arena, e164), rows[i].e164);
        } else {
            if (status == OK) print_error("taken: %s\n", rows[i].typed);
            assert_int_equal(status, INVALID);
            assert_string_equal(ctx.errors[0].message, "phone_form");
            assert_string_equal(ctx.errors[0].field, "phone");
        }
    }
    arena_delete(arena);
}

static void hides_all_but_the_ends(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 20);
    const char *masked = arena_cstr(arena, phone_masked(arena, T("+919876543210")));
    assert_string_equal(masked, "+91 •••••••210");
    assert_null(strstr(masked, "98765"));
    assert_null(strstr(arena_cstr(arena, phone_masked(arena, T("+9198"))), "98"));
    arena_delete(arena);
}

static void hashes_under_the_registers_key(void **state) {
    (void)state;
    assert_true(crypto_start());
    Keyring one, other;
    keyring_generate(&one);
    keyring_generate(&other);
    uint8_t a[PHONE_HASH_BYTES], b[PHONE_HASH_BYTES];
    phone_hash(&one, T("+919876543210"), a);
    phone_hash(&one, T("+919876543210"), b);
    assert_memory_equal(a, b, sizeof a);
    phone_hash(&one, T("+919876543211"), b);
    assert_memory_not_equal(a, b, sizeof a);
    phone_hash(&other, T("+919876543210"), b);
    assert_memory_not_equal(a, b, sizeof a);
}

static void shows_numbers_in_groups(void **state) {
    (void)state;
    Arena *arena = arena_new(4096);
    assert_true(text_eq(phone_grouped(arena, T("+919876543210")), T("+91 98765 43210")));
    assert_true(text_eq(phone_grouped(arena, T("+971501234567")), T("+971501234567")));
    assert_true(text_eq(phone_grouped(arena, T("56070")), T("56070")));
    arena_delete(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_numbers_in_groups),
        cmocka_unit_test(reads_what_people_type),
        cmocka_unit_test(hides_all_but_the_ends),
        cmocka_unit_test(hashes_under_the_registers_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
