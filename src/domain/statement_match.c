/* Whatever shares a number or a reference comes into one group; groups are judged one by one. What
 * is not plain is left to somebody: a wrong match is worse than none. */
#include "domain/statement_match.h"

#include "domain/statement_near.h"
#include "domain/statement_utr.h"

enum { PAIRS_MAX = 100000 /* looked at in one group; a larger one is ambiguous anyhow */ };

typedef struct Key {
    Text text;
    char kind; /* U number of a transfer, R reference */
    int64_t node;
} Key;

/* Nodes: the credits, then the claims. */
typedef struct Matcher {
    Arena *arena;
    const StatementCredit *credits;
    const StatementClaim *claims;
    int64_t credit_count, claim_count;
    Key *keys;
    int64_t key_count;
    int64_t *parent; /* of each node, to find its group */
    Text *numbers;   /* of each node, made comparable */
    Text *references; /* of each claim, capital letters and digits */
    int64_t *order;  /* nodes, by group */
    StatementMatch *ret;
    bool full;
} Matcher;

typedef struct Group {
    int64_t *credits, *claims; /* indexes */
    int64_t credit_count, claim_count;
} Group;

static int compare_keys(const void *a, const void *b) {
    const Key *one = a, *other = b;
    if (one->kind != other->kind) return one->kind < other->kind ? -1 : 1;
    int order = text_compare(one->text, other->text);
    if (order) return order;
    return one->node < other->node ? -1 : one->node > other->node;
}

static int64_t root_of(int64_t *parent, int64_t node) {
    while (parent[node] != node) {
        parent[node] = parent[parent[node]];
        node = parent[node];
    }
    return node;
}

/* The smaller becomes the root: groups stand in the order of their first node. */
static void join(int64_t *parent, int64_t one, int64_t other) {
    one = root_of(parent, one);
    other = root_of(parent, other);
    if (one < other) parent[other] = one;
    else parent[one] = other;
}

static void add_key(Matcher *m, char kind, Text text, int64_t node) {
    if (text.len) m->keys[m->key_count++] = (Key){text, kind, node};
}

static Text number_of(Matcher *m, Text utr) {
    char out[STATEMENT_UTR_BYTES_MAX];
    size_t len = statement_utr_typed(utr, out);
    char *copy = arena_try(m->arena, len);
    m->full |= !copy;
    if (!copy || !len) return TEXT_NONE;
    memcpy(copy, out, len);
    return (Text){copy, len};
}

static Text plain_reference(Matcher *m, Text reference) {
    char *out = arena_try(m->arena, reference.len);
    size_t len = 0;
    m->full |= !out;
    for (size_t i = 0; out && i < reference.len; i++) {
        char c = reference.ptr[i];
        if (c >= 'a' && c <= 'z') c = (char)(c - 32);
        if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) out[len++] = c;
    }
    return (Text){out, len};
}

static void add_keys(Matcher *m) {
    for (int64_t i = 0; i < m->credit_count; i++) {
        const StatementCredit *credit = &m->credits[i];
        m->numbers[i] = number_of(m, credit->utr);
        add_key(m, 'U', m->numbers[i], i);
        for (int r = 0; r < credit->reference_count; r++) add_key(m, 'R', credit->references[r], i);
    }
    for (int64_t i = 0; i < m->claim_count; i++) {
        int64_t node = m->credit_count + i;
        m->numbers[node] = number_of(m, m->claims[i].utr);
        m->references[i] = plain_reference(m, m->claims[i].reference);
        add_key(m, 'U', m->numbers[node], node);
        add_key(m, 'R', m->references[i], node);
    }
}

static bool same_key(const Key *one, const Key *other) {
    return one->kind == other->kind && text_eq(one->text, other->text);
}

static int compare_entries(const void *a, const void *b) {
    const int64_t *one = a, *other = b; /* root, node */
    if (one[0] != other[0]) return one[0] < other[0] ? -1 : 1;
    return one[1] < other[1] ? -1 : one[1] > other[1];
}

