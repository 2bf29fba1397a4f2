/* demo: people who do not exist, in bulk, by the same rules as real ones. */
#include "cli/progress.h"
#include "cli/register.h"
#include "domain/demo_load.h"
#include "render/messages.h"

enum { DEMO_MEMBERS_DEFAULT = 20000, DEMO_SEED_DEFAULT = 1 };

static Status run(Cli *cli) {
    Ctx *ctx = &cli->ctx;
    int64_t members, seed;
    TRY(command_int(cli, "members", DEMO_MEMBERS_DEFAULT, 1, DEMO_MEMBERS_MAX, &members));
    TRY(command_int(cli, "seed", DEMO_SEED_DEFAULT, 0, INT64_MAX, &seed));
    TRY(register_open(cli, STORE_COMMAND));
    DemoLoad *load = ARENA_NEW(ctx->arena, DemoLoad);
    TRY(demo_load_begin(ctx, (uint64_t)seed, members, load));
    Progress progress = progress_begin(ctx, "progress_members");
    progress_catch_signals();
    while (load->done < load->total) {
        TRY(demo_load_prepare(ctx, load));
        TRY(lane_write(cli->store, ctx, demo_load_apply, load));
        demo_load_committed(load);
        progress_update(&progress, load->done, load->total);
        if (progress_stop_wanted() && load->done < load->total)
            return fail(ctx, BUSY, NULL, "stopped_demo_again");
    }
    progress_end(&progress, load->total);
    ErrorArg counts[] = {{"members", message_number(ctx->arena, load->total)},
                         {"present", message_number(ctx->arena, load->present)}};
    command_say(cli, "demo_done", counts, 2);
    return OK;
}

static const Option options[] = {
    {"members", "N", false, "how many; 20000 when left out"},
    {"seed", "S", false, "the same seed makes the same people; 1 when left out"},
    {NULL, NULL, false, NULL},
};

const Command demo_commands[] = {
    {"demo", "", 0, options, run, "invented members in bulk, in a register made with --demo", NULL,
     false},
    {.words = NULL},
};
