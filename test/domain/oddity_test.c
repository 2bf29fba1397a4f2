/* What looks odd is found once, grows, is decided by who may, and the queue says what is there. */
#include "domain/oddity.h"

#include "base/clock.h"
#include "domain/denial.h"
#include "domain/fee_order.h"
#include "domain/oddity_look.h"
#include "domain/oddity_members.h"
#include "domain/payer.h"
#include "domain/payment_decision.h"
#include "register_test.h"

static Status set_rule(Ctx *ctx, void *rule) { return oddity_rule_set(ctx, rule); }
static Status look(Ctx *ctx, void *ret) { return oddity_look(ctx, ret); }
static Status keep(Ctx *ctx, void *found) { return oddity_look_keep(ctx, found); }

static void rule(Register *r, OddityKind kind, int64_t many, int64_t minutes) {
    OddityRule rule = {kind, many, minutes};
    register_must(r, register_write(r, set_rule, &rule));
}

static void act_as_operator(Register *r) {
    r->ctx.actor = (Actor){.kind = ACTOR_OPERATOR, .unit_id = r->org.root_unit_id};
}

static void looks(Register *r) {
    OddityLook found = {.more = true};
    Actor before = r->ctx.actor;
    act_as_operator(r);
    while (found.more) {
        register_must(r, register_read(r, look, &found));
        register_must(r, register_write(r, keep, &found));
    }
    r->ctx.actor = before;
}

typedef struct Listing {
    OddityFilter filter;
    Oddity list[50];
    int count;
    int64_t total;
} Listing;

static Status list_apply(Ctx *ctx, void *argument) {
    Listing *l = argument;
    if (!l->filter.unit_id) l->filter.unit_id = ctx->actor.unit_id;
    TRY(oddity_count(ctx, &l->filter, &l->total));
    return oddity_list(ctx, &l->filter, 0, l->list, 50, &l->count);
}

static Listing waiting(Register *r, OddityKind kind) {
    Listing l = {.filter = {.kind = oddity_kind_text(kind)}};
    register_must(r, register_read(r, list_apply, &l));
    assert_int_equal(l.count, l.total);
    return l;
}

static Oddity only(Register *r, OddityKind kind) {
    Listing l = waiting(r, kind);
    assert_int_equal(l.count, 1);
    return l.list[0];
}

static int64_t enrols(Register *r, Enrolment e) {
    Enrolled enrolled;
    register_must(r, register_enrol(r, &e, &enrolled));
    return enrolled.serial;
}

static void sees_a_burst_grow(void **state) {
    Register *r = *state;
    rule(r, ODDITY_BURST, 5, 10);
    register_act_as_token(r, 8, "UP");
    for (int i = 0; i < 8; i++, r->ctx.now_s += 300) enrols(r, register_person(r, i));
    looks(r);
    act_as_operator(r);
    assert_int_equal(waiting(r, ODDITY_BURST).count, 0); /* nobody is that slow in a burst */
    register_act_as_token(r, 7, "UP");
    for (int i = 10; i < 15; i++, r->ctx.now_s += 60) enrols(r, register_person(r, i));
    looks(r);
    looks(r);
    act_as_operator(r);
    Oddity o = only(r, ODDITY_BURST);
    assert_true(text_eq(o.subject, T("token:7")));
    assert_int_equal(o.enrolled_by, 7);
    assert_int_equal(o.found, 5);
    register_act_as_token(r, 7, "UP");
    enrols(r, register_person(r, 15));
    looks(r);
    r->ctx.now_s += CLOCK_DAY_S;
    for (int i = 16; i < 21; i++) enrols(r, register_person(r, i));
    looks(r);
    act_as_operator(r);
    Listing l = waiting(r, ODDITY_BURST); /* newest first; each day its own */
    assert_int_equal(l.count, 2);
    assert_int_equal(l.list[0].found, 5);
    assert_int_equal(l.list[1].found, 6);
    assert_int_equal(l.list[1].id, o.id);
}

static void sees_a_phone_of_many(void **state) {
    Register *r = *state;
    static const char *const names[] = {"Asha", "Meena", "Sunil", "Gita", "Ravi", "Uma"};
    for (int i = 0; i < 6; i++) {
        if (i == 4) assert_int_equal(waiting(r, ODDITY_PHONE).count, 0);
        Enrolment e = register_person(r, i);
        e.name = text_of(names[i]);
        e.phone = T("9876500000");
        e.phone_of = T("household");
        e.unit_code = i % 2 ? T("UP-175") : T("UP-174");
        enrols(r, e);
    }
    Oddity o = only(r, ODDITY_PHONE);
    assert_int_equal(o.found, 6);
    assert_int_equal(o.unit_id, register_unit(r, "UP").id);
    assert_null(memmem(o.subject.ptr, o.subject.len, "98765", 5));
}

