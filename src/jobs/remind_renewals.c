/* In small pieces, so that nobody waits behind thousands of reminders. */
#include "jobs/remind_renewals.h"

#include "base/log.h"
#include "domain/member_reminder.h"

typedef struct Piece {
    MemberReminderRun from, next;
} Piece;

static Status remind_apply(Ctx *ctx, void *argument) {
    Piece *p = argument;
    p->next = p->from;
    return member_reminder_run(ctx, &p->next);
}

static bool is_daytime(const Ctx *ctx) {
    int64_t hour = (ctx->now_s + ctx->org->zone_offset_s) / 3600 % 24;
    return hour >= REMIND_RENEWALS_FROM_HOUR && hour < REMIND_RENEWALS_TO_HOUR;
}

Status remind_renewals(JobRun *job) {
    Piece piece = {0};
    while (is_daytime(&job->ctx) && !piece.from.over && !atomic_load(job->stopping)) {
        TRY(lane_write(job->store, &job->ctx, remind_apply, &piece));
        piece.from = piece.next;
        arena_clear(job->ctx.arena);
    }
    if (piece.from.queued) log_info("renewals-reminded", "%d", piece.from.queued);
    return OK;
}
