/* Reading and setting the parts, and paying out; what is due is unit_share_due.c. */
#include "domain/unit_share.h"

#include "base/buffer.h"
#include "base/clock.h"
#include "base/limits.h"
#include "domain/audit.h"
#include "domain/ledger.h"
#include "domain/treasury_scope.h"
#include "store/query.h"

static bool is_kind(Text kind) {
    for (size_t i = 0; i < kind.len; i++)
        if (!((kind.ptr[i] >= 'a' && kind.ptr[i] <= 'z') || kind.ptr[i] == '_')) return false;
    return kind.len >= 2 && kind.len <= 20;
}

/* "30.5", at most two decimals, as basis points. */
static bool percent(Text typed, int64_t *ret) {
    int64_t whole, part = 0;
    size_t dot = text_find_byte(typed, '.');
    Text decimals = text_slice(typed, dot + 1, typed.len);
    if (!text_to_int(text_slice(typed, 0, dot), &whole) || whole < 0 || whole > 100) return false;
    if (dot < typed.len) {
        if (decimals.len < 1 || decimals.len > 2 || !text_to_int(decimals, &part)) return false;
        if (part < 0 || decimals.ptr[0] == '-') return false;
        if (decimals.len == 1) part *= 10;
    }
    *ret = whole * 100 + part;
    return *ret > 0 && typed.ptr[0] != '-';
}

static bool take_level(UnitShareSet *set, Text part) {
    size_t equals = text_find_byte(part, '=');
    UnitShareLevel level = {.kind = text_trim(text_slice(part, 0, equals))};
    Text typed = text_trim(text_slice(part, equals + 1, part.len));
    if (text_ends_with(typed, T("%"))) typed = text_trim(text_slice(typed, 0, typed.len - 1));
    if (equals == part.len || !is_kind(level.kind) || !typed.len) return false;
    if (!percent(typed, &level.basis_points) || set->count == UNIT_SHARE_LEVELS_MAX) return false;
    for (int i = 0; i < set->count; i++)
        if (text_eq(set->levels[i].kind, level.kind)) return false;
    set->levels[set->count++] = level;
    return true;
}

bool unit_share_parse(Text typed, UnitShareSet *ret) {
    UnitShareSet set = {.count = 0};
    Text rest = typed, part;
    int64_t sum = 0;
    while (rest.ptr && text_split(&rest, ',', &part))
        if (!take_level(&set, text_trim(part))) return false;
    for (int i = 0; i < set.count; i++) sum += set.levels[i].basis_points;
    *ret = set;
    return sum == UNIT_SHARE_WHOLE;
}

void unit_share_split(int64_t paise, const int64_t *basis_points, int levels, int64_t *ret) {
    int64_t given = 0;
    for (int i = 1; i < levels; i++) {
        ret[i] = paise / UNIT_SHARE_WHOLE * basis_points[i] +
                 paise % UNIT_SHARE_WHOLE * basis_points[i] / UNIT_SHARE_WHOLE;
        given += ret[i];
    }
    ret[0] = paise - given;
}

Status unit_share_sets(Ctx *ctx, UnitShareSet ret[UNIT_SHARE_SETS_MAX], int *ret_count) {
    Query *q = query_begin(ctx, Q_UNIT_SHARE_LIST);
    query_int(q, "org", ctx->org->id);
    int count = 0;
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        int64_t day = query_column_int(q, 0);
        if (count == 0 || ret[count - 1].from_day != day) {
            if (count == UNIT_SHARE_SETS_MAX) break;
            ret[count++] = (UnitShareSet){.from_day = day};
        }
        UnitShareSet *set = &ret[count - 1];
        if (set->count < UNIT_SHARE_LEVELS_MAX)
            set->levels[set->count++] = (UnitShareLevel){.kind = query_column_text(q, 1),
                                                         .basis_points = query_column_int(q, 2),
                                                         .rank = query_column_int(q, 3)};
    }
    *ret_count = count;
    return query_done(q);
}

static Status check_kinds(Ctx *ctx, const UnitShareSet *set) {
    UnitKind kinds[UNIT_KINDS_MAX];
    int count;
    int64_t sum = 0;
    TRY(unit_kinds(ctx, kinds, &count));
    for (int i = 0; i < set->count; i++) {
        sum += set->levels[i].basis_points;
        if (unit_kind_of(kinds, count, set->levels[i].kind)) continue;
        (void)fail(ctx, INVALID, "parts", "share_kind");
        fail_arg(ctx, "kind", set->levels[i].kind);
        return INVALID;
    }
    return set->count && sum == UNIT_SHARE_WHOLE ? OK : fail(ctx, INVALID, "parts", "share_form");
}

/* What was paid out stands on what was due: that is not changed behind it. */
static Status check_day(Ctx *ctx, int64_t from_day) {
    LedgerAccount *accounts;
    int count;
    if (from_day >= organisation_day(ctx)) return OK;
    TRY(ledger_accounts(ctx, T("shares:"), INT64_MIN, INT64_MAX, 1, &accounts, &count));
    return count ? fail(ctx, CONFLICT, "from", "share_past") : OK;
}