static void sees_unconfirmed_phones(void **state) {
    Register *r = *state;
    rule(r, ODDITY_UNCONFIRMED, 3, 0);
    register_act_as_token(r, 7, "UP");
    for (int i = 0; i < 6; i++) {
        Enrolment e = register_person(r, i);
        e.phone_proof = i < 4 ? T("code") : TEXT_NONE;
        enrols(r, e);
    }
    looks(r);
    act_as_operator(r);
    assert_int_equal(waiting(r, ODDITY_UNCONFIRMED).count, 0); /* 2 of 6 */
    register_act_as_token(r, 7, "UP");
    for (int i = 6; i < 8; i++) enrols(r, register_person(r, i));
    looks(r);
    act_as_operator(r);
    Oddity o = only(r, ODDITY_UNCONFIRMED);
    assert_int_equal(o.found, 4);
    assert_int_equal(o.out_of, 8);
}

static Status deny(Ctx *ctx, void *member) { return denial_record(ctx, member); }

static void denies(Register *r, int64_t serial) {
    Member m = register_member_at(r, serial);
    Actor before = r->ctx.actor;
    r->ctx.actor = (Actor){.kind = ACTOR_MEMBER, .id = serial};
    register_must(r, register_write(r, deny, &m));
    r->ctx.actor = before;
}

static void sees_denials(void **state) {
    Register *r = *state;
    register_act_as_token(r, 7, "UP");
    int64_t serials[4];
    for (int i = 0; i < 4; i++) serials[i] = enrols(r, register_person(r, i));
    act_as_operator(r);
    denies(r, serials[0]);
    denies(r, serials[1]);
    assert_int_equal(waiting(r, ODDITY_DENIAL).count, 0);
    denies(r, serials[2]);
    denies(r, serials[3]);
    Oddity o = only(r, ODDITY_DENIAL);
    assert_int_equal(o.found, 4);
    assert_int_equal(o.enrolled_by, 7);
}

typedef struct Claim {
    int64_t serial;
    Text utr;
    FeeOrder order;
} Claim;

static Status claim(Ctx *ctx, void *argument) {
    Claim *c = argument;
    TRY(fee_order_for_member(ctx, c->serial, &c->order));
    return fee_order_claim(ctx, &c->order, T("upi"), c->utr);
}

static void sees_one_payment_claimed_twice(void **state) {
    Register *r = *state;
    for (int i = 0; i < 3; i++) {
        Enrolment e = register_person(r, i);
        e.fee_method = FEE_PENDING;
        Claim c = {enrols(r, e), i < 2 ? T("123456789012") : T("999956789012"), {0}};
        register_must(r, register_write(r, claim, &c));
    }
    assert_int_equal(only(r, ODDITY_UTR).found, 2);
}

static void sees_a_guardian_of_many(void **state) {
    Register *r = *state;
    rule(r, ODDITY_GUARDIAN, 3, 0);
    for (int i = 0; i < 4; i++) {
        Enrolment e = register_person(r, i);
        e.birth_year = 2015;
        e.guardian_name = T("Ramesh Kumar");
        e.guardian_phone = i == 1 ? T("9000000001") : T("9000000002");
        if (i == 3) assert_int_equal(waiting(r, ODDITY_GUARDIAN).count, 0);
        enrols(r, e);
    }
    Oddity o = only(r, ODDITY_GUARDIAN);
    assert_int_equal(o.found, 3);
    assert_null(memmem(o.subject.ptr, o.subject.len, "90000", 5));
}

static Status receive(Ctx *ctx, void *payment) {
    bool is_new;
    return payment_in_receive(ctx, payment, &is_new);
}

/* Money for the order of a new applicant, from this payer. */
static void pays(Register *r, int which, const char *narration) {
    Enrolment e = register_person(r, which);
    e.fee_method = FEE_PENDING;
    Claim c = {enrols(r, e), arena_printf(r->arena, "%012d", 400000 + which), {0}};
    register_must(r, register_write(r, claim, &c));
    PaymentIn p = {.source = T("bank"), .external_id = c.utr, .at = r->ctx.now_s,
                   .amount_paise = REGISTER_FEE_PAISE, .utr = c.utr,
                   .payer = payer_address(r->arena, text_of(narration))};
    register_must(r, register_write(r, receive, &p));
}

