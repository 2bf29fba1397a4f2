/* Who lapses is forgotten in full: nothing that names them stays in any table. A new table that
 * keeps something of a member must be named here, as erased or as kept with its reason. */
#include "treasury_test.h"

#include "base/clock.h"
#include "crypto/secret_token.h"
#include "domain/act_session.h"
#include "domain/appeal.h"
#include "domain/application.h"
#include "domain/correction.h"
#include "domain/leftover.h"
#include "domain/member_lapse.h"
#include "domain/member_optional.h"
#include "domain/member_photo.h"
#include "domain/outbox.h"
#include "domain/phone_move.h"
#include "domain/sign_in.h"

#define NAME "Kavya"
#define TOWN "Sharjah"
#define GUARDIAN "Yashoda"
#define RELATIVE "Nandlal"

/* Rows of the member are gone with the lapse itself. */
static const char *const erased[] = {
    "guardian", "member_photo", "member_optional", "correction", "phone_move", "phone_slot",
};

/* What is of no use after an hour or a day goes by itself (leftover.h); nothing of it is left when
 * somebody lapses. Of messages the row stays, without destination and words. */
static const char *const swept[] = {"application", "act_session", "sign_in", "phone_wait",
                                    "code_use"};

static const struct {
    const char *table, *reason;
} kept[] = {
    {"member", "the number is never given again; see the columns below"},
    {"member_event", "what the counts of a day are made of; reasons are the staff's words"},
    {"consent", "that the processing was agreed to, and when"},
    {"post", "that an office was held is public"},
    {"payment", "books"},
    {"payment_refund", "books"},
    {"refund_due", "money that is owed to somebody"},
    {"fee_order", "books; knows nobody but by fee_order_member"},
    {"fee_order_member", "money that comes later finds out that it is late"},
    {"idempotency", "hashes; a request repeated late makes no second member"},
    {"denial", "how often an enroller was denied"},
    {"oddity", "found by serial or hash; who enrolled answers for it"},
    {"member_reminder", "days on which something was said"},
    {"outbox", "counts of messages; sealed parts go when it is sent or late"},
    {"appeal", "sealed words are dropped when it is decided, and an open one protects"},
    {"payment_narration", "sealed words of the bank on money nobody settled; go when it is"},
    {"pay_way", "the organisation's own"},
    {"phone_way", "the organisation's own"},
    {"gateway", "the organisation's own"},
    {"statement_import", "the organisation's own"},
    {"statement_file", "the organisation's own"},
    {"api_token", "the staff's own"},
    {"allowance", "the organisation's own"},
    {"tally", "counts"},
};

static const char *const member_erased[] = {"name",       "name_alt", "birth_year", "gender",
                                            "sealed_key", "phone",    "phone_of",   "town"};
static const char *const member_kept[] = {
    "org_id",      "serial",         "state",           "kind",         "unit_id",
    "settlement",  "joined_at",      "confirmed_at",    "expires_at",   "ended_at",
    "how",         "enrolled_by",    "enroller_serial", "phone_proof",  "fee_proof",
    "card_issue",  "card_generation", "lang",
};

typedef struct Person {
    Register *r;
    char cookies[4][SECRET_TOKEN_CHARS];
    ApplicationForm form;
    Application application;
    FeeOrder order;
    Member member;
} Person;

static Text cookie(const Person *p, int nth) { return (Text){p->cookies[nth], SECRET_TOKEN_CHARS}; }

static Status joins(Ctx *ctx, void *argument) {
    Person *p = argument;
    ApplicationConsent agreed = {T(NAME " Devi"), T("काव्या देवी"), true, true};
    TRY(application_save(ctx, cookie(p, 0), &p->form, &p->application));
    TRY(application_consent(ctx, cookie(p, 0), &agreed, T("123456"), &p->application));
    TRY(application_verify(ctx, cookie(p, 0), T("123456"), &p->application));
    TRY(fee_order_for_member(ctx, p->application.serial, &p->order));
    return fee_order_claim(ctx, &p->order, T("upi"), T("432187650123"));
}