Status unit_share_set(Ctx *ctx, const UnitShareSet *set) {
    UnitShareSet *known = ARENA_ARRAY(ctx->arena, UnitShareSet, UNIT_SHARE_SETS_MAX);
    int count;
    TRY(treasury_scope_check(ctx));
    TRY(check_kinds(ctx, set));
    TRY(check_day(ctx, set->from_day));
    TRY(unit_share_sets(ctx, known, &count));
    if (count == UNIT_SHARE_SETS_MAX) return fail(ctx, LIMIT, NULL, "share_sets_many");
    Query *q = query_begin(ctx, Q_UNIT_SHARE_CLEAR);
    query_int(q, "org", ctx->org->id);
    query_int(q, "from_day", set->from_day);
    TRY(query_run(q));
    for (int i = 0; i < set->count; i++) {
        q = query_begin(ctx, Q_UNIT_SHARE_INSERT);
        query_int(q, "org", ctx->org->id);
        query_int(q, "from_day", set->from_day);
        query_text(q, "kind", set->levels[i].kind);
        query_int(q, "basis_points", set->levels[i].basis_points);
        TRY(query_run(q));
    }
    char day[11];
    clock_iso_day(set->from_day, day);
    return audit_add(ctx, "share.set", T(""), arena_copy(ctx->arena, text_of(day)));
}

static Status too_much(Ctx *ctx, int64_t have) {
    (void)fail(ctx, CONFLICT, "amount", "share_too_much");
    fail_arg_paise(ctx, "have", have);
    return CONFLICT;
}

static Text account_of(Ctx *ctx, const Unit *unit) {
    char *code = arena_cstr(ctx->arena, unit->code);
    for (size_t i = 0; i < unit->code.len; i++)
        if (code[i] >= 'A' && code[i] <= 'Z') code[i] = (char)(code[i] + 32);
    return arena_printf(ctx->arena, "shares:%s", code);
}

static Text sets_text(Ctx *ctx, const UnitShareSet *sets, int count) {
    Buffer out = buffer_in(ctx->arena, 1 << 16);
    for (int i = 0; i < count; i++) {
        buffer_printf(&out, "%lld:", (long long)sets[i].from_day);
        for (int j = 0; j < sets[i].count; j++)
            buffer_printf(&out, "%.*s=%lld,", TEXT_ARG(sets[i].levels[j].kind),
                          (long long)sets[i].levels[j].basis_points);
    }
    return buffer_text(&out);
}

/* All but what is payable: read from a few hundred rows. */
static Status read_basis(Ctx *ctx, const Unit *unit, UnitShareLook *ret) {
    UnitShareSet *sets = ARENA_ARRAY(ctx->arena, UnitShareSet, UNIT_SHARE_SETS_MAX);
    int count;
    *ret = (UnitShareLook){.unit_id = unit->id};
    TRY(ledger_balance(ctx, account_of(ctx, unit), INT64_MAX, &ret->paid));
    TRY(ledger_balance(ctx, T("refunds"), INT64_MAX, &ret->refunded));
    TRY(unit_share_sets(ctx, sets, &count));
    ret->sets = sets_text(ctx, sets, count);
    return OK;
}

static Status look_up(Ctx *ctx, const Unit *unit, UnitShareLook *ret) {
    int64_t today = organisation_day(ctx);
    TRY(read_basis(ctx, unit, ret));
    if (unit->id == ctx->org->root_unit_id) return OK; /* nobody pays it out */
    return unit_share_payable(ctx, unit, today, &ret->payable);
}

Status unit_share_look(Ctx *ctx, Text unit_code, UnitShareLook *ret) {
    Unit unit;
    TRY(treasury_scope_check(ctx));
    TRY(unit_by_code(ctx, unit_code, &unit));
    return look_up(ctx, &unit, ret);
}

static Status payable_now(Ctx *ctx, const Unit *unit, const UnitShareLook *look, int64_t *ret) {
    UnitShareLook now;
    TRY(read_basis(ctx, unit, &now));
    bool stands = look->unit_id == unit->id && look->paid == now.paid &&
                  look->refunded == now.refunded && text_eq(look->sets, now.sets);
    if (!stands) TRY(look_up(ctx, unit, &now));
    *ret = stands ? look->payable : now.payable;
    return OK;
}

Status unit_share_pay(Ctx *ctx, Text unit_code, const UnitShareLook *look, int64_t paise,
                      Text from, Text note, int64_t *ret_paise) {
    Unit unit;
    int64_t payable;
    TRY(treasury_scope_check(ctx));
    if (!text_eq(from, T("bank")) && !text_eq(from, T("cash:server")))
        return fail(ctx, INVALID, "account", "share_account");
    if (paise < 0) return fail(ctx, INVALID, "amount", "payment_amount");
    if (note.len > LIMIT_REASON_BYTES) return fail(ctx, INVALID, "note", "reason_form");
    TRY(unit_by_code(ctx, unit_code, &unit));
    if (unit.id == ctx->org->root_unit_id) return fail(ctx, CONFLICT, "unit", "share_root");
    TRY(payable_now(ctx, &unit, look, &payable));
    *ret_paise = paise ? paise : payable;
    if (*ret_paise <= 0 || *ret_paise > payable) return too_much(ctx, payable > 0 ? payable : 0);
    TRY(ledger_check_cash(ctx, from, *ret_paise));
    Text subject = arena_printf(ctx->arena, "unit:%lld", (long long)unit.id);
    TRY(ledger_move(ctx, from, account_of(ctx, &unit), *ret_paise, 0, "share", subject,
                    note.ptr ? note : T("")));
    return audit_add(ctx, "share.pay", subject, from);
}