static void group_nodes(Matcher *m, int64_t (*entries)[2]) {
    int64_t nodes = m->credit_count + m->claim_count;
    for (int64_t i = 0; i < nodes; i++) m->parent[i] = i;
    qsort(m->keys, (size_t)m->key_count, sizeof *m->keys, compare_keys);
    for (int64_t i = 1; i < m->key_count; i++)
        if (same_key(&m->keys[i - 1], &m->keys[i]))
            join(m->parent, m->keys[i - 1].node, m->keys[i].node);
    for (int64_t i = 0; i < nodes; i++) {
        entries[i][0] = root_of(m->parent, i);
        entries[i][1] = i;
    }
    qsort(entries, (size_t)nodes, sizeof *entries, compare_entries);
}

static int64_t owed(const Matcher *m, int64_t claim) {
    int64_t rest = m->claims[claim].due_paise - m->claims[claim].paid_paise;
    return rest > 0 ? rest : 0;
}

static bool by_number(const Matcher *m, int64_t credit, int64_t claim) {
    Text number = m->numbers[credit];
    return number.len && text_eq(number, m->numbers[m->credit_count + claim]);
}

static bool by_reference(const Matcher *m, int64_t credit, int64_t claim) {
    const StatementCredit *c = &m->credits[credit];
    for (int i = 0; i < c->reference_count; i++)
        if (m->references[claim].len && text_eq(c->references[i], m->references[claim]))
            return true;
    return false;
}

static const char *todo_of(StatementVerdict verdict, bool of_claim) {
    switch (verdict) {
    case STATEMENT_MATCHED: return "statement_todo_nothing";
    case STATEMENT_SHORT: return "statement_todo_short";
    case STATEMENT_EXCESS: return "statement_todo_excess";
    case STATEMENT_DOUBLE: return "statement_todo_double";
    case STATEMENT_AMBIGUOUS: return "statement_todo_compare";
    default: return of_claim ? "statement_todo_wait" : "statement_todo_find_payer";
    }
}

static void judge_credit(Matcher *m, int64_t credit, StatementVerdict verdict, const char *reason,
                         int64_t claim) {
    m->ret->credits[credit] = (StatementCreditMatch){.verdict = verdict, .claim = claim,
                                                     .reason = reason,
                                                     .todo = todo_of(verdict, false)};
}

static void judge_claim(Matcher *m, int64_t claim, StatementVerdict verdict, const char *reason,
                        int64_t credit) {
    m->ret->claims[claim] = (StatementClaimMatch){.verdict = verdict, .credit = credit,
                                                  .reason = reason,
                                                  .todo = todo_of(verdict, true)};
}

/* The credit goes to the claim, with this verdict for both. */
static void tie(Matcher *m, int64_t credit, int64_t claim, StatementVerdict verdict,
                const char *reason, int64_t difference) {
    judge_credit(m, credit, verdict, reason, claim);
    judge_claim(m, claim, verdict, reason, credit);
    m->ret->credits[credit].claim_count = verdict == STATEMENT_MATCHED;
    m->ret->credits[credit].difference_paise = difference;
    m->ret->claims[claim].received_paise = m->credits[credit].paise;
}

static void leave_open(Matcher *m, const Group *g, const char *reason) {
    int64_t claim = g->claim_count ? g->claims[0] : -1;
    int64_t credit = g->credit_count ? g->credits[0] : -1;
    for (int64_t i = 0; i < g->credit_count; i++)
        judge_credit(m, g->credits[i], STATEMENT_AMBIGUOUS, reason, claim);
    for (int64_t i = 0; i < g->claim_count; i++)
        judge_claim(m, g->claims[i], STATEMENT_AMBIGUOUS, reason, credit);
}

/* Numbers come again after years, and are copied from somewhere: a number alone ties only what is
 * near in time. */
static bool far_apart(const Matcher *m, int64_t credit, int64_t claim) {
    int64_t day = m->claims[claim].day, apart = m->credits[credit].day - day;
    if (!day || by_reference(m, credit, claim)) return false;
    return apart > STATEMENT_MATCH_DAYS_APART_MAX || apart < -STATEMENT_MATCH_DAYS_APART_MAX;
}

