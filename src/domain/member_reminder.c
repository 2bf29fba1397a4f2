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

/* Those whose window is open and who got neither this one nor a nearer one for this end. */
static Status list_due(Ctx *ctx, const Due *due, DueList *list) {
    const Step *step = &steps[due->step];
    int64_t from = ctx->now_s + step->from * CLOCK_DAY_S;
    int64_t to = ctx->now_s + step->to * CLOCK_DAY_S;
    Query *q = query_begin(ctx, Q_MEMBER_REMINDER_DUE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "now", ctx->now_s);
    query_int(q, "from", list->after.at > from ? list->after.at : from);
    query_int(q, "to", list->to < to ? list->to : to);
    query_int(q, "after", list->after.at > from ? list->after.serial : -1);
    query_int(q, "step", step->days);
    query_int(q, "max", list->max);
    return due_read_rows(q, list);
}

static Status remember(Ctx *ctx, const DueRow *due, int64_t days) {
    Query *q = query_begin(ctx, Q_MEMBER_REMINDER_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", due->serial);
    query_int(q, "ends_at", due->at);
    query_int(q, "step", days);
    query_int(q, "at", ctx->now_s);
    return query_run(q);
}

/* Who has no phone counts as reminded. */
static Status remind(Ctx *ctx, const Due *due, const DueRow *row, Member *member, DueEnd *ret) {
    const Step *step = &steps[due->step];
    OutboxAdded added = OUTBOX_ADDED;
    Text phone;
    int year, month, day;
    TRY(member_phone(ctx, member, &phone));
    clock_civil(clock_day(row->at, ctx->org->zone_offset_s), &year, &month, &day);
    OutboxBlank blank = {"day", arena_printf(ctx->arena, "%02d-%02d-%04d", day, month, year)};
    OutboxDraft draft = {.purpose = step->purpose, .phone = phone, .lang = member->lang,
                         .life_s = LIFE_S, .blanks = &blank, .blank_count = 1};
    if (phone.len) TRY(outbox_add_if_possible(ctx, &draft, &added));
    if (added == OUTBOX_NO_WORDS) *ret = DUE_LIST_OVER;
    if (added == OUTBOX_NOT_NOW) *ret = DUE_ALL_OVER;
    return added == OUTBOX_ADDED ? remember(ctx, row, step->days) : OK;
}

#define STEP(n)                                                                                    \
    {                                                                                              \
        .name = "remind", .step = (n), .list = list_due, .room = outbox_reminders_left,            \
        .act = remind                                                                              \
    }
const Due member_reminder_due[MEMBER_REMINDER_STEPS] = {STEP(0), STEP(1), STEP(2), STEP(3)};
