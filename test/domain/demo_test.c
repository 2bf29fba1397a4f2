/* The people of a demo: the same for a seed, shaped like India, reachable by nobody. */
#include "domain/demo.h"

#include "bare_ctx.h"

#include "base/clock.h"
#include "domain/name_check.h"
#include "domain/name_key.h"
#include "domain/phone.h"

enum { PEOPLE = 3000 };

static bool same_person(const DemoPerson *a, const DemoPerson *b) {
    return text_eq(a->name, b->name) && text_eq(a->name_alt, b->name_alt) &&
           text_eq(a->gender, b->gender) && a->birth_year == b->birth_year &&
           text_eq(a->unit_code, b->unit_code) && text_eq(a->phone, b->phone);
}

static void seed_decides(void **state) {
    (void)state;
    const Demo *one = demo_open(&bare_ctx, 7, PEOPLE, T("community"));
    bare_ctx.now_s += 40 * CLOCK_DAY_S;
    const Demo *again = demo_open(&bare_ctx, 7, PEOPLE * 2, T("community"));
    const Demo *other = demo_open(&bare_ctx, 8, PEOPLE, T("community"));
    bare_ctx.now_s -= 40 * CLOCK_DAY_S;
    int different = 0;
    for (int i = 0; i < 200; i++) {
        DemoPerson a, b, c;
        demo_person(one, bare_ctx.arena, i, &a);
        demo_person(again, bare_ctx.arena, i, &b);
        demo_person(other, bare_ctx.arena, i, &c);
        assert_true(same_person(&a, &b));
        different += !same_person(&a, &c);
    }
    assert_true(different > 195);
}

static void everybody_may_join(void **state) {
    (void)state;
    const Demo *demo = demo_open(&bare_ctx, 1, PEOPLE, T("community"));
    int64_t before = 0;
    for (int i = 0; i < PEOPLE; i++) {
        DemoPerson p;
        Text text;
        demo_person(demo, bare_ctx.arena, i, &p);
        assert_int_equal(name_check(&bare_ctx, "name", p.name, &text), OK);
        assert_int_equal(name_check(&bare_ctx, "name_alt", p.name_alt, &text), OK);
        assert_true(p.birth_year >= 1940 && p.birth_year <= 2007);
        assert_true(p.joined_at <= bare_ctx.now_s);
        assert_true(p.joined_at > bare_ctx.now_s - (DEMO_DAYS + 1) * CLOCK_DAY_S);
        assert_true(p.fate_at >= p.joined_at && p.fate_at <= bare_ctx.now_s);
        int64_t day = clock_day(p.joined_at, CLOCK_INDIA_OFFSET_S);
        assert_true(day >= before);
        before = day;
        if (!p.phone.len) continue;
        assert_true(text_starts_with(p.phone, T("+999")));
        assert_int_equal(phone_parse(&bare_ctx, "phone", p.phone, &text), OK);
        assert_true(text_eq(text, p.phone));
    }
}

typedef struct Shares {
    int uttar_pradesh, nagaland, women, rural, urban, household, none, confirmed, first_half,
        devanagari;
} Shares;

static Shares count_shares(const Demo *demo) {
    Shares s = {0};
    for (int i = 0; i < PEOPLE; i++) {
        DemoPerson p;
        demo_person(demo, bare_ctx.arena, i, &p);
        s.uttar_pradesh += text_starts_with(p.unit_code, T("UP-"));
        s.nagaland += text_starts_with(p.unit_code, T("NL-"));
        s.women += text_eq(p.gender, T("f"));
        s.rural += text_eq(p.settlement, T("rural"));
        s.urban += text_eq(p.settlement, T("urban"));
        s.household += text_eq(p.phone_of, T("household"));
        s.none += !p.phone.len;
        s.confirmed += p.fate == DEMO_CONFIRMED;
        s.first_half += p.joined_at < bare_ctx.now_s - DEMO_DAYS / 2 * CLOCK_DAY_S;
        s.devanagari += (unsigned char)p.name.ptr[0] >= 0x80;
    }
    return s;
}

static void about(int got, int percent_low, int percent_high) {
    assert_in_range(got * 100, percent_low * PEOPLE, percent_high * PEOPLE);
}

static void spread_is_like_india(void **state) {
    (void)state;
    Shares s = count_shares(demo_open(&bare_ctx, 3, PEOPLE, T("community")));
    about(s.uttar_pradesh, 13, 20);
    about(s.nagaland, 0, 1);
    about(s.women, 42, 52);
    about(s.rural, 58, 70);
    about(s.urban, 29, 39);
    about(s.household, 4, 10);
    about(s.none, 3, 9);
    about(s.confirmed, 86, 94);
    about(s.first_half, 25, 40); /* the curve rises */
    about(s.devanagari, 20, 50);
}

static void phones_of_a_household_are_shared_by_two(void **state) {
    (void)state;
    const Demo *demo = demo_open(&bare_ctx, 5, PEOPLE, T("party"));
    DemoPerson before, p;
    int shared = 0, keys_differ = 0;
    demo_person(demo, bare_ctx.arena, 0, &before);
    for (int i = 1; i < PEOPLE; i++, before = p) {
        demo_person(demo, bare_ctx.arena, i, &p);
        bool household = text_eq(p.phone_of, T("household"));
        if (!household || !text_eq(before.phone_of, T("self"))) continue;
        assert_true(text_eq(p.phone, before.phone));
        assert_true(text_eq(p.unit_code, before.unit_code));
        shared++;
        keys_differ += !text_eq(name_key(bare_ctx.arena, p.name),
                                 name_key(bare_ctx.arena, before.name));
    }
    assert_true(shared > 50);
    assert_true(keys_differ >= shared - 1);
}

static void party_members_live_in_constituencies(void **state) {
    (void)state;
    const Demo *demo = demo_open(&bare_ctx, 5, PEOPLE, T("party"));
    for (int i = 0; i < 100; i++) {
        DemoPerson p;
        demo_person(demo, bare_ctx.arena, i, &p);
        assert_true(text_starts_with(text_slice(p.unit_code, 2, 3), T("-AC")));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seed_decides), cmocka_unit_test(everybody_may_join),
        cmocka_unit_test(spread_is_like_india),
        cmocka_unit_test(phones_of_a_household_are_shared_by_two),
        cmocka_unit_test(party_members_live_in_constituencies),
    };
    return cmocka_run_group_tests(tests, bare_ctx_make, bare_ctx_remove);
}