/* Of a group with one credit or one claim. */
static bool any_far_apart(const Matcher *m, const Group *g) {
    for (int64_t i = 0; i < g->credit_count; i++)
        for (int64_t j = 0; j < g->claim_count; j++)
            if (far_apart(m, g->credits[i], g->claims[j])) return true;
    return false;
}

/* The number is the claim's, but the payment names another order. Banks cut long references. */
static bool names_other(const Matcher *m, int64_t credit, int64_t claim) {
    const StatementCredit *c = &m->credits[credit];
    Text own = m->references[claim];
    for (int i = 0; i < c->reference_count; i++)
        if (text_starts_with(own, c->references[i]) || text_starts_with(c->references[i], own))
            return false;
    return own.len && c->reference_count;
}

static const char *how(const Matcher *m, int64_t credit, int64_t claim) {
    return by_number(m, credit, claim) ? "statement_reason_utr" : "statement_reason_reference";
}

static void judge_pair(Matcher *m, int64_t credit, int64_t claim) {
    int64_t difference = m->credits[credit].paise - owed(m, claim);
    if (!owed(m, claim))
        tie(m, credit, claim, STATEMENT_DOUBLE, "statement_reason_double", difference);
    else if (difference == 0)
        tie(m, credit, claim, STATEMENT_MATCHED, how(m, credit, claim), 0);
    else if (difference < 0)
        tie(m, credit, claim, STATEMENT_SHORT, "statement_reason_short", difference);
    else tie(m, credit, claim, STATEMENT_EXCESS, "statement_reason_excess", difference);
}

/* One payment, claimed more than once: for all of them, or for the one that it names. */
static void judge_shared(Matcher *m, const Group *g) {
    int64_t credit = g->credits[0], sum = 0, named = -1, named_count = 0;
    for (int64_t i = 0; i < g->claim_count; i++) {
        sum += owed(m, g->claims[i]);
        if (!by_reference(m, credit, g->claims[i])) continue;
        named = g->claims[i];
        named_count++;
    }
    if (sum == m->credits[credit].paise) {
        for (int64_t i = g->claim_count; i-- > 0;)
            tie(m, credit, g->claims[i], STATEMENT_MATCHED, "statement_reason_people", 0);
        for (int64_t i = 0; i < g->claim_count; i++)
            m->ret->claims[g->claims[i]].received_paise = owed(m, g->claims[i]);
        m->ret->credits[credit].claim_count = g->claim_count;
        return;
    }
    leave_open(m, g, "statement_reason_several_claims");
    if (named_count == 1 && owed(m, named) == m->credits[credit].paise)
        judge_pair(m, credit, named);
}

static bool is_before(const Matcher *m, int64_t one, int64_t other) {
    if (m->credits[one].day != m->credits[other].day)
        return m->credits[one].day < m->credits[other].day;
    return m->credits[one].line < m->credits[other].line;
}

/* Several payments for one claim: paid again, or in parts. */
static void judge_repeated(Matcher *m, const Group *g) {
    int64_t claim = g->claims[0], due = owed(m, claim), sum = 0, exact = -1;
    for (int64_t i = 0; i < g->credit_count; i++) {
        int64_t credit = g->credits[i];
        sum += m->credits[credit].paise;
        if (due && m->credits[credit].paise == due && (exact < 0 || is_before(m, credit, exact)))
            exact = credit;
    }
    for (int64_t i = g->credit_count; i-- > 0;) {
        int64_t credit = g->credits[i];
        if (exact >= 0 || !due)
            tie(m, credit, claim, STATEMENT_DOUBLE, "statement_reason_double", sum - due);
        else if (sum == due) tie(m, credit, claim, STATEMENT_MATCHED, "statement_reason_parts", 0);
        else if (sum < due)
            tie(m, credit, claim, STATEMENT_SHORT, "statement_reason_short", sum - due);
        else tie(m, credit, claim, STATEMENT_EXCESS, "statement_reason_excess", sum - due);
    }
    if (exact >= 0) {
        tie(m, exact, claim, STATEMENT_MATCHED, how(m, exact, claim), 0);
        judge_claim(m, claim, STATEMENT_DOUBLE, "statement_reason_double", exact);
    }
    m->ret->claims[claim].received_paise = sum;
}

