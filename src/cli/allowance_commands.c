/* limits: what is allowed to all, and for a time to one enroller. */
#include "base/clock.h"
#include "base/limits.h"
#include "cli/register.h"
#include "domain/enroller.h"
#include "domain/member.h"
#include "domain/token.h"
#include "render/messages.h"

typedef struct Limits {
    Allowance all;
    Text who; /* as typed: a token's id or a membership number */
    AllowanceGrant grant;
    EnrollerFigures today;
} Limits;

static Status read_apply(Ctx *ctx, void *argument) {
    return allowance_read(ctx, &((Limits *)argument)->all);
}

static Status set_apply(Ctx *ctx, void *argument) {
    return allowance_set(ctx, &((Limits *)argument)->all);
}

static Status name_enroller(Ctx *ctx, Text who, Text *ret) {
    int64_t id;
    Member member;
    if (text_to_int(who, &id)) {
        TRY(token_known(ctx, id));
        *ret = enroller_token(ctx, id);
        return OK;
    }
    TRY(member_by_number(ctx, who, &member));
    *ret = enroller_member(ctx, member.serial);
    return OK;
}

static Status look_apply(Ctx *ctx, void *argument) {
    Limits *l = argument;
    Text enroller;
    int64_t day = clock_day(ctx->now_s, ctx->org->zone_offset_s);
    TRY(name_enroller(ctx, l->who, &enroller));
    TRY(enroller_figures(ctx, enroller, day, day, &l->today));
    return allowance_of(ctx, enroller, &l->grant);
}

static Status grant_apply(Ctx *ctx, void *argument) {
    Limits *l = argument;
    TRY(name_enroller(ctx, l->who, &l->grant.enroller));
    return allowance_grant(ctx, &l->grant);
}

/* Whole rupees: more may lie in a hand than any one fee is. */
static Status read_rupees(Cli *cli, const char *option, int64_t *paise) {
    int64_t rupees;
    TRY(command_int(cli, option, *paise / 100, 0, ALLOWANCE_CASH_PAISE_MAX / 100, &rupees));
    if (command_has(cli, option)) *paise = rupees * 100;
    return OK;
}

static void print_grant(Cli *cli, const Limits *l) {
    Text cash = message_rupees(cli->ctx.arena, l->grant.cash_paise);
    char until[11] = "";
    if (l->grant.until) clock_iso_day(clock_day(l->grant.until, cli->org.zone_offset_s), until);
    command_print("%.*s  %lld of %lld enrolments today, cash in hand up to %.*s%s%s\n",
                  TEXT_ARG(l->grant.enroller), (long long)l->today.joins,
                  (long long)l->grant.joins_day, TEXT_ARG(cash), *until ? ", until " : "", until);
}

static Status run_enroller(Cli *cli, Limits *l) {
    l->who = command_option(cli, "enroller");
    TRY(lane_read(cli->store, &cli->ctx, look_apply, l));
    if (command_has(cli, "cap") || command_has(cli, "cash") || command_has(cli, "until")) {
        int64_t day;
        TRY(command_int(cli, "cap", l->grant.joins_day, 1, ALLOWANCE_MAX, &l->grant.joins_day));
        TRY(read_rupees(cli, "cash", &l->grant.cash_paise));
        if (!clock_parse_day(command_option(cli, "until"), &day))
            return fail(&cli->ctx, INVALID, "until", "allowance_until");
        l->grant.until = (day + 1) * CLOCK_DAY_S - cli->org.zone_offset_s - 1;
        TRY(lane_write(cli->store, &cli->ctx, grant_apply, l));
    }
    print_grant(cli, l);
    return OK;
}

static Status run_limits(Cli *cli) {
    Limits l = {0};
    TRY(register_open(cli, STORE_COMMAND));
    if (command_has(cli, "enroller")) return run_enroller(cli, &l);
    TRY(lane_read(cli->store, &cli->ctx, read_apply, &l));
    Allowance was = l.all, *all = &l.all;
    TRY(command_int(cli, "code-cap", all->codes_day, 1, ALLOWANCE_MAX, &all->codes_day));
    TRY(command_int(cli, "phone-members", all->phone_members, 1, LIMIT_PHONE_MEMBERS,
                    &all->phone_members));
    TRY(command_int(cli, "enroller-cap", all->joins_day, 1, ALLOWANCE_MAX, &all->joins_day));
    TRY(read_rupees(cli, "cash-cap", &all->cash_paise));
    if (memcmp(&was, all, sizeof was)) TRY(lane_write(cli->store, &cli->ctx, set_apply, &l));
    command_print("codes a day                  %lld\nmembers on one phone         %lld\n"
                  "enrolments a day, one person %lld\ncash in one person's hands   %.*s\n",
                  (long long)all->codes_day, (long long)all->phone_members,
                  (long long)all->joins_day,
                  TEXT_ARG(message_rupees(cli->ctx.arena, all->cash_paise)));
    return OK;
}

static const Option limit_options[] = {
    {"code-cap", "N", false, "one-time codes a day, to all phones together"},
    {"phone-members", "N", false, "members on one household phone, at most 6"},
    {"enroller-cap", "N", false, "enrolments a day by one enroller"},
    {"cash-cap", "RUPEES", false, "cash in one collector's hands before it is handed in"},
    {"enroller", "ID", false, "only for this enroller: a token's id, or a membership number"},
    {"cap", "N", false, "with --enroller: enrolments a day"},
    {"cash", "RUPEES", false, "with --enroller: cash in hand"},
    {"until", "DATE", false, "with --enroller: the last day on which that holds"},
    {NULL, NULL, false, NULL},
};

const Command allowance_commands[] = {
    {"limits", "", 0, limit_options, run_limits, "show or set what is allowed in a day, on a phone",
     "What is set holds at once, on a running server too.", false},
    {.words = NULL},
};
