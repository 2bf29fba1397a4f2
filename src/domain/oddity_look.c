/* See oddity_look.h. */
#include "domain/oddity_look.h"

#include "base/clock.h"
#include "domain/enroller.h"
#include "domain/oddity_members.h"
#include "domain/payer.h"
#include "domain/payment_in.h"
#include "store/query.h"

enum { MINUTE_S = 60, SUBJECTS_A_MEMBER = 3 };

typedef struct Join {
    int64_t serial, joined_at, unit_id, enrolled_by, enroller_serial;
    bool web;
} Join;

/* Whose joins are counted, as seen at a member who came by them. */
typedef struct Subject {
    enum { BY_TOKEN, BY_MEMBER, IN_UNIT } what;
    int64_t id, at, unit_id;
} Subject;

static Status read_upto(Ctx *ctx, Text source, int64_t *ret) {
    Query *q = query_begin(ctx, Q_ODDITY_LOOK_READ);
    query_int(q, "org", ctx->org->id);
    query_text(q, "source", source);
    Status status = query_run_int(q, ret);
    if (status == NOT_FOUND) *ret = -1;
    return status == NOT_FOUND ? OK : status;
}

static Status read_joins(Ctx *ctx, int64_t after, Join *ret, int *ret_count) {
    *ret_count = 0;
    Query *q = query_begin(ctx, Q_ODDITY_NEW_MEMBERS);
    query_int(q, "org", ctx->org->id);
    query_int(q, "after", after);
    query_int(q, "max", ODDITY_LOOK_MEMBERS);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        ret[(*ret_count)++] = (Join){
            .serial = query_column_int(q, 0),
            .joined_at = query_column_int(q, 1),
            .unit_id = query_column_int(q, 2),
            .web = text_eq(query_column_text(q, 3), T("web")),
            .enrolled_by = query_column_int(q, 4),
            .enroller_serial = query_column_is_null(q, 5) ? -1 : query_column_int(q, 5),
        };
    }
    return query_done(q);
}

/* Bursts are counted in whole minutes, so that one look a subject and minute is enough. */
static void add_subject(Subject *list, int *count, Subject subject) {
    for (int i = *count - 1; i >= 0; i--) {
        if (list[i].what != subject.what || list[i].id != subject.id) continue;
        if (list[i].at / MINUTE_S == subject.at / MINUTE_S) return;
        break;
    }
    list[(*count)++] = subject;
}

static int subjects_of(const Join *joins, int count, Subject *ret) {
    int subjects = 0;
    for (int i = 0; i < count; i++) {
        const Join *j = &joins[i];
        if (j->enrolled_by)
            add_subject(ret, &subjects,
                        (Subject){BY_TOKEN, j->enrolled_by, j->joined_at, j->unit_id});
        if (j->enroller_serial >= 0)
            add_subject(ret, &subjects,
                        (Subject){BY_MEMBER, j->enroller_serial, j->joined_at, j->unit_id});
        if (j->web)
            add_subject(ret, &subjects, (Subject){IN_UNIT, j->unit_id, j->joined_at, j->unit_id});
    }
    return subjects;
}

static Oddity oddity_of(Ctx *ctx, OddityKind kind, const Subject *s) {
    static const char *const words[] = {"token", "member", "unit"};
    return (Oddity){
        .kind = kind,
        .subject = arena_printf(ctx->arena, "%s:%lld", words[s->what], (long long)s->id),
        .unit_id = s->unit_id,
        .enrolled_by = s->what == BY_TOKEN ? s->id : 0,
        .enroller_serial = s->what == BY_MEMBER ? s->id : -1,
    };
}

/* count, first, last of a statement that gives these three. */
static Status read_span(Query *q, Oddity *o) {
    bool found;
    TRY(query_row(q, &found));
    o->found = query_column_int(q, 0);
    o->first_at = query_column_int(q, 1);
    o->last_at = query_column_int(q, 2);
    return query_done(q);
}

static Status count_joins(Ctx *ctx, const Subject *s, int64_t first, int64_t last, Oddity *o) {
    static const QueryId ids[] = {Q_ODDITY_JOINS_OF_TOKEN, Q_ODDITY_JOINS_OF_MEMBER,
                                  Q_ODDITY_JOINS_OF_UNIT};
    Query *q = query_begin(ctx, ids[s->what]);
    query_int(q, "org", ctx->org->id);
    query_int(q, "id", s->id);
    query_int(q, "first", first);
    query_int(q, "last", last);
    query_int(q, "max", ODDITY_COUNT_MAX);
    return read_span(q, o);
}

