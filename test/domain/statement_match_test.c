/* Whose money it was: each case alone, then three thousand payments of ₹11 whose truth is known,
 * made dirty on the way through a CSV file. */
#include "domain/statement_match.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#undef fail

#include "statement_dirty.h"

enum { CASE_MAX = 4, DAY = 20545, PAYMENTS = 3000 };

typedef struct Case {
    const char *name;
    struct {
        int64_t paise;
        const char *utr, *reference;
        int64_t day; /* from DAY */
    } credits[CASE_MAX];
    struct {
        const char *reference, *utr;
        int64_t due, paid;
    } claims[CASE_MAX];
    const char *verdicts; /* of the credits, then the claims: m s e d a u */
    const char *reason;   /* of the first credit */
} Case;

#define U1 "612345678901"
#define U2 "712345678902"

static const Case cases[] = {
    {"number", {{1100, U1, NULL, 0}}, {{"SNG1A", "6123 4567 89O1", 1100, 0}}, "mm",
     "statement_reason_utr"},
    {"number with signs", {{1100, U1, NULL, 0}}, {{"SNG1A", "UTR: " U1 ".", 1100, 0}}, "mm",
     "statement_reason_utr"},
    {"reference", {{1100, U1, "SNG1A", 0}}, {{"sng1a", "", 1100, 0}}, "mm",
     "statement_reason_reference"},
    {"amount alone", {{1100, U1, NULL, 0}}, {{"SNG1A", "", 1100, 0}}, "uu",
     "statement_reason_unknown"},
    {"short", {{1000, U1, NULL, 0}}, {{"SNG1A", U1, 1100, 0}}, "ss", "statement_reason_short"},
    {"rest of what was short", {{100, U1, NULL, 0}}, {{"SNG1A", U1, 1100, 1000}}, "mm",
     "statement_reason_utr"},
    {"excess", {{1200, U1, "SNG1A", 0}}, {{"SNG1A", "", 1100, 0}}, "ee", "statement_reason_excess"},
    {"paid before", {{1100, U1, "SNG1A", 0}}, {{"SNG1A", "", 1100, 1100}}, "dd",
     "statement_reason_double"},
    {"twice", {{1100, U2, "SNG1A", 1}, {1100, U1, NULL, 0}}, {{"SNG1A", U1, 1100, 0}}, "dmd",
     "statement_reason_double"},
    {"in parts", {{500, U1, "SNG1A", 0}, {600, U2, "SNG1A", 1}}, {{"SNG1A", "", 1100, 0}}, "mmm",
     "statement_reason_parts"},
    {"parts that are short", {{500, U1, "SNG1A", 0}, {500, U2, "SNG1A", 1}},
     {{"SNG1A", "", 1100, 0}}, "sss", "statement_reason_short"},
    {"several people", {{2200, U1, NULL, 0}}, {{"SNG1A", U1, 1100, 0}, {"SNG2B", U1, 1100, 0}},
     "mmm", "statement_reason_people"},
    {"claimed by two", {{1100, U1, NULL, 0}}, {{"SNG1A", U1, 1100, 0}, {"SNG2B", U1, 1100, 0}},
     "aaa", "statement_reason_several_claims"},
    {"claimed by two, names one", {{1100, U1, "SNG2B", 0}},
     {{"SNG1A", U1, 1100, 0}, {"SNG2B", U1, 1100, 0}}, "mam", "statement_reason_utr"},
    {"somebody else's number", {{1100, U1, "SNG2B", 0}},
     {{"SNG1A", U1, 1100, 0}, {"SNG2B", "", 1100, 0}}, "mam", "statement_reason_reference"},
    {"names an order that is not here", {{1100, U1, "SNG9Z", 0}}, {{"SNG1A", U1, 1100, 0}}, "aa",
     "statement_reason_other_order"},
    {"number twice in the file", {{1100, U1, NULL, 0}, {1100, U1, NULL, 0}},
     {{"SNG1A", U1, 1100, 0}}, "aaa", "statement_reason_number_twice"},
    {"an old number", {{1100, U1, NULL, -90}}, {{"SNG1A", U1, 1100, 0}}, "aa",
     "statement_reason_days"},
    {"an old payment that names it", {{1100, U1, "SNG1A", -90}}, {{"SNG1A", U1, 1100, 0}}, "mm",
     "statement_reason_utr"},
    {"a wrong digit", {{1100, U1, NULL, 0}}, {{"SNG1A", "612345678907", 1100, 0}}, "aa",
     "statement_reason_near"},
    {"two digits exchanged", {{1100, U1, NULL, 0}}, {{"SNG1A", "612354678901", 1100, 0}}, "aa",
     "statement_reason_near"},
    {"a wrong digit and amount", {{1200, U1, NULL, 0}}, {{"SNG1A", "612345678907", 1100, 0}}, "uu",
     "statement_reason_unknown"},
    {"two wrong digits", {{1100, U1, NULL, 0}}, {{"SNG1A", "612345678977", 1100, 0}}, "uu",
     "statement_reason_unknown"},
    {"crossed: each names its own", {{1100, U1, "SNG1A", 0}, {1100, U2, "SNG2B", 0}},
     {{"SNG1A", U2, 1100, 0}, {"SNG2B", U1, 1100, 0}}, "mmmm", "statement_reason_reference"},
    {"a tangle: one plain, one double", {{1100, U1, "SNG1A", 0}, {1100, U2, "SNG1A", 0}},
     {{"SNG1A", U1, 1100, 0}, {"SNG2B", U1, 1100, 0}}, "mdma", "statement_reason_utr"},
    {"NEFT", {{1100, "SBIN426012345678", NULL, 0}}, {{"SNG1A", "sbin 4260 1234 5678", 1100, 0}},
     "mm", "statement_reason_utr"},
};

