/* By day only, the nearest end first. */
#include "jobs/remind_renewals.h"

#include "base/log.h"
#include "domain/member_reminder.h"
#include "jobs/due_rows.h"

static bool is_daytime(const Ctx *ctx) {
    int64_t hour = (ctx->now_s + ctx->org->zone_offset_s) / 3600 % 24;
    return hour >= REMIND_RENEWALS_FROM_HOUR && hour < REMIND_RENEWALS_TO_HOUR;
}

Status remind_renewals(JobRun *job) {
    int64_t queued = 0;
    DueReport report = {0};
    if (!is_daytime(&job->ctx)) return OK;
    for (int i = 0; i < MEMBER_REMINDER_STEPS && !report.all_over; i++) {
        TRY(due_rows_do(job->store, &job->ctx, job->stopping, &member_reminder_due[i], &report));
        queued += report.done;
    }
    if (queued) log_info("renewals-reminded", "%lld", (long long)queued);
    return OK;
}