/* What an earlier look saw of the same burst belongs to it. */
static Status join_earlier(Ctx *ctx, const Subject *s, Oddity *o) {
    Oddity was;
    bool before;
    TRY(oddity_newest(ctx, o->kind, o->subject, o->day, &was, &before));
    if (!before) return OK;
    int64_t first = was.first_at < o->first_at ? was.first_at : o->first_at;
    int64_t last = was.last_at > o->last_at ? was.last_at : o->last_at;
    return count_joins(ctx, s, first, last, o);
}

static Status look_for_burst(Ctx *ctx, const Subject *s, OddityLook *look) {
    OddityRule rule;
    Oddity o = oddity_of(ctx, s->what == IN_UNIT ? ODDITY_BURST_WEB : ODDITY_BURST, s);
    TRY(oddity_rule_read(ctx, o.kind, &rule));
    int64_t minute = s->at / MINUTE_S;
    TRY(count_joins(ctx, s, (minute - rule.minutes + 1) * MINUTE_S,
                    minute * MINUTE_S + MINUTE_S - 1, &o));
    if (o.found < rule.many) return OK;
    o.day = clock_day(s->at, ctx->org->zone_offset_s);
    TRY(join_earlier(ctx, s, &o));
    look->found[look->found_count++] = o;
    return OK;
}

static Status look_for_unconfirmed(Ctx *ctx, const Subject *s, OddityLook *look) {
    OddityRule rule;
    EnrollerFigures figures;
    Oddity o = oddity_of(ctx, ODDITY_UNCONFIRMED, s);
    TRY(oddity_rule_read(ctx, o.kind, &rule));
    int64_t day = clock_day(s->at, ctx->org->zone_offset_s);
    int64_t first = day - ODDITY_UNCONFIRMED_DAYS + 1;
    TRY(enroller_figures(ctx, o.subject, first, day, &figures));
    if (figures.unconfirmed < rule.many || figures.unconfirmed * 2 < figures.joins) return OK;
    o.found = figures.unconfirmed;
    o.out_of = figures.joins;
    o.first_at = first * CLOCK_DAY_S - ctx->org->zone_offset_s;
    o.last_at = s->at;
    look->found[look->found_count++] = o;
    return OK;
}

/* Is it the last of its enroller in the list? Once is enough where only sums count. */
static bool is_last(const Subject *list, int count, int at) {
    for (int i = at + 1; i < count; i++)
        if (list[i].what == list[at].what && list[i].id == list[at].id) return false;
    return true;
}

static Status unit_of_token(Ctx *ctx, int64_t token, int64_t *ret) {
    Query *q = query_begin(ctx, Q_API_TOKEN_UNIT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "token", token);
    Status status = query_run_int(q, ret);
    if (status == NOT_FOUND) *ret = ctx->org->root_unit_id;
    return status == NOT_FOUND ? OK : status;
}

/* Where the enroller is at home: what one did everywhere is for that unit to look at. */
static Status find_home(Ctx *ctx, Subject *s) {
    if (s->what == BY_TOKEN) return unit_of_token(ctx, s->id, &s->unit_id);
    if (s->what == IN_UNIT) return OK;
    Member member;
    TRY(member_by_serial(ctx, s->id, &member));
    s->unit_id = member.unit_id;
    return OK;
}

/* Where all its members are, and who enrolled them. */
static Status fold_members(Ctx *ctx, Oddity *o) {
    int64_t serials[ODDITY_MEMBERS_MAX];
    int count;
    TRY(oddity_members_serials(ctx, o, -1, ODDITY_MEMBERS_MAX, serials, &count));
    o->unit_id = count < ODDITY_MEMBERS_MAX ? 0 : ctx->org->root_unit_id;
    for (int i = 0; i < count; i++) {
        Member m;
        TRY(member_by_serial(ctx, serials[i], &m));
        o->several |= i && (m.enrolled_by != o->enrolled_by ||
                            m.enroller_serial != o->enroller_serial);
        o->enrolled_by = m.enrolled_by;
        o->enroller_serial = m.enroller_serial;
        if (!o->unit_id) o->unit_id = m.unit_id;
        TRY(oddity_common_unit(ctx, o->unit_id, m.unit_id, &o->unit_id));
    }
    if (!o->unit_id) o->unit_id = ctx->org->root_unit_id;
    return OK;
}

