/* Who is reminded, and that it was done. */
#include "domain/member_reminder.h"

#include "base/clock.h"
#include "domain/member.h"
#include "domain/membership_kind.h"
#include "domain/outbox.h"
#include "store/query.h"

enum { LIFE_S = 2 * 86400 };

/* The nearest first: who comes late to all of them gets one. from and to: the end lies so many days
 * ahead; the last is for ends that are over. */
typedef struct Step {
    int64_t days, from, to;
    const char *purpose;
} Step;
static const Step steps[MEMBER_REMINDER_STEPS] = {
    {0, -MEMBERSHIP_KIND_DAYS_MAX, 0, "overdue"},
    {1, 0, 1, "reminder"},
    {7, 1, 7, "reminder"},
    {30, 7, 30, "reminder"},
};

typedef struct Due {
    int64_t serial, ends_at;
} Due;

/* Those whose window is open and who got neither this one nor a nearer one for this end. */
static Status read_due(Ctx *ctx, const MemberReminderRun *run, Due *ret, int *ret_count) {
    const Step *step = &steps[run->step];
    int64_t from = ctx->now_s + step->from * CLOCK_DAY_S;
    Query *q = query_begin(ctx, Q_MEMBER_REMINDER_DUE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "now", ctx->now_s);
    query_int(q, "from", run->ends_at > from ? run->ends_at : from);
    query_int(q, "to", ctx->now_s + step->to * CLOCK_DAY_S);
    query_int(q, "after", run->ends_at > from ? run->serial : -1);
    query_int(q, "step", step->days);
    query_int(q, "max", MEMBER_REMINDER_CHUNK);
    *ret_count = 0;
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) return query_done(q);
        ret[(*ret_count)++] = (Due){query_column_int(q, 0), query_column_int(q, 1)};
    }
}

static Status remember(Ctx *ctx, const Due *due, int64_t days) {
    Query *q = query_begin(ctx, Q_MEMBER_REMINDER_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", due->serial);
    query_int(q, "ends_at", due->ends_at);
    query_int(q, "step", days);
    query_int(q, "at", ctx->now_s);
    return query_run(q);
}

/* Who has no phone counts as reminded. */
static Status remind(Ctx *ctx, const Due *due, const Step *step, OutboxAdded *ret) {
    Member member;
    Text phone, day;
    TRY(member_by_serial(ctx, due->serial, &member));
    TRY(member_phone(ctx, &member, &phone));
    int year, month, of_month;
    clock_civil(clock_day(due->ends_at, ctx->org->zone_offset_s), &year, &month, &of_month);
    day = arena_printf(ctx->arena, "%02d-%02d-%04d", of_month, month, year);
    OutboxBlank blank = {"day", day};
    OutboxDraft draft = {.purpose = step->purpose, .phone = phone, .lang = member.lang,
                         .life_s = LIFE_S, .blanks = &blank, .blank_count = 1};
    *ret = OUTBOX_ADDED;
    if (phone.len) TRY(outbox_add_if_possible(ctx, &draft, ret));
    return *ret == OUTBOX_ADDED ? remember(ctx, due, step->days) : OK;
}

static void next_step(MemberReminderRun *run) {
    run->step++;
    run->ends_at = run->serial = 0;
    run->over = run->step == MEMBER_REMINDER_STEPS;
}

Status member_reminder_run(Ctx *ctx, MemberReminderRun *run) {
    Due due[MEMBER_REMINDER_CHUNK];
    int count;
    int64_t room;
    TRY(outbox_reminders_left(ctx, &room));
    TRY(read_due(ctx, run, due, &count));
    for (int i = 0; i < count; i++, room--) {
        OutboxAdded added = OUTBOX_NOT_NOW;
        if (room > 0) TRY(remind(ctx, &due[i], &steps[run->step], &added));
        if (added == OUTBOX_NO_WORDS) {
            next_step(run);
            return OK;
        }
        if (added == OUTBOX_NOT_NOW) {
            run->over = true;
            return OK;
        }
        run->queued++;
        run->ends_at = due[i].ends_at;
        run->serial = due[i].serial;
    }
    if (count < MEMBER_REMINDER_CHUNK) next_step(run);
    return OK;
}