/* With the card that a claim gives: photo, what may be added, another name, another phone. */
static Status uses_the_card(Ctx *ctx, void *argument) {
    Person *p = argument;
    MemberOptional optional = {T(RELATIVE), T("B+"), T("+919800000007"), T("2012-05-04")};
    PhoneMove move = {.phone_e164 = T("+919800000008"), .phone_of = T("self")};
    ActSession act;
    bool done;
    TRY(member_by_serial(ctx, p->application.serial, &p->member));
    TRY(member_photo_put(ctx, &p->member, T("a picture")));
    TRY(member_photo_put_draft(ctx, &p->member, T("a draft of one")));
    TRY(member_optional_put(ctx, &p->member, &optional));
    TRY(correction_ask(ctx, &p->member, T(NAME " Kumari Singh"), T(""), &done));
    assert_false(done);
    TRY(act_session_begin(ctx, cookie(p, 1), &p->member, ACT_CARD, T("take a photo"), T("222222"),
                          &act));
    return phone_move_begin(ctx, &p->member, T("use this phone"), T("333333"), &move);
}

/* Signs in elsewhere and begins to enrol a sister: nothing of either is finished. */
static Status leaves_things_open(Ctx *ctx, void *argument) {
    Person *p = argument;
    SignIn session;
    ApplicationForm sister = p->form;
    ApplicationConsent agreed = {T(NAME " Sister"), T(""), true, false};
    sister.name = agreed.name;
    TRY(sign_in_begin(ctx, cookie(p, 2), T("+919800000006"), T("sign in"), T("444444"), &session));
    TRY(application_save(ctx, cookie(p, 3), &sister, &p->application));
    return application_consent(ctx, cookie(p, 3), &agreed, T("555555"), &p->application);
}

static Status rejects(Ctx *ctx, void *argument) {
    Person *p = argument;
    return fee_order_reject(ctx, &p->order, T("not on the statement"));
}

static void does(Person *p, Apply apply) {
    register_must(p->r, register_write(p->r, apply, p));
    if (p->r->ctx.error_count) print_error("%s\n", p->r->ctx.errors[0].message);
    assert_int_equal(p->r->ctx.error_count, 0);
}

/* A minor abroad with everything that may be said of a member. */
static void lives_a_little(Register *r, Person *p) {
    *p = (Person){.r = r, .form = {.name = T(NAME " Devi"), .phone = T("98000 00006"),
                                   .phone_of = T("self"), .country = T("AE"), .town = T(TOWN),
                                   .settlement = T("urban"), .gender = T("f"),
                                   .birth_year = T("2012"), .guardian_name = T(GUARDIAN " Devi"),
                                   .guardian_phone = T("9000000001")}};
    for (int i = 0; i < 4; i++) secret_token_make(p->cookies[i]);
    does(p, joins);
    assert_int_equal(register_member_at(r, p->order.serials[0]).state, MEMBER_PROVISIONAL);
    p->application.serial = p->order.serials[0];
    does(p, uses_the_card);
    r->ctx.now_s += CLOCK_DAY_S; /* codes are counted by the day */
    does(p, leaves_things_open);
}

static Status passes(Ctx *ctx, void *more) {
    OutboxBatch *batch = ARENA_NEW(ctx->arena, OutboxBatch);
    *batch = (OutboxBatch){.wanted = OUTBOX_TAKE_MAX};
    TRY(outbox_take(ctx, batch));
    return leftover_drop(ctx, more);
}

static Status lapse(Ctx *ctx, void *done) {
    return register_due(ctx, &member_lapse_due, DUE_MAX, done);
}

/* So many days later, with what the jobs do. */
static int64_t lapsed_after(Register *r, int days) {
    DueDone done;
    r->ctx.now_s += days * CLOCK_DAY_S;
    for (bool more = true; more;) register_must(r, register_write(r, passes, &more));
    register_must(r, register_write(r, lapse, &done));
    return done.done;
}

/* The texts of one column of all rows, in the arena. */
typedef struct Listing {
    const char *sql;
    Text rows[1000];
    int count;
} Listing;

static Status list(Ctx *ctx, void *argument) {
    Listing *l = argument;
    Query *q = connection_query(ctx->tx, ctx, "test", l->sql);
    for (l->count = 0;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) return query_done(q);
        assert_true(l->count < 1000);
        l->rows[l->count++] = query_column_text(q, 0);
    }
}

static Listing *listed(Register *r, const char *sql) {
    Listing *l = ARENA_NEW(r->arena, Listing);
    l->sql = sql;
    register_must(r, register_read(r, list, l));
    return l;
}

static bool among(Text name, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (text_eq(name, text_of(names[i]))) return true;
    return false;
}
#define AMONG(name, names) among(name, names, sizeof names / sizeof *names)

static bool is_kept(Text table) {
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (text_eq(table, text_of(kept[i].table)) && kept[i].reason[0]) return true;
    return false;
}