/* Those of the second in which a full page ends come with the next one. */
static int64_t seen_upto(const PaymentIn *list, int count, int64_t before) {
    if (count < ODDITY_LOOK_SEEN) return before;
    int64_t last = list[count - 1].at;
    return list[0].at < last ? last - 1 : last;
}

static Status look_for_seen(Ctx *ctx, OddityLook *look) {
    OddityRule rule;
    PaymentIn *list;
    int count;
    TRY(oddity_rule_read(ctx, ODDITY_SEEN, &rule));
    TRY(read_upto(ctx, T("seen"), &look->seen_after));
    int64_t before = ctx->now_s - rule.many * CLOCK_DAY_S;
    TRY(payment_in_list_seen(ctx, look->seen_after + 1, before, 0, ODDITY_LOOK_SEEN, &list,
                             &count));
    look->seen_upto = count ? seen_upto(list, count, before) : look->seen_after;
    look->more |= count == ODDITY_LOOK_SEEN;
    for (int i = 0; i < count; i++) {
        if (list[i].at > look->seen_upto) continue;
        Oddity *o = &look->found[look->found_count++];
        *o = (Oddity){.kind = ODDITY_SEEN, .found = rule.many, .enroller_serial = -1,
                      .subject = arena_printf(ctx->arena, "payment:%lld", (long long)list[i].id),
                      .first_at = list[i].at, .last_at = list[i].at};
        TRY(fold_members(ctx, o));
    }
    return OK;
}

Status oddity_look(Ctx *ctx, OddityLook *ret) {
    Join *joins = ARENA_ARRAY(ctx->arena, Join, ODDITY_LOOK_MEMBERS);
    int max = ODDITY_LOOK_MEMBERS * SUBJECTS_A_MEMBER, count;
    Subject *subjects = ARENA_ARRAY(ctx->arena, Subject, max);
    *ret = (OddityLook){.found = ARENA_ARRAY(ctx->arena, Oddity, max * 2 + ODDITY_LOOK_SEEN)};
    TRY(read_upto(ctx, T("member"), &ret->after));
    TRY(read_joins(ctx, ret->after, joins, &count));
    ret->upto = count ? joins[count - 1].serial : ret->after;
    ret->more = count == ODDITY_LOOK_MEMBERS;
    count = subjects_of(joins, count, subjects);
    for (int i = 0; i < count; i++) {
        Subject *s = &subjects[i];
        TRY(find_home(ctx, s));
        TRY(look_for_burst(ctx, s, ret));
        if (s->what != IN_UNIT && is_last(subjects, count, i))
            TRY(look_for_unconfirmed(ctx, s, ret));
    }
    return look_for_seen(ctx, ret);
}

bool oddity_look_is_new(const OddityLook *look) {
    return look->upto > look->after || look->seen_upto > look->seen_after;
}

static Status put_upto(Ctx *ctx, Text source, int64_t after, int64_t upto) {
    if (upto <= after) return OK;
    Query *q = query_begin(ctx, Q_ODDITY_LOOK_PUT);
    query_int(q, "org", ctx->org->id);
    query_text(q, "source", source);
    query_int(q, "upto", upto);
    return query_run(q);
}

Status oddity_look_keep(Ctx *ctx, const OddityLook *look) {
    for (int i = 0; i < look->found_count; i++) TRY(oddity_note(ctx, &look->found[i]));
    TRY(put_upto(ctx, T("member"), look->after, look->upto));
    return put_upto(ctx, T("seen"), look->seen_after, look->seen_upto);
}

static Text hashed_subject(Ctx *ctx, const char *word, Text hash) {
    char *hex = arena_alloc(ctx->arena, hash.len * 2);
    text_hex((const uint8_t *)hash.ptr, hash.len, hex);
    return arena_printf(ctx->arena, "%s:%.*s", word, (int)hash.len * 2, hex);
}