static void sees_one_payer_for_many(void **state) {
    Register *r = *state;
    rule(r, ODDITY_PAYER, 3, 0);
    assert_null(payer_address(r->arena, T("mail asha@example.org, 5 @ 11 and a@")).ptr);
    assert_true(text_eq(payer_address(r->arena, T("UPI/CR/4123/Ramesh.K@okbank/fee")),
                        T("ramesh.k@okbank")));
    for (int i = 0; i < 3; i++) pays(r, i, "UPI/412345/RAMESH/no address");
    pays(r, 3, "UPI/CR/412345/Ramesh.K@okbank/fee");
    pays(r, 4, "ramesh.k@OKBANK");
    assert_int_equal(waiting(r, ODDITY_PAYER).count, 0);
    pays(r, 5, "UPI RAMESH.K@okbank-412");
    Oddity o = only(r, ODDITY_PAYER);
    assert_int_equal(o.found, 3);
    assert_null(memmem(o.subject.ptr, o.subject.len, "okbank", 6));
    assert_int_equal(register_int(r, "SELECT count(*) FROM payment_payer"), 3);
}

typedef struct Showing {
    int64_t id;
    OddityMembers members;
    Text reason;
    int count;
    bool more;
} Showing;

static Status members(Ctx *ctx, void *argument) {
    Showing *s = argument;
    Oddity o;
    TRY(oddity_read(ctx, s->id, &o));
    return oddity_members(ctx, &o, -1, ODDITY_MEMBERS_MAX, &s->members);
}

static Status see(Ctx *ctx, void *argument) {
    Claim *c = argument;
    PaymentIn seen;
    TRY(fee_order_read(ctx, c->order.id, &c->order));
    return payment_decision_see(ctx, &c->order, c->utr, REGISTER_FEE_PAISE, T("On the account"),
                                &seen);
}

/* Confirmed before the statement came, and no statement has it for two weeks; then one has. */
static void sees_money_that_never_came(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 1);
    e.fee_method = FEE_PENDING;
    Claim c = {enrols(r, e), T("432187650123"), {0}};
    register_must(r, register_write(r, claim, &c));
    register_must(r, register_write(r, see, &c));
    r->ctx.now_s += 14 * CLOCK_DAY_S - 1;
    looks(r);
    assert_int_equal(waiting(r, ODDITY_SEEN).count, 0);
    r->ctx.now_s++;
    looks(r);
    looks(r);
    Oddity o = only(r, ODDITY_SEEN);
    assert_int_equal(o.found, 14);
    assert_int_equal(o.unit_id, register_unit(r, "UP-174").id);
    Showing s = {.id = o.id};
    register_must(r, register_write(r, members, &s));
    assert_int_equal(s.members.count, 1);
    assert_int_equal(s.members.list[0].member.serial, c.serial);
    PaymentIn line = {.source = T("bank"), .external_id = T("line-1"), .at = r->ctx.now_s,
                      .amount_paise = REGISTER_FEE_PAISE, .utr = c.utr};
    register_must(r, register_write(r, receive, &line));
    assert_int_equal(waiting(r, ODDITY_SEEN).count, 0);
    assert_int_equal(register_int(r, "SELECT count(*) FROM oddity WHERE state = 'fine' AND "
                                     "note = 'statement' AND decided_at > 0"), 1);
}

typedef struct Deciding {
    int64_t id;
    OddityState to;
    Text note;
    Oddity oddity;
} Deciding;

static Status decide(Ctx *ctx, void *argument) {
    Deciding *d = argument;
    return oddity_decide(ctx, d->id, d->to, d->note, &d->oddity);
}

static void is_decided_once_and_comes_back_with_more(void **state) {
    Register *r = *state;
    rule(r, ODDITY_BURST, 4, 10);
    register_act_as_token(r, 7, "UP-174");
    for (int i = 0; i < 4; i++) enrols(r, register_person(r, i));
    looks(r);
    act_as_operator(r);
    /* this token was never made, so its unit is not known */
    register_run(r, "UPDATE oddity SET unit_id = (SELECT unit_id FROM unit WHERE code = 'UP-174')");
    Deciding d = {.id = only(r, ODDITY_BURST).id, .to = ODDITY_FINE};
    register_refused(r, register_write(r, decide, &d), INVALID, "note", "oddity_note_missing");
    d.to = ODDITY_EXAMINED;
    register_must(r, register_write(r, decide, &d));
    d.to = ODDITY_FINE, d.note = T("A camp at the fair.");
    register_act_as_token(r, 9, "BR");
    register_refused(r, register_write(r, decide, &d), NOT_FOUND, NULL, "oddity_not_found");
    register_act_as_token(r, 9, "UP");
    Listing l = {.filter = {.unit_id = r->org.root_unit_id}};
    register_refused(r, register_read(r, list_apply, &l), DENIED, "unit", "unit_not_yours");
    register_must(r, register_write(r, decide, &d));
    register_refused(r, register_write(r, decide, &d), CONFLICT, NULL, "oddity_decided");
    register_act_as_token(r, 7, "UP-174");
    for (int i = 4; i < 7; i++) enrols(r, register_person(r, i));
    looks(r);
    act_as_operator(r);
    assert_int_equal(waiting(r, ODDITY_BURST).count, 0);
    register_act_as_token(r, 7, "UP-174");
    enrols(r, register_person(r, 7)); /* as many again */
    looks(r);
    act_as_operator(r);
    assert_int_equal(only(r, ODDITY_BURST).found, 8);
}