static bool is_taken(const Matcher *m, int64_t claim) {
    return m->ret->claims[claim].verdict == STATEMENT_MATCHED;
}

/* Ties those credits of a tangle that one claim alone can mean, by reference or by number. */
static void tie_plain(Matcher *m, const Group *g,
                      bool (*linked)(const Matcher *m, int64_t credit, int64_t claim)) {
    for (int64_t i = 0; i < g->credit_count; i++) {
        int64_t credit = g->credits[i], found = -1, count = 0;
        if (m->ret->credits[credit].verdict == STATEMENT_MATCHED) continue;
        for (int64_t j = 0; j < g->claim_count; j++) {
            int64_t claim = g->claims[j];
            if (is_taken(m, claim) || !linked(m, credit, claim)) continue;
            count++;
            if (owed(m, claim) == m->credits[credit].paise) found = claim;
        }
        if (count == 1 && found >= 0 && !far_apart(m, credit, found)) judge_pair(m, credit, found);
    }
}

static bool by_both(const Matcher *m, int64_t credit, int64_t claim) {
    return by_number(m, credit, claim) && by_reference(m, credit, claim);
}

static bool by_number_alone(const Matcher *m, int64_t credit, int64_t claim) {
    return by_number(m, credit, claim) && !names_other(m, credit, claim);
}

static void judge_tangle(Matcher *m, const Group *g) {
    leave_open(m, g, "statement_reason_several_claims");
    if (g->credit_count > PAIRS_MAX / g->claim_count) return;
    tie_plain(m, g, by_both);
    tie_plain(m, g, by_reference);
    tie_plain(m, g, by_number_alone);
    for (int64_t i = 0; i < g->credit_count; i++) {
        int64_t credit = g->credits[i], taken = -1, open = 0;
        if (m->ret->credits[credit].verdict == STATEMENT_MATCHED) continue;
        for (int64_t j = 0; j < g->claim_count; j++) {
            int64_t claim = g->claims[j];
            if (!by_reference(m, credit, claim) && !by_number(m, credit, claim)) continue;
            if (is_taken(m, claim) || !owed(m, claim)) taken = claim;
            else open++;
        }
        if (taken >= 0 && !open) {
            judge_credit(m, credit, STATEMENT_DOUBLE, "statement_reason_double", taken);
            m->ret->credits[credit].difference_paise = m->credits[credit].paise;
        }
    }
}

static bool number_twice(const Matcher *m, const Group *g) {
    /* Their keys stand side by side. */
    for (int64_t i = 1; i < g->credit_count && g->credit_count <= 64; i++)
        for (int64_t j = 0; j < i; j++)
            if (m->numbers[g->credits[i]].len &&
                text_eq(m->numbers[g->credits[i]], m->numbers[g->credits[j]]))
                return true;
    return g->credit_count > 64;
}

static void judge_group(Matcher *m, const Group *g) {
    if (!g->claim_count) {
        for (int64_t i = 0; i < g->credit_count; i++)
            judge_credit(m, g->credits[i], STATEMENT_UNMATCHED, "statement_reason_unknown", -1);
    } else if (!g->credit_count) {
        for (int64_t i = 0; i < g->claim_count; i++) {
            if (owed(m, g->claims[i]))
                judge_claim(m, g->claims[i], STATEMENT_UNMATCHED, "statement_reason_not_arrived",
                            -1);
            else
                judge_claim(m, g->claims[i], STATEMENT_MATCHED, "statement_reason_settled", -1);
        }
    } else if (number_twice(m, g)) {
        leave_open(m, g, "statement_reason_number_twice");
    } else if (g->credit_count > 1 && g->claim_count > 1) {
        judge_tangle(m, g);
    } else if (any_far_apart(m, g)) {
        leave_open(m, g, "statement_reason_days");
    } else if (g->credit_count > 1) {
        judge_repeated(m, g);
    } else if (g->claim_count > 1) {
        judge_shared(m, g);
    } else if (names_other(m, g->credits[0], g->claims[0])) {
        leave_open(m, g, "statement_reason_other_order");
    } else {
        judge_pair(m, g->credits[0], g->claims[0]);
    }
}

