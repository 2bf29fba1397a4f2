/* limits: what is allowed to all, and for a time to one enroller; enroller list: what they do. */
#include "base/clock.h"
#include "base/limits.h"
#include "cli/register.h"
#include "domain/enroller.h"
#include "render/messages.h"

typedef struct Limits {
    Allowance all;
    Text who; /* as typed: a token's id or a membership number */
    EnrollerRow row;
} Limits;

static Status read_apply(Ctx *ctx, void *argument) {
    return allowance_read(ctx, &((Limits *)argument)->all);
}

static Status set_apply(Ctx *ctx, void *argument) {
    return allowance_set(ctx, &((Limits *)argument)->all);
}

static Status look_apply(Ctx *ctx, void *argument) {
    Limits *l = argument;
    return enroller_find(ctx, l->who, &l->row);
}

static Status grant_apply(Ctx *ctx, void *argument) {
    Limits *l = argument;
    const AllowanceGrant *may = &l->row.may;
    return enroller_allow(ctx, l->who, may->joins_day, may->cash_paise, may->until, &l->row);
}

/* Whole rupees: more may lie in a hand than any one fee is. */
static Status read_rupees(Cli *cli, const char *option, int64_t *paise) {
    int64_t rupees;
    TRY(command_int(cli, option, *paise / 100, 0, ALLOWANCE_CASH_PAISE_MAX / 100, &rupees));
    if (command_has(cli, option)) *paise = rupees * 100;
    return OK;
}

static void print_grant(Cli *cli, const Limits *l) {
    Text cash = message_rupees(cli->ctx.arena, l->row.may.cash_paise);
    char until[11] = "";
    if (l->row.may.until) clock_iso_day(clock_day(l->row.may.until, cli->org.zone_offset_s), until);
    command_print("%.*s  %lld of %lld enrolments today, cash in hand up to %.*s%s%s\n",
                  TEXT_ARG(l->row.may.enroller), (long long)l->row.today.joins,
                  (long long)l->row.may.joins_day, TEXT_ARG(cash), *until ? ", until " : "", until);
}

static Status run_enroller(Cli *cli, Limits *l) {
    l->who = command_option(cli, "enroller");
    TRY(lane_read(cli->store, &cli->ctx, look_apply, l));
    if (command_has(cli, "cap") || command_has(cli, "cash") || command_has(cli, "until")) {
        int64_t day;
        TRY(command_int(cli, "cap", l->row.may.joins_day, 1, ALLOWANCE_MAX, &l->row.may.joins_day));
        TRY(read_rupees(cli, "cash", &l->row.may.cash_paise));
        if (!clock_parse_day(command_option(cli, "until"), &day))
            return command_misuse(cli, "until", "allowance_until");
        l->row.may.until = (day + 1) * CLOCK_DAY_S - cli->org.zone_offset_s - 1;
        TRY(lane_write(cli->store, &cli->ctx, grant_apply, l));
    }
    print_grant(cli, l);
    return OK;
}

enum { PAGE_MAX = 100 };

typedef struct Listing {
    EnrollerRow page[PAGE_MAX];
    int64_t before;
    int count;
} Listing;

static Status list_apply(Ctx *ctx, void *argument) {
    Listing *l = argument;
    return enroller_list(ctx, l->before, l->page, PAGE_MAX, &l->count);
}

static Status run_enrollers(Cli *cli) {
    Listing *l = ARENA_NEW(cli->ctx.arena, Listing);
    int64_t total = 0;
    TRY(register_open(cli, STORE_COMMAND));
    command_print("token  unit        today  allowed  30 days  unconfirmed  denials  %11s\n",
                  "cash");
    do {
        TRY(lane_read(cli->store, &cli->ctx, list_apply, l));
        for (int i = 0; i < l->count; i++) {
            const EnrollerRow *e = &l->page[i];
            command_print("%5lld  %-10.*s  %5lld  %7lld  %7lld  %11lld  %7lld  %11.*s  %.*s%s\n",
                          (long long)e->token_id, TEXT_ARG(e->unit_code),
                          (long long)e->today.joins, (long long)e->may.joins_day,
                          (long long)e->month.joins, (long long)e->month.unconfirmed,
                          (long long)e->denials,
                          TEXT_ARG(message_rupees(cli->ctx.arena, e->cash_paise)),
                          TEXT_ARG(e->label), e->good ? "" : " (over)");
        }
        total += l->count;
        if (l->count) l->before = l->page[l->count - 1].token_id;
    } while (l->count == PAGE_MAX);
    command_print("%lld enroller%s\n", (long long)total, total == 1 ? "" : "s");
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
    {"cash-cap", "RUPEES", false, "cash that one collector can hold before handing it in"},
    {"enroller", "ID", false,
     "only for this enroller: an access key's number, or a membership number"},
    {"cap", "N", false, "with --enroller: enrolments a day"},
    {"cash", "RUPEES", false, "with --enroller: cash in hand"},
    {"until", "DATE", false, "with --enroller: the last day of these limits"},
    {NULL, NULL, false, NULL},
};

const Command allowance_commands[] = {
    {"limits", "", 0, limit_options, run_limits, "show or set what is allowed in a day, on a phone",
     "What you set holds at once, on a running server too.", false},
    {"enroller list", "", 0, NULL, run_enrollers,
     "who enrols: joins, phones not confirmed, “I did not join”, cash in hand", NULL, false},
    {.words = NULL},
};