static Text text_or_none(const char *t) { return t ? text_of(t) : TEXT_NONE; }

static void play(Arena *arena, const Case *c, bool backwards) {
    StatementCredit list[CASE_MAX] = {0};
    StatementClaim claims[CASE_MAX] = {0};
    StatementCredits credits = {.list = list};
    StatementMatch match;
    int claim_count = 0;
    while (credits.count < CASE_MAX && c->credits[credits.count].paise) credits.count++;
    while (claim_count < CASE_MAX && c->claims[claim_count].reference) claim_count++;
    for (int i = 0; i < credits.count; i++) {
        int at = backwards ? (int)credits.count - 1 - i : i;
        list[at] = (StatementCredit){.line = i + 2, .day = DAY + c->credits[i].day,
                                     .paise = c->credits[i].paise,
                                     .utr = text_or_none(c->credits[i].utr)};
        list[at].references[0] = text_or_none(c->credits[i].reference);
        list[at].reference_count = c->credits[i].reference ? 1 : 0;
    }
    for (int i = 0; i < claim_count; i++)
        claims[backwards ? claim_count - 1 - i : i] = (StatementClaim){
            .id = i, .reference = text_of(c->claims[i].reference), .utr = text_of(c->claims[i].utr),
            .due_paise = c->claims[i].due, .paid_paise = c->claims[i].paid, .people = 1,
            .day = DAY};
    assert_true(statement_match_run(arena, &credits, claims, claim_count, &match));
    char got[2 * CASE_MAX + 1] = "";
    for (int i = 0; i < credits.count; i++)
        got[i] = "msedau"[match.credits[backwards ? credits.count - 1 - i : i].verdict];
    for (int i = 0; i < claim_count; i++) {
        int at = backwards ? claim_count - 1 - i : i;
        got[credits.count + i] = "msedau"[match.claims[at].verdict];
    }
    const char *reason = match.credits[backwards ? credits.count - 1 : 0].reason;
    if (strcmp(got, c->verdicts) != 0 || strcmp(reason, c->reason) != 0)
        print_error("%s: %s %s\n", c->name, got, reason);
    assert_string_equal(got, c->verdicts);
    assert_string_equal(reason, c->reason);
}

static void each_case(void **state) {
    (void)state;
    Arena *arena = arena_new(8 << 20);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        play(arena, &cases[i], false);
        play(arena, &cases[i], true);
    }
    arena_delete(arena);
}

static void differences(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 20);
    StatementCredit list[] = {{.paise = 900, .utr = T(U1)}, {.paise = 3300, .utr = T(U2)}};
    StatementClaim claims[] = {{.utr = T(U1), .due_paise = 1100, .people = 1},
                               {.utr = T(U2), .due_paise = 2200, .people = 2},
                               {.utr = T(U2), .due_paise = 1100, .people = 1}};
    StatementCredits credits = {.list = list, .count = 2};
    StatementMatch match;
    assert_true(statement_match_run(arena, &credits, claims, 3, &match));
    assert_int_equal(match.credits[0].difference_paise, -200);
    assert_int_equal(match.credits[1].claim_count, 2);
    assert_int_equal(match.credits[1].claim, 1);
    assert_int_equal(match.claims[2].credit, 1);
    assert_int_equal(match.claims[1].received_paise, 2200);
    assert_int_equal(match.people, 3);
    assert_int_equal(match.credit_counts[STATEMENT_SHORT], 1);
    assert_string_equal(match.credits[0].todo, "statement_todo_short");
    arena_delete(arena);
}

