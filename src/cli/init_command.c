/* init: a new register with keys and the tree of units. */
#include "cli/init_folder.h"
#include "cli/progress.h"
#include "cli/register.h"
#include "domain/geography.h"
#include "store/keyfile.h"

static Status create_apply(Ctx *ctx, void *argument) { return organisation_create(ctx, argument); }
static Status load_apply(Ctx *ctx, void *argument) { return organisation_load(ctx, argument); }

static Status mark_apply(Ctx *ctx, void *org) { return organisation_mark_keys(ctx, org); }

static Status read_draft(Cli *cli, OrganisationDraft *draft) {
    *draft = (OrganisationDraft){
        .code = command_option(cli, "code"),
        .name_en = command_option(cli, "name"),
        .name_hi = command_option(cli, "name-hi"),
        .preset = command_option(cli, "preset"),
        .base_url = command_option(cli, "base-url"),
        .registration_no = command_option(cli, "registration"),
        .address = command_option(cli, "address"),
        .helpline = command_option(cli, "helpline"),
        .accent = command_option(cli, "accent"),
        .demo = command_has(cli, "demo"),
    };
    if (command_has(cli, "fee") && !text_to_paise(command_option(cli, "fee"), &draft->fee_paise))
        return command_misuse(cli, "fee", "fee_form");
    return organisation_check_draft(&cli->ctx, draft);
}

static Status write_keys(Cli *cli, const char *dir, Text code) {
    char text[KEYFILE_MAX_BYTES], name[16];
    keyring_generate(&cli->org.keys);
    size_t len = keyring_write(&cli->org.keys, text, sizeof text);
    register_key_file(code, name);
    Status status = keyfile_write(&cli->ctx, dir, name, (Text){text, len}, false);
    secret_wipe(text, sizeof text);
    return status;
}

static Status load_geography(Cli *cli) {
    GeographyLoad load;
    geography_begin(&cli->ctx, cli->org.preset, &load);
    Progress progress = progress_begin(&cli->ctx, "progress_places");
    while (load.done < load.total) {
        TRY(lane_write(cli->store, &cli->ctx, geography_chunk_apply, &load));
        geography_chunk_committed(&load);
        progress_update(&progress, load.done, load.total);
    }
    progress_end(&progress, load.total);
    return OK;
}

static Status fill(Cli *cli, const char *dir, OrganisationDraft *draft) {
    TRY(write_keys(cli, dir, draft->code));
    TRY(lane_write(cli->store, &cli->ctx, create_apply, draft));
    TRY(lane_read(cli->store, &cli->ctx, load_apply, &cli->org));
    TRY(lane_write(cli->store, &cli->ctx, mark_apply, &cli->org));
    cli->ctx.org = &cli->org;
    return load_geography(cli);
}

static Status build(Cli *cli, const char *dir, OrganisationDraft *draft) {
    StoreOptions options = {.data_dir = dir, .mode = STORE_CREATE};
    TRY(store_open(&cli->ctx, &options, &cli->store));
    Status status = fill(cli, dir, draft);
    store_close(cli->store);
    cli->store = NULL;
    keyring_wipe(&cli->org.keys);
    return status;
}

static Status run(Cli *cli) {
    OrganisationDraft draft;
    InitFolder folder;
    char key_name[16];
    TRY(read_draft(cli, &draft));
    register_key_file(draft.code, key_name);
    Status status = init_folder_begin(&cli->ctx, cli->data_dir, key_name, &folder);
    if (status == OK) status = build(cli, folder.build_dir, &draft);
    if (status == OK) status = init_folder_settle(&cli->ctx, &folder);
    init_folder_end(&cli->ctx, &folder);
    TRY(status);
    const char *dir = folder.data_dir;
    command_print("The register %.*s is ready in %s.\n"
                  "Its keys are in %s/keys: keep a copy in a safe place; without them cards cannot "
                  "be checked nor phones read.\n",
                  TEXT_ARG(cli->org.code), dir, dir);
    return OK;
}

static const Option options[] = {
    {"code", "GKC", true, "2 to 5 capital letters, first on every membership number"},
    {"name", "NAME", true, "name in English"},
    {"name-hi", "NAME", false, "name in Hindi"},
    {"preset", "community|party", false, "tree of districts, or of constituencies and booths"},
    {"fee", "11.00", false, "fee of ordinary membership in rupees; 0 when left out"},
    {"base-url", "URL", false, "where people reach it: https://example.org"},
    {"registration", "TEXT", false, "the organisation's registration number, shown on cards"},
    {"address", "TEXT", false, "its address, shown on cards"},
    {"helpline", "PHONE", false, "its helpline, shown on cards and pages"},
    {"accent", "#rrggbb", false, "its colour"},
    {"demo", NULL, false, "a register to try things: codes and payments are not real"},
    {NULL, NULL, false, NULL},
};

const Command init_commands[] = {
    {"init", "", 0, options, run, "make a new register with keys and the tree of units", NULL,
     false},
    {.words = NULL},
};
