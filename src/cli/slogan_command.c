/* slogan: what the organisation says of itself. */
#include "cli/register.h"
#include "domain/organisation_slogan.h"

static Status read_apply(Ctx *ctx, void *slogan) { return organisation_slogan_read(ctx, slogan); }
static Status set_apply(Ctx *ctx, void *slogan) { return organisation_slogan_set(ctx, slogan); }

/* What was not given stays as it is. */
static Status run(Cli *cli) {
    OrganisationSlogan slogan;
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_read(cli->store, &cli->ctx, read_apply, &slogan));
    if (command_has(cli, "en")) slogan.en = text_trim(command_option(cli, "en"));
    if (command_has(cli, "hi")) slogan.hi = text_trim(command_option(cli, "hi"));
    if (command_has(cli, "en") || command_has(cli, "hi"))
        TRY(lane_write(cli->store, &cli->ctx, set_apply, &slogan));
    command_print("en  %.*s\nhi  %.*s\n", TEXT_ARG(slogan.en), TEXT_ARG(slogan.hi));
    return OK;
}

static const Option options[] = {
    {"en", "TEXT", false, "in English; empty takes it away"},
    {"hi", "TEXT", false, "in Hindi"},
    {NULL, NULL, false, NULL},
};

const Command slogan_commands[] = {
    {"slogan", "", 0, options, run, "show or set the organisation's slogan",
     "It stands on the first page and on the back of cards drawn from then on.", false},
    {.words = NULL},
};