static StatementVerdict claim_truth(StatementDirty fate) {
    switch (fate) {
    case DIRTY_SHORT: return STATEMENT_SHORT;
    case DIRTY_EXCESS: return STATEMENT_EXCESS;
    case DIRTY_DOUBLE: return STATEMENT_DOUBLE;
    case DIRTY_WRONG_DIGIT: return STATEMENT_AMBIGUOUS;
    case DIRTY_NEVER_PAID:
    case DIRTY_NEVER_CLAIMED: return STATEMENT_UNMATCHED;
    default: return STATEMENT_MATCHED;
    }
}

static int64_t fates(StatementDirty fate) { return statement_dirty_count(fate, 0, PAYMENTS); }

static void three_thousand(void **state) {
    (void)state;
    static StatementClaim claims[PAYMENTS];
    static char typed[PAYMENTS][STATEMENT_DIRTY_TYPED];
    static Text references[PAYMENTS];
    Arena *arena = arena_new(32 << 20);
    Ctx *ctx = ARENA_NEW(arena, Ctx);
    const Text prefixes[] = {T("SNG")};
    Statement statement;
    StatementColumns columns;
    StatementCredits credits;
    StatementMatch match;
    ctx_init(ctx, arena);
    for (int i = 0; i < PAYMENTS; i++) {
        statement_dirty_type(i, typed[i]);
        references[i] = arena_printf(arena, "SNG%05dX", i);
        claims[i] = (StatementClaim){.id = i, .reference = references[i],
                                     .utr = text_of(typed[i]), .due_paise = 1100, .people = 1,
                                     .day = DAY};
    }
    Text file = statement_dirty_csv(arena, references, 0, PAYMENTS);
    assert_int_equal(statement_read(ctx, T("april.csv"), file, &statement), OK);
    statement_columns_guess(&statement, &columns);
    assert_int_equal(statement_credits_find(ctx, &statement, &columns, prefixes, 1, &credits), OK);
    assert_int_equal(credits.unread, 0);
    assert_int_equal(credits.count, statement_dirty_lines(0, PAYMENTS));
    assert_true(statement_match_run(statement.arena, &credits, claims, PAYMENTS, &match));
    for (int i = 0; i < PAYMENTS; i++) {
        if (match.claims[i].verdict != claim_truth(statement_dirty_fate(i)))
            print_error("%d: fate %d, %s\n", i, statement_dirty_fate(i), match.claims[i].reason);
        assert_int_equal(match.claims[i].verdict, claim_truth(statement_dirty_fate(i)));
        if (statement_dirty_fate(i) == DIRTY_PAID_FOR)
            assert_int_equal(match.claims[i].credit, match.claims[i - 1].credit);
    }
    assert_int_equal(match.credit_counts[STATEMENT_UNMATCHED], fates(DIRTY_NEVER_CLAIMED));
    assert_int_equal(match.credit_counts[STATEMENT_DOUBLE], fates(DIRTY_DOUBLE));
    assert_int_equal(match.credit_counts[STATEMENT_SHORT], fates(DIRTY_SHORT));
    assert_int_equal(match.credit_counts[STATEMENT_EXCESS], fates(DIRTY_EXCESS));
    assert_int_equal(match.credit_counts[STATEMENT_AMBIGUOUS], fates(DIRTY_WRONG_DIGIT));
    /* Every paisa is somewhere once. */
    int64_t booked = 0, left = 0;
    for (int64_t i = 0; i < credits.count; i++)
        if (match.credits[i].verdict != STATEMENT_MATCHED) left += credits.list[i].paise;
    for (int i = 0; i < PAYMENTS; i++) {
        if (match.claims[i].verdict == STATEMENT_MATCHED) booked += match.claims[i].received_paise;
        if (match.claims[i].verdict == STATEMENT_DOUBLE) booked += 1100;
    }
    assert_int_equal(booked + left, credits.sum_paise);
    arena_delete(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_case),
        cmocka_unit_test(differences),
        cmocka_unit_test(three_thousand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