static Status suspend(Ctx *ctx, void *argument) {
    Showing *s = argument;
    return oddity_members_suspend(ctx, s->id, s->reason, &s->count, &s->more);
}

static void shows_and_suspends_within_scope(void **state) {
    Register *r = *state;
    rule(r, ODDITY_BURST_WEB, 3, 10);
    rule(r, ODDITY_DENIAL_UNIT, 2, 0);
    for (int i = 0; i < 4; i++) {
        Enrolment e = register_person(r, i);
        e.how = i < 3 ? T("web") : T("enroller");
        enrols(r, e);
    }
    looks(r);
    Showing s = {.id = only(r, ODDITY_BURST_WEB).id};
    int64_t looked = register_int(r, "SELECT count(*) FROM audit WHERE action = 'member.look'");
    register_must(r, register_write(r, members, &s));
    assert_int_equal(s.members.count, 3);
    assert_int_equal(register_int(r, "SELECT count(*) FROM audit WHERE action = 'member.look'"),
                     looked + 3);
    register_refused(r, register_write(r, suspend, &s), INVALID, "reason", "reason_form");
    s.reason = T("nobody of them answers");
    register_must(r, register_write(r, suspend, &s));
    assert_int_equal(s.count, 3);
    assert_false(s.more);
    assert_int_equal(register_tally(r, "UP-174").suspended, 3);
    register_refused(r, register_write(r, suspend, &s), CONFLICT, NULL, "oddity_decided");
    assert_int_equal(waiting(r, ODDITY_BURST_WEB).count, 0);
    register_agrees(r);
}

static Status withdraw(Ctx *ctx, void *member) { return denial_withdraw(ctx, member); }

/* Who has invented members denies for them, and takes it back after they were put on hold. */
static void holds_whom_a_denial_holds_already(void **state) {
    Register *r = *state;
    rule(r, ODDITY_BURST_WEB, 2, 10);
    int64_t serials[2];
    for (int i = 0; i < 2; i++) {
        Enrolment e = register_person(r, i);
        Enrolled enrolled;
        e.how = T("web");
        register_must(r, register_enrol(r, &e, &enrolled));
        serials[i] = enrolled.serial;
    }
    looks(r);
    denies(r, serials[0]);
    Showing s = {.id = only(r, ODDITY_BURST_WEB).id, .reason = T("nobody of them answers")};
    register_must(r, register_write(r, suspend, &s));
    assert_int_equal(s.count, 2);
    Member m = register_member_at(r, serials[0]);
    register_must(r, register_write(r, withdraw, &m));
    assert_int_equal(register_member_at(r, serials[0]).state, MEMBER_SUSPENDED);
    register_agrees(r);
}

static void hides_members_of_other_units(void **state) {
    Register *r = *state;
    rule(r, ODDITY_PHONE, 2, 0);
    for (int i = 0; i < 2; i++) {
        Enrolment e = register_person(r, i);
        e.phone = T("9876500000");
        e.phone_of = T("household");
        e.name = i ? T("Sunil Kumar") : T("Asha Devi");
        e.unit_code = i ? T("BR-203") : T("UP-174");
        enrols(r, e);
    }
    Showing s = {.id = only(r, ODDITY_PHONE).id};
    register_act_as_token(r, 9, "UP");
    register_refused(r, register_write(r, members, &s), NOT_FOUND, NULL, "oddity_not_found");
    register_run(r, "UPDATE oddity SET unit_id = (SELECT unit_id FROM unit WHERE code = 'UP')");
    register_must(r, register_write(r, members, &s));
    assert_int_equal(s.members.count, 1);
    assert_int_equal(s.members.hidden, 1);
}

/* However joins, denials and looks follow each other: the queue has who is odd, all of them, and
 * says how many. */
