/* kind list, add, change, close, reopen; expire. */
#include "base/clock.h"
#include "cli/register.h"
#include "domain/member_term.h"

typedef struct Listing {
    MembershipKind kinds[MEMBERSHIP_KINDS_MAX];
    int count;
} Listing;

static Status list_apply(Ctx *ctx, void *argument) {
    Listing *l = argument;
    return membership_kind_list(ctx, false, l->kinds, &l->count);
}

static void print_kind(const MembershipKind *k) {
    command_print("%-20.*s %8lld.%02lld  ", TEXT_ARG(k->kind), (long long)k->fee_paise / 100,
                  (long long)k->fee_paise % 100);
    if (k->term_days)
        command_print("%lld days (renew %lld before, grace %lld)", (long long)k->term_days,
                      (long long)k->renew_days, (long long)k->grace_days);
    else
        command_print("for life");
    if (k->minimum_age) command_print(", from %lld years", (long long)k->minimum_age);
    command_print("%s\n%21s%.*s / %.*s\n", k->closed_at ? ", closed" : "", "",
                  TEXT_ARG(k->name_en), TEXT_ARG(k->name_hi));
    if (k->rights.len) command_print("%21s%.*s\n", "", TEXT_ARG(k->rights));
    if (k->rights_hi.len) command_print("%21s%.*s\n", "", TEXT_ARG(k->rights_hi));
}

static Status run_list(Cli *cli) {
    Listing *l = ARENA_NEW(cli->ctx.arena, Listing);
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_read(cli->store, &cli->ctx, list_apply, l));
    for (int i = 0; i < l->count; i++) print_kind(&l->kinds[i]);
    return OK;
}

/* What was not given stays as it is. */
static Status read_options(Cli *cli, MembershipKind *k) {
    if (command_has(cli, "name")) k->name_en = command_option(cli, "name");
    if (command_has(cli, "name-hi")) k->name_hi = command_option(cli, "name-hi");
    if (command_has(cli, "rights")) k->rights = command_option(cli, "rights");
    if (command_has(cli, "rights-hi")) k->rights_hi = command_option(cli, "rights-hi");
    if (command_has(cli, "fee") && !text_to_paise(command_option(cli, "fee"), &k->fee_paise))
        return command_misuse(cli, "fee", "fee_form");
    int64_t most = MEMBERSHIP_KIND_DAYS_MAX;
    TRY(command_int(cli, "days", k->term_days, 0, most, &k->term_days));
    TRY(command_int(cli, "renew", k->renew_days, 0, most, &k->renew_days));
    TRY(command_int(cli, "grace", k->grace_days, 0, most, &k->grace_days));
    return command_int(cli, "age", k->minimum_age, 0, 120, &k->minimum_age);
}

static Status add_apply(Ctx *ctx, void *kind) { return membership_kind_add(ctx, kind); }
static Status change_apply(Ctx *ctx, void *kind) { return membership_kind_change(ctx, kind); }
static Status close_apply(Ctx *ctx, void *kind) {
    return membership_kind_close(ctx, ((const MembershipKind *)kind)->kind);
}
static Status read_apply(Ctx *ctx, void *kind) {
    return membership_kind_read(ctx, ((const MembershipKind *)kind)->kind, kind);
}

static Status run_add(Cli *cli) {
    MembershipKind kind = {.kind = cli->arguments[0],
                           .renew_days = MEMBERSHIP_KIND_RENEW_DAYS,
                           .rights = T("")};
    TRY(read_options(cli, &kind));
    if (!kind.name_hi.len) kind.name_hi = kind.name_en;
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, add_apply, &kind));
    print_kind(&kind);
    return OK;
}

static Status run_change(Cli *cli) {
    MembershipKind kind = {.kind = cli->arguments[0]};
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_read(cli->store, &cli->ctx, read_apply, &kind));
    TRY(read_options(cli, &kind));
    TRY(lane_write(cli->store, &cli->ctx, change_apply, &kind));
    print_kind(&kind);
    return OK;
}

static Status run_close(Cli *cli) {
    MembershipKind kind = {.kind = cli->arguments[0]};
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, close_apply, &kind));
    command_print("Nobody joins as %.*s any more; who is, stays.\n", TEXT_ARG(kind.kind));
    return OK;
}

static Status reopen_apply(Ctx *ctx, void *kind) {
    return membership_kind_reopen(ctx, ((const MembershipKind *)kind)->kind);
}

static Status run_reopen(Cli *cli) {
    MembershipKind kind = {.kind = cli->arguments[0]};
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, reopen_apply, &kind));
    command_print("People can join as %.*s again.\n", TEXT_ARG(kind.kind));
    return OK;
}

static Status run_expire(Cli *cli) {
    int64_t total;
    TRY(register_open(cli, STORE_COMMAND));
    TRY(register_do_due(cli, &member_term_over, &total));
    command_print("%lld membership%s expired.\n", (long long)total, total == 1 ? "" : "s");
    return OK;
}

#define KIND_OPTIONS(name_needed)                                                                  \
    {"name", "NAME", name_needed, "what it is called, in English"},                                \
    {"name-hi", "NAME", false, "and in Hindi"},                                                    \
    {"fee", "11.00", false, "in rupees; none when left out"},                                      \
    {"days", "N", false, "its term; 0: for life"},                                                 \
    {"renew", "N", false, "so many days before its end it may be renewed; 30"},                    \
    {"grace", "N", false, "so many days after its end the member still counts; 0"},                \
    {"age", "YEARS", false, "youngest age to join"},                                               \
    {"rights", "WORDS", false, "what it entitles to, shown where one joins and on the card page"}, \
    {"rights-hi", "WORDS", false, "and in Hindi"},                                                 \
    {NULL, NULL, false, NULL}

static const Option add_options[] = {KIND_OPTIONS(true)};
static const Option change_options[] = {KIND_OPTIONS(false)};

const Command kind_commands[] = {
    {"kind list", "", 0, NULL, run_list, "the kinds of membership", NULL, false},
    {"kind add", "CODE", 1, add_options, run_add, "another kind of membership", NULL, false},
    {"kind change", "CODE", 1, change_options, run_change, "change what is given, keep the rest",
     "The new fee and term are for people who join or renew from now on.", false},
    {"kind close", "CODE", 1, NULL, run_close, "close it to new members", NULL, false},
    {"kind reopen", "CODE", 1, NULL, run_reopen, "open it to new members again", NULL, false},
    {"expire", "", 0, NULL, run_expire, "stop counting members whose term and grace days are over",
     "The server does the same by itself, every hour.", false},
    {.words = NULL},
};
