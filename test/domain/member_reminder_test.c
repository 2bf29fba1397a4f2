/* Reminders before a term ends and once after it: each once, nobody twice, never beyond their share
 * of the day's messages. */
#include "treasury_test.h"

#include "base/clock.h"
#include "domain/member_reminder.h"
#include "domain/member_term.h"
#include "domain/outbox.h"

enum { TERM = 365 };

static Status words(Ctx *ctx, void *argument) {
    Gateway g;
    (void)argument;
    TRY(gateway_read(ctx, &g));
    g.daily_cap = 20;
    g.templates[g.template_count++] = (GatewayTemplate){
        T("reminder"), LANG_HI, T("1010"), T("{organisation}: {day} तक")};
    g.templates[g.template_count++] = (GatewayTemplate){
        T("reminder"), LANG_EN, T("1011"), T("{organisation}: until {day}")};
    g.templates[g.template_count++] = (GatewayTemplate){
        T("overdue"), LANG_HI, T("1012"), T("{organisation}: {day} को पूरी")};
    return gateway_write(ctx, &g);
}

/* A register that sends, with terms of a year, windows of 30 days and a grace of 15. */
static int make(void **state) {
    (void)register_make_sending(state);
    Register *r = *state;
    register_run(r, "UPDATE membership_kind SET term_days = 365, renew_days = 30, grace_days = 15 "
                    "WHERE kind = 'ordinary'");
    register_must(r, register_write(r, words, NULL));
    return 0;
}

typedef struct Reminding {
    int step;
    DueDone done;
} Reminding;

static Status remind(Ctx *ctx, void *argument) {
    Reminding *run = argument;
    return register_due(ctx, &member_reminder_due[run->step], DUE_MAX, &run->done);
}

/* What the job does; how many were put into the outbox. */
static int reminded(Register *r) {
    Reminding run = {0};
    int64_t before = register_int(r, "SELECT count(*) FROM outbox");
    for (; run.step < MEMBER_REMINDER_STEPS && !run.done.all_over; run.step++)
        register_must(r, register_write(r, remind, &run));
    return (int)(register_int(r, "SELECT count(*) FROM outbox") - before);
}

static void to_days_before_the_end(Register *r, const Member *m, int days) {
    r->ctx.now_s = m->expires_at - days * CLOCK_DAY_S;
}

static void reminds_at_each_step_once(void **state) {
    Register *r = *state;
    Member m = register_member(r, 1);
    static const struct { int days, messages; } rows[] = {
        {100, 0}, {31, 0}, {30, 1}, {29, 0}, {8, 0}, {7, 1}, {2, 0}, {1, 1}, {0, 1}, {-5, 0},
        {-14, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        to_days_before_the_end(r, &m, rows[i].days);
        assert_int_equal(reminded(r), rows[i].messages);
        assert_int_equal(reminded(r), 0);
    }
    assert_int_equal(register_int(r, "SELECT count(*) FROM outbox WHERE purpose = 'overdue'"), 1);
    assert_int_equal(register_int(r, "SELECT count(*) FROM member_reminder"), 4);
}

static void says_only_the_nearest_to_who_comes_late(void **state) {
    Register *r = *state;
    Member m = register_member(r, 1);
    to_days_before_the_end(r, &m, 5);
    assert_int_equal(reminded(r), 1);
    assert_int_equal(register_int(r, "SELECT step FROM member_reminder"), 7);
}

static Status renew(Ctx *ctx, void *member) { return member_term_renew(ctx, member); }

static void begins_anew_with_another_term(void **state) {
    Register *r = *state;
    Member m = register_member(r, 1);
    to_days_before_the_end(r, &m, 10);
    assert_int_equal(reminded(r), 1);
    register_must(r, register_write(r, renew, &m));
    to_days_before_the_end(r, &m, 40);
    assert_int_equal(reminded(r), 0);
    to_days_before_the_end(r, &m, 20);
    assert_int_equal(reminded(r), 1);
}

static Status take(Ctx *ctx, void *batch) { return outbox_take(ctx, batch); }
static Status english(Ctx *ctx, void *m) { return member_set_lang(ctx, m, LANG_EN); }

static void speaks_the_language_of_the_member(void **state) {
    Register *r = *state;
    Member m = register_member(r, 1);
    register_must(r, register_write(r, english, &m));
    to_days_before_the_end(r, &m, 3);
    assert_int_equal(reminded(r), 1);
    OutboxBatch batch = {.wanted = 1};
    register_must(r, register_write(r, take, &batch));
    assert_true(text_find_byte(batch.messages[0].text, 'u') < batch.messages[0].text.len);
    assert_true(text_eq(batch.messages[0].template_id, T("1011")));
}

static void leaves_alone_who_has_ended_or_claimed(void **state) {
    Register *r = *state;
    Member gone = register_member(r, 1), claims = register_member(r, 2);
    Member life = register_member(r, 3);
    register_run(r, "UPDATE member SET expires_at = NULL WHERE serial = 2");
    assert_int_equal(life.serial, 2);
    to_days_before_the_end(r, &claims, 7);
    register_change(r, &gone, MEMBER_ENDED);
    FeeOrder order = treasury_renewal(r, claims.serial);
    (void)treasury_claim(r, order.id, "123456789012");
    assert_int_equal(reminded(r), 0);
}

/* Half of the cap of 20 is theirs. */
static void leaves_room_for_codes(void **state) {
    Register *r = *state;
    Member m = register_member(r, 1);
    for (int i = 2; i <= 15; i++) (void)register_member(r, i);
    to_days_before_the_end(r, &m, 7);
    assert_int_equal(reminded(r), 10);
    assert_int_equal(reminded(r), 0);
    register_run(r, "UPDATE outbox SET state = 'sent'");
    to_days_before_the_end(r, &m, 6);
    assert_int_equal(reminded(r), 5);
}

/* One purpose without words keeps the others from nobody. */
static void a_step_without_words_is_passed_over(void **state) {
    Register *r = *state;
    Member late = register_member(r, 1);
    r->ctx.now_s += 7 * CLOCK_DAY_S;
    (void)register_member(r, 2);
    register_run(r, "UPDATE gateway_template SET purpose = 'other' WHERE purpose = 'overdue'");
    to_days_before_the_end(r, &late, -1);
    assert_int_equal(reminded(r), 1);
    register_run(r, "UPDATE gateway_template SET purpose = 'overdue' WHERE purpose = 'other'");
    assert_int_equal(reminded(r), 1);
}

static void waits_for_words_and_gateway(void **state) {
    Register *r = *state;
    register_run(r, "UPDATE membership_kind SET term_days = 365 WHERE kind = 'ordinary'");
    Member m = register_member(r, 1);
    to_days_before_the_end(r, &m, 7);
    assert_int_equal(reminded(r), 0);
    assert_int_equal(register_int(r, "SELECT count(*) FROM member_reminder"), 0);
}

#define REMINDING(f) cmocka_unit_test_setup_teardown(f, make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        REMINDING(reminds_at_each_step_once),
        REMINDING(says_only_the_nearest_to_who_comes_late),
        REMINDING(begins_anew_with_another_term),
        REMINDING(speaks_the_language_of_the_member),
        REMINDING(a_step_without_words_is_passed_over),
        REMINDING(leaves_alone_who_has_ended_or_claimed),
        REMINDING(leaves_room_for_codes),
        cmocka_unit_test_setup_teardown(waits_for_words_and_gateway, register_make,
                                        register_remove),
        cmocka_unit_test_setup_teardown(waits_for_words_and_gateway, register_make_sending,
                                        register_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