static void judge_all(Matcher *m, int64_t (*entries)[2]) {
    int64_t nodes = m->credit_count + m->claim_count;
    for (int64_t from = 0, to; from < nodes; from = to) {
        Group group = {.credits = m->order + from};
        for (to = from; to < nodes && entries[to][0] == entries[from][0]; to++) {
            bool credit = entries[to][1] < m->credit_count;
            m->order[to] = credit ? entries[to][1] : entries[to][1] - m->credit_count;
            group.credit_count += credit;
        }
        /* Sorted by node: the credits stand first. */
        group.claims = group.credits + group.credit_count;
        group.claim_count = to - from - group.credit_count;
        judge_group(m, &group);
    }
}

static void on_near(void *argument, int64_t credit, int64_t claim) {
    Matcher *m = argument;
    judge_credit(m, credit, STATEMENT_AMBIGUOUS, "statement_reason_near", claim);
    judge_claim(m, claim, STATEMENT_AMBIGUOUS, "statement_reason_near", credit);
}

static bool find_near(Matcher *m) {
    int64_t count = 0, nodes = m->credit_count + m->claim_count;
    StatementNumber *numbers = arena_try(m->arena, sizeof *numbers * (size_t)nodes);
    if (!numbers) return false;
    for (int64_t i = 0; i < nodes; i++) {
        bool of_claim = i >= m->credit_count;
        int64_t index = of_claim ? i - m->credit_count : i;
        StatementVerdict verdict = of_claim ? m->ret->claims[index].verdict
                                            : m->ret->credits[index].verdict;
        if (verdict != STATEMENT_UNMATCHED || m->numbers[i].len != STATEMENT_NEAR_DIGITS) continue;
        StatementNumber *number = &numbers[count++];
        memcpy(number->digits, m->numbers[i].ptr, STATEMENT_NEAR_DIGITS);
        number->paise = of_claim ? owed(m, index) : m->credits[index].paise;
        number->index = index;
        number->of_claim = of_claim;
    }
    return statement_near_find(m->arena, numbers, count, on_near, m);
}

static void count_all(Matcher *m) {
    for (int64_t i = 0; i < m->credit_count; i++)
        m->ret->credit_counts[m->ret->credits[i].verdict]++;
    for (int64_t i = 0; i < m->claim_count; i++) {
        m->ret->claim_counts[m->ret->claims[i].verdict]++;
        if (m->ret->claims[i].verdict == STATEMENT_MATCHED && m->ret->claims[i].credit >= 0)
            m->ret->people += m->claims[i].people;
    }
}

bool statement_match_run(Arena *arena, const StatementCredits *credits,
                         const StatementClaim *claims, int64_t claim_count, StatementMatch *ret) {
    Matcher m = {.arena = arena, .credits = credits->list, .claims = claims,
                 .credit_count = credits->count, .claim_count = claim_count, .ret = ret};
    size_t nodes = (size_t)(m.credit_count + claim_count);
    size_t keys = (size_t)m.credit_count * (1 + STATEMENT_REFERENCES_MAX) + 2 * (size_t)claim_count;
    *ret = (StatementMatch){0};
    ret->credits = arena_try(arena, sizeof *ret->credits * (size_t)m.credit_count);
    ret->claims = arena_try(arena, sizeof *ret->claims * (size_t)claim_count);
    m.keys = arena_try(arena, sizeof *m.keys * keys);
    m.parent = arena_try(arena, sizeof *m.parent * nodes);
    m.numbers = arena_try(arena, sizeof *m.numbers * nodes);
    m.references = arena_try(arena, sizeof *m.references * (size_t)claim_count);
    m.order = arena_try(arena, sizeof *m.order * nodes);
    int64_t(*entries)[2] = arena_try(arena, sizeof *entries * nodes);
    if (!ret->credits || !ret->claims || !m.keys || !m.parent || !m.numbers || !m.references ||
        !m.order || !entries)
        return false;
    add_keys(&m);
    if (m.full) return false;
    group_nodes(&m, entries);
    judge_all(&m, entries);
    if (!find_near(&m)) return false;
    count_all(&m);
    return true;
}