static void agrees_with_a_recount(void **state) {
    Register *r = *state;
    rule(r, ODDITY_BURST, 4, 2);
    rule(r, ODDITY_UNCONFIRMED, 4, 0);
    rule(r, ODDITY_DENIAL, 2, 0);
    uint64_t chance = 7;
    int64_t newest = -1;
    for (int i = 0; i < 160; i++) {
        chance = chance * 6364136223846793005u + 1442695040888963407u;
        register_act_as_token(r, (int64_t)(chance >> 33) % 3 + 1, "UP");
        Enrolment e = register_person(r, i);
        e.phone_proof = (chance >> 40) % 3 ? TEXT_NONE : T("code");
        newest = enrols(r, e);
        if ((chance >> 45) % 9 == 0) denies(r, newest - (int64_t)(chance >> 50) % (newest + 1));
        if ((chance >> 53) % 11 == 0) looks(r);
        r->ctx.now_s += (int64_t)((chance >> 56) % 4) * 17;
    }
    looks(r);
    act_as_operator(r);
    assert_true(waiting(r, ODDITY_BURST).count > 0);
    assert_true(waiting(r, ODDITY_UNCONFIRMED).count > 0);
    assert_true(waiting(r, ODDITY_DENIAL).count > 0);
    assert_int_equal(register_int(r,
        "SELECT count(*) FROM oddity o WHERE kind = 'burst' AND found <> (SELECT count(*) FROM "
        "member m WHERE m.enrolled_by = o.enrolled_by AND m.joined_at BETWEEN o.first_at AND "
        "o.last_at)"), 0);
    assert_int_equal(register_int(r, /* whoever ends four joins in two whole minutes lies in one */
        "SELECT count(*) FROM member m WHERE (SELECT count(*) FROM member x WHERE x.enrolled_by = "
        "m.enrolled_by AND x.joined_at >= (m.joined_at / 60 - 1) * 60 AND x.joined_at < "
        "(m.joined_at / 60 + 1) * 60) >= 4 AND NOT EXISTS (SELECT 1 FROM oddity o WHERE o.kind = "
        "'burst' AND o.enrolled_by = m.enrolled_by AND m.joined_at BETWEEN o.first_at AND "
        "o.last_at)"), 0);
    assert_int_equal(register_int(r,
        "SELECT count(*) FROM (SELECT enrolled_by AS t, count(*) AS n FROM denial GROUP BY t) AS d "
        "LEFT JOIN oddity o ON o.kind = 'denial' AND o.subject = 'token:' || d.t "
        "WHERE coalesce(o.found, 0) <> CASE WHEN d.n >= 2 THEN d.n ELSE 0 END"), 0);
    assert_int_equal(register_int(r,
        "SELECT count(*) FROM (SELECT enrolled_by AS t, sum(phone_proof <> 'code') AS u, count(*) "
        "AS n FROM member GROUP BY t) AS m LEFT JOIN oddity o ON o.kind = 'unconfirmed' AND "
        "o.enrolled_by = m.t WHERE m.u >= 4 AND 2 * m.u >= m.n AND (o.found IS NOT m.u OR "
        "o.out_of IS NOT m.n)"), 0);
    assert_int_equal(register_int(r,
        "SELECT count(*) FROM (SELECT 1 FROM oddity GROUP BY kind, subject, day "
        "HAVING count(*) > 1) AS twice"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sees_a_burst_grow, register_make, register_remove),
        cmocka_unit_test_setup_teardown(sees_a_phone_of_many, register_make, register_remove),
        cmocka_unit_test_setup_teardown(sees_unconfirmed_phones, register_make, register_remove),
        cmocka_unit_test_setup_teardown(sees_denials, register_make, register_remove),
        cmocka_unit_test_setup_teardown(sees_one_payment_claimed_twice, register_make,
                                        register_remove),
        cmocka_unit_test_setup_teardown(sees_a_guardian_of_many, register_make, register_remove),
        cmocka_unit_test_setup_teardown(sees_one_payer_for_many, register_make, register_remove),
        cmocka_unit_test_setup_teardown(sees_money_that_never_came, register_make,
                                        register_remove),
        cmocka_unit_test_setup_teardown(is_decided_once_and_comes_back_with_more, register_make,
                                        register_remove),
        cmocka_unit_test_setup_teardown(shows_and_suspends_within_scope, register_make,
                                        register_remove),
        cmocka_unit_test_setup_teardown(holds_whom_a_denial_holds_already, register_make,
                                        register_remove),
        cmocka_unit_test_setup_teardown(hides_members_of_other_units, register_make,
                                        register_remove),
        cmocka_unit_test_setup_teardown(agrees_with_a_recount, register_make, register_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
