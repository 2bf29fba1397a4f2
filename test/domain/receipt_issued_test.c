/* What a receipt says, and what its number or code tells to anybody. */
#include "treasury_test.h"

#include "domain/receipt_book.h"
#include "domain/receipt_issued.h"
#include "domain/refund.h"

typedef struct Act {
    const char *typed;
    Text code;
    Member member;
    ReceiptIssued receipt;
    ReceiptCheck check;
    int64_t paise;
} Act;

static Status load(Ctx *ctx, void *argument) {
    Act *a = argument;
    TRY(receipt_issued_of_member(ctx, &a->member, -1, &a->receipt));
    receipt_issued_sign(ctx, &a->receipt);
    return OK;
}

static Status look(Ctx *ctx, void *argument) {
    Act *a = argument;
    ReceiptCheck read;
    receipt_issued_read(ctx, a->typed ? text_of(a->typed) : a->code, &read);
    return receipt_issued_look(ctx, &read, &a->check);
}

static Status by_number(Ctx *ctx, void *argument) {
    Act *a = argument;
    return receipt_issued_by_number(ctx, text_of(a->typed), &a->receipt);
}

static Status spoil(Ctx *ctx, void *argument) {
    Receipt *r = argument;
    return receipt_book_void(ctx, 1, T("Torn"), r);
}

static Status give_back(Ctx *ctx, void *argument) {
    Act *a = argument;
    return refund_member(ctx, &a->member, T("cash:server"), T("Twice"), &a->paise);
}

static ReceiptCheck looks(Register *r, const char *typed) {
    Act a = {.typed = typed};
    register_must(r, register_read(r, look, &a));
    return a.check;
}

static Act receipt_of(Register *r, int64_t serial) {
    Act a = {.member = register_member_at(r, serial)};
    register_must(r, register_read(r, load, &a));
    return a;
}

static void says_what_was_paid(void **state) {
    Register *r = *state;
    Member m = register_member(r, 1);
    Act a = receipt_of(r, m.serial);
    assert_string_equal(arena_cstr(r->arena, a.receipt.number), "GKC/26-27/B001/0001");
    assert_int_equal(a.receipt.paise, REGISTER_FEE_PAISE);
    assert_int_equal(a.receipt.at, r->ctx.now_s);
    assert_true(text_eq(a.receipt.method, T("cash")));
    assert_int_equal(a.receipt.collector.len, 0); /* the office itself */
    assert_true(text_eq(a.receipt.member.name, m.name));
    assert_true(text_eq(a.receipt.kind.kind, m.kind));
    a.typed = "gkc 26-27 b1 r1";
    register_must(r, register_read(r, by_number, &a));
    assert_true(text_eq(a.receipt.member.name, m.name));
    a.typed = "GKC/26-27/B001/0002";
    register_refused(r, register_read(r, by_number, &a), NOT_FOUND, NULL, "receipt_not_found");
    a.typed = "GKD/26-27/B001/0001";
    register_refused(r, register_read(r, by_number, &a), NOT_FOUND, NULL, "receipt_not_found");
    a.typed = "GKC-204";
    register_refused(r, register_read(r, by_number, &a), INVALID, NULL, "receipt_form");
}

static void a_number_alone_names_nobody(void **state) {
    Register *r = *state;
    Member m = register_member(r, 1);
    Act a = receipt_of(r, m.serial);
    ReceiptCheck check = looks(r, "GKC/26-27/B001/0001");
    assert_int_equal(check.issued.state, RECEIPT_VALID);
    assert_int_equal(check.issued.paise, REGISTER_FEE_PAISE);
    assert_false(check.shows_person);
    check = looks(r, arena_cstr(r->arena, a.receipt.code));
    assert_int_equal(check.issued.state, RECEIPT_VALID);
    assert_true(check.shows_person);
    assert_true(text_eq(check.issued.member.name, m.name));
    check = looks(r, arena_cstr(r->arena, a.receipt.check_url));
    assert_true(check.shows_person);
}

static void what_is_not_ours_is_unknown(void **state) {
    Register *r = *state;
    Member m = register_member(r, 1);
    Act a = receipt_of(r, m.serial);
    char *wrong = arena_cstr(r->arena, a.receipt.code);
    wrong[a.receipt.code.len - 1] = wrong[a.receipt.code.len - 1] == 'A' ? 'B' : 'A';
    ReceiptCheck check = looks(r, wrong);
    assert_int_equal(check.issued.state, RECEIPT_UNKNOWN);
    assert_int_equal(check.issued.paise, 0);
    assert_false(check.shows_person);
    assert_int_equal(looks(r, "GKC/26-27/B001/0002").issued.state, RECEIPT_UNKNOWN);
    /* the book is of another year */
    check = looks(r, "GKC/27-28/B001/0001");
    assert_int_equal(check.issued.state, RECEIPT_UNKNOWN);
    assert_int_equal(check.issued.paise, 0);
    assert_int_equal(looks(r, "ABC/26-27/B001/0001").issued.state, RECEIPT_OTHER_ORGANISATION);
    assert_int_equal(looks(r, "hello").issued.state, RECEIPT_NOT_ONE);
    assert_int_equal(looks(r, "").issued.state, RECEIPT_NOT_ONE);
}

static void void_and_refunded_receipts_say_so(void **state) {
    Register *r = *state;
    Member m = register_member(r, 1);
    Act a = receipt_of(r, m.serial);
    Receipt spoiled;
    register_must(r, register_write(r, spoil, &spoiled));
    ReceiptCheck check = looks(r, "GKC/26-27/B001/0002");
    assert_int_equal(check.issued.state, RECEIPT_VOID);
    assert_int_equal(check.issued.at, r->ctx.now_s);
    assert_int_equal(check.issued.paise, 0);
    Act v = {.typed = "GKC/26-27/B001/0002"};
    register_refused(r, register_read(r, by_number, &v), NOT_FOUND, NULL, "receipt_not_found");
    a.member = m;
    register_must(r, register_write(r, give_back, &a));
    check = looks(r, arena_cstr(r->arena, a.receipt.code));
    assert_int_equal(check.issued.state, RECEIPT_REFUNDED);
    assert_int_equal(receipt_of(r, m.serial).receipt.state, RECEIPT_REFUNDED);
}

static void names_the_collector_of_cash(void **state) {
    Register *r = *state;
    register_run(r, "INSERT INTO api_token (org_id, token_id, secret_hash, role, unit_id, label, "
                    "created_at, expires_at) VALUES (1, 7, x'00', 'enroller', 1, 'Ramesh', 0, "
                    "4000000000)");
    register_act_as_token(r, 7, "UP");
    Member m = register_member(r, 1);
    assert_true(text_eq(receipt_of(r, m.serial).receipt.collector, T("Ramesh")));
    register_run(r, "UPDATE receipt_book SET label = 'Ramesh Kumar'");
    assert_true(text_eq(receipt_of(r, m.serial).receipt.collector, T("Ramesh Kumar")));
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_REGISTER(says_what_was_paid),
        WITH_REGISTER(a_number_alone_names_nobody),
        WITH_REGISTER(what_is_not_ours_is_unknown),
        WITH_REGISTER(void_and_refunded_receipts_say_so),
        WITH_REGISTER(names_the_collector_of_cash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