/* Whatever has a member's key, a phone or something sealed. */
static Listing *tables_of_people(Register *r) {
    return listed(r, "SELECT DISTINCT t.name FROM sqlite_master t, pragma_table_info(t.name) c "
                     "WHERE t.type = 'table' AND (c.name LIKE '%serial%' OR c.name LIKE '%phone%' "
                     "OR c.name LIKE '%person%' OR c.name LIKE '%guardian%' OR c.name LIKE "
                     "'%member_%' OR c.name = 'sealed_key') AND t.name NOT IN ('register', "
                     "'organisation') ORDER BY 1");
}

static void every_table_of_people_is_named(void **state) {
    Register *r = *state;
    Listing *tables = tables_of_people(r);
    int unnamed = 0;
    assert_true(tables->count > 20);
    for (int i = 0; i < tables->count; i++) {
        Text t = tables->rows[i];
        int places = AMONG(t, erased) + AMONG(t, swept) + is_kept(t);
        if (places == 1) continue;
        print_error("%.*s: say once what becomes of it when a member is forgotten\n", TEXT_ARG(t));
        unnamed++;
    }
    Listing *columns = listed(r, "SELECT name FROM pragma_table_info('member')");
    for (int i = 0; i < columns->count; i++) {
        Text c = columns->rows[i];
        if (AMONG(c, member_erased) + AMONG(c, member_kept) == 1) continue;
        print_error("member.%.*s: erased or kept?\n", TEXT_ARG(c));
        unnamed++;
    }
    assert_int_equal(unnamed, 0);
}

static int64_t counted(Register *r, const char *form, const char *table, int64_t serial) {
    Text sql = arena_printf(r->arena, form, table, (long long)serial);
    return register_int(r, sql.ptr);
}

/* Whether any value in the database contains these bytes. */
static bool traces(Register *r, const char *word) {
    Listing *columns = listed(
        r, "SELECT 'SELECT count(*) FROM \"' || t.name || '\" WHERE instr(CAST(\"' || c.name || "
           "'\" AS BLOB), CAST(''' FROM sqlite_master t, pragma_table_info(t.name) c WHERE "
           "t.type = 'table'");
    bool any = false;
    for (int i = 0; i < columns->count && !any; i++) {
        Text sql = columns->rows[i];
        sql = arena_printf(r->arena, "%.*s%s' AS BLOB)) > 0", TEXT_ARG(sql), word);
        any = register_int(r, sql.ptr) > 0;
    }
    return any;
}

static void nothing_that_names_them_stays(void **state) {
    Register *r = *state;
    Person p;
    lives_a_little(r, &p);
    int64_t serial = p.order.serials[0];
    for (size_t i = 0; i < sizeof erased / sizeof *erased; i++)
        assert_true(counted(r, "SELECT count(*) FROM %s WHERE serial = %lld", erased[i], serial));
    for (size_t i = 0; i < 3; i++) /* not on the way of an SMS of one's own */
        assert_true(counted(r, "SELECT count(*) FROM %s WHERE %lld >= 0", swept[i], serial));
    assert_true(register_int(r, "SELECT count(*) FROM outbox WHERE body IS NOT NULL") >= 4);
    assert_true(traces(r, NAME) && traces(r, "काव्या") && traces(r, TOWN));
    does(&p, rejects);
    assert_int_equal(lapsed_after(r, MEMBER_LAPSE_DAYS), 0); /* to the second a month */
    assert_int_equal(lapsed_after(r, 1), 1);
    Member m = register_member_at(r, serial);
    assert_int_equal(m.state, MEMBER_LAPSED);
    assert_int_equal(m.name.len + m.name_alt.len + m.town.len + m.phone_sealed.len, 0);
    assert_int_equal(m.sealed_key.len + (size_t)m.birth_year, 0);
    assert_true(text_eq(m.gender, T("n")) && text_eq(m.phone_of, T("none")));
    for (size_t i = 0; i < sizeof erased / sizeof *erased; i++)
        assert_int_equal(
            counted(r, "SELECT count(*) FROM %s WHERE serial = %lld", erased[i], serial), 0);
    for (size_t i = 0; i < sizeof swept / sizeof *swept; i++)
        assert_false(counted(r, "SELECT count(*) FROM %s WHERE %lld >= 0", swept[i], serial));
    assert_int_equal(register_int(r, "SELECT count(*) FROM outbox WHERE body IS NOT NULL OR "
                                     "destination IS NOT NULL OR sealed_key IS NOT NULL"), 0);
    assert_false(traces(r, NAME) || traces(r, "काव्या") || traces(r, TOWN));
    assert_false(traces(r, GUARDIAN) || traces(r, RELATIVE) || traces(r, "9000000001"));
    assert_int_equal(register_tally(r, "IN").ever_joined, 1); /* had joined once */
    assert_int_equal(register_tally(r, "IN").ended, 1);
    treasury_agrees(r);
    does(&p, joins); /* and may come again */
    assert_int_not_equal(p.order.serials[0], serial);
    treasury_agrees(r);
}