Status oddity_look_phone(Ctx *ctx, Text phone_hash, int64_t members) {
    OddityRule rule;
    TRY(oddity_rule_read(ctx, ODDITY_PHONE, &rule));
    if (members < rule.many) return OK;
    Oddity o = {.kind = ODDITY_PHONE, .subject = hashed_subject(ctx, "phone", phone_hash),
                .found = members, .first_at = ctx->now_s, .last_at = ctx->now_s};
    TRY(fold_members(ctx, &o));
    return oddity_note(ctx, &o);
}

Status oddity_look_guardian(Ctx *ctx, Text phone_hash) {
    OddityRule rule;
    Oddity o = {.kind = ODDITY_GUARDIAN, .subject = hashed_subject(ctx, "phone", phone_hash),
                .first_at = ctx->now_s, .last_at = ctx->now_s};
    TRY(oddity_rule_read(ctx, ODDITY_GUARDIAN, &rule));
    Query *q = query_begin(ctx, Q_ODDITY_WARDS_OF_PHONE);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "phone_hash", phone_hash);
    query_int(q, "max", ODDITY_COUNT_MAX);
    TRY(query_run_int(q, &o.found));
    if (o.found < rule.many) return OK;
    TRY(fold_members(ctx, &o));
    return oddity_note(ctx, &o);
}

static Status count_denials(Ctx *ctx, const Subject *s) {
    static const QueryId ids[] = {Q_ODDITY_DENIALS_OF_TOKEN, Q_ODDITY_DENIALS_OF_MEMBER,
                                  Q_ODDITY_DENIALS_OF_UNIT};
    OddityRule rule;
    Oddity o = oddity_of(ctx, s->what == IN_UNIT ? ODDITY_DENIAL_UNIT : ODDITY_DENIAL, s);
    TRY(oddity_rule_read(ctx, o.kind, &rule));
    Query *q = query_begin(ctx, ids[s->what]);
    query_int(q, "org", ctx->org->id);
    query_int(q, "id", s->id);
    TRY(read_span(q, &o));
    return o.found < rule.many ? OK : oddity_note(ctx, &o);
}

Status oddity_look_denial(Ctx *ctx, const Member *m) {
    Subject subjects[] = {{BY_TOKEN, m->enrolled_by, ctx->now_s, m->unit_id},
                          {BY_MEMBER, m->enroller_serial, ctx->now_s, m->unit_id},
                          {IN_UNIT, m->unit_id, ctx->now_s, m->unit_id}};
    for (int i = 0; i < 3; i++) {
        if (i == BY_TOKEN ? !subjects[i].id : subjects[i].id < 0) continue;
        TRY(find_home(ctx, &subjects[i]));
        TRY(count_denials(ctx, &subjects[i]));
    }
    return OK;
}

Status oddity_look_claim(Ctx *ctx, Text utr) {
    OddityRule rule;
    if (!utr.len) return OK;
    Oddity o = {.kind = ODDITY_UTR, .subject = arena_printf(ctx->arena, "utr:%.*s", TEXT_ARG(utr))};
    TRY(oddity_rule_read(ctx, ODDITY_UTR, &rule));
    Query *q = query_begin(ctx, Q_ODDITY_CLAIMS_OF_UTR);
    query_int(q, "org", ctx->org->id);
    query_text(q, "utr", utr);
    TRY(read_span(q, &o));
    if (o.found < rule.many) return OK;
    TRY(fold_members(ctx, &o));
    return oddity_note(ctx, &o);
}

Status oddity_look_payment(Ctx *ctx, int64_t payment_id) {
    OddityRule rule;
    Text hash;
    TRY(payer_hash_of(ctx, payment_id, &hash));
    if (!hash.len) return OK;
    Oddity o = {.kind = ODDITY_PAYER, .subject = hashed_subject(ctx, "payer", hash)};
    TRY(oddity_rule_read(ctx, ODDITY_PAYER, &rule));
    Query *q = query_begin(ctx, Q_ODDITY_ORDERS_OF_PAYER);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "payer_hash", hash);
    query_int(q, "max", ODDITY_COUNT_MAX);
    TRY(read_span(q, &o));
    if (o.found < rule.many) return OK;
    TRY(fold_members(ctx, &o));
    return oddity_note(ctx, &o);
}