typedef struct Deciding {
    int64_t order, appeal;
    bool restore;
} Deciding;

static Status reject_order(Ctx *ctx, void *argument) {
    FeeOrder order;
    TRY(fee_order_read(ctx, ((Deciding *)argument)->order, &order));
    return fee_order_reject(ctx, &order, T("not on the statement"));
}

static Status appeals(Ctx *ctx, void *argument) {
    Deciding *d = argument;
    FeeOrder order;
    Appeal appeal;
    bool found;
    TRY(fee_order_read(ctx, d->order, &order));
    TRY(appeal_make(ctx, &order, T("I did pay, from my brother's account")));
    TRY(appeal_of_order(ctx, d->order, &appeal, &found));
    d->appeal = appeal.id;
    return OK;
}

static Status decides(Ctx *ctx, void *argument) {
    Deciding *d = argument;
    FeeOrder order;
    return appeal_decide(ctx, d->appeal, d->restore, T("looked at it"), &order);
}

static int64_t rejected_one(Register *r, int which, int64_t *ret_order) {
    int64_t serial = treasury_applicant(r, which);
    Deciding d = {.order = treasury_order(r, &serial, 1).id};
    (void)treasury_claim(r, d.order, arena_printf(r->arena, "43218765%04d", which).ptr);
    register_must(r, register_write(r, reject_order, &d));
    *ret_order = d.order;
    return serial;
}

static MemberState state_of(Register *r, int64_t serial) {
    return register_member_at(r, serial).state;
}

static void what_is_under_way_protects_the_rejected(void **state) {
    Register *r = *state;
    int64_t order[6], who[6];
    for (int i = 0; i < 6; i++) who[i] = rejected_one(r, i + 1, &order[i]);
    Deciding appeal = {.order = order[1]}, other = {.order = order[5], .restore = true};
    register_must(r, register_write(r, appeals, &appeal));
    register_must(r, register_write(r, appeals, &other));
    PaymentIn some = {.source = T("bank"), .external_id = T("a"), .amount_paise = 5,
                      .reference = fee_order_reference(&r->ctx, order[2])};
    (void)treasury_pays(r, some, NULL);
    (void)treasury_claim(r, order[3], "999999999999");
    int64_t pair[] = {who[4], treasury_applicant(r, 100)};
    FeeOrder both = treasury_order(r, pair, 2);
    (void)treasury_claim(r, both.id, "888888888888"); /* somebody else says to have paid for them */
    assert_int_equal(lapsed_after(r, MEMBER_LAPSE_DAYS + 1), 1);
    assert_int_equal(state_of(r, who[0]), MEMBER_LAPSED);
    for (int i = 1; i < 6; i++) assert_int_equal(state_of(r, who[i]), MEMBER_REJECTED);
    /* decided: one is a member again; the other's month is over as soon as nothing waits */
    register_must(r, register_write(r, decides, &appeal));
    register_must(r, register_write(r, decides, &other));
    assert_int_equal(lapsed_after(r, 1), 1);
    assert_int_equal(state_of(r, who[1]), MEMBER_LAPSED);
    assert_int_equal(state_of(r, who[5]), MEMBER_PROVISIONAL);
    /* rejected again: a month from then */
    Deciding again = {.order = order[5]};
    register_must(r, register_write(r, reject_order, &again));
    assert_int_equal(lapsed_after(r, MEMBER_LAPSE_DAYS - 1), 0);
    assert_int_equal(lapsed_after(r, 2), 1);
    /* the money comes after all: whose it was is forgotten, the money is not */
    some.external_id = T("b"), some.amount_paise = REGISTER_FEE_PAISE;
    some.reference = fee_order_reference(&r->ctx, order[0]);
    some = treasury_pays(r, some, NULL);
    assert_true(text_eq(some.state, T("open")) && text_eq(some.problem, T("late")));
    assert_int_equal(register_tally(r, "IN").members, 1); /* who is claimed for together */
    treasury_agrees(r);
}

#define MADE_TEST(f, make) cmocka_unit_test_setup_teardown(f, make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        MADE_TEST(every_table_of_people_is_named, register_make),
        MADE_TEST(nothing_that_names_them_stays, register_make_sending),
        MADE_TEST(what_is_under_way_protects_the_rejected, register_make),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
