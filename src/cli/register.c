/* From a folder to an organisation with keys. */
#include "cli/register.h"

#include "base/clock.h"
#include "crypto/secret_token.h"
#include "domain/audit.h"
#include "domain/unit.h"
#include "jobs/due_rows.h"
#include "store/keyfile.h"

void register_key_file(Text code, char out[16]) {
    (void)snprintf(out, 16, "%.*s.keys", TEXT_ARG(code));
}

static Status load_apply(Ctx *ctx, void *argument) { return organisation_load(ctx, argument); }

static void close_store(void *cli) {
    Cli *c = cli;
    if (c->store) store_close(c->store);
    c->store = NULL;
    keyring_wipe(&c->org.keys);
}

/* A register or key that is not there is trouble with files, not a refusal. */
static Status as_trouble(Status status) { return status == OK ? OK : IO; }

/* Tests of demo registers live on other days. */
static void turn_clock(Ctx *ctx) {
    const char *offset = getenv("SANGATHAN_CLOCK_OFFSET_S");
    int64_t offset_s;
    if (!offset || !text_to_int(text_of(offset), &offset_s)) return;
    clock_set_offset(offset_s);
    ctx->now_s = clock_now_s();
}

static Status mark_apply(Ctx *ctx, void *org) { return organisation_mark_keys(ctx, org); }

/* A register from before the mark gets it when it is first opened to be written. */
static Status check_keys(Cli *cli, StoreMode mode) {
    TRY(organisation_check_keys(&cli->ctx, &cli->org));
    if (cli->org.keys_mark.ptr || mode == STORE_READ_ONLY) return OK;
    return lane_write(cli->store, &cli->ctx, mark_apply, &cli->org);
}

Status register_open(Cli *cli, StoreMode mode) {
    Ctx *ctx = &cli->ctx;
    char *dir = arena_cstr(ctx->arena, cli->data_dir);
    StoreOptions options = {.data_dir = dir, .mode = mode};
    TRY(as_trouble(store_open(ctx, &options, &cli->store)));
    arena_defer(ctx->arena, close_store, cli);
    TRY(lane_read(cli->store, ctx, load_apply, &cli->org));
    char name[16];
    Text secret;
    register_key_file(cli->org.code, name);
    TRY(as_trouble(keyfile_read(ctx, dir, name, &secret)));
    if (!keyring_read(secret, &cli->org.keys)) return fail(ctx, IO, NULL, "key_damaged");
    TRY(check_keys(cli, mode));
    ctx->org = &cli->org;
    if (cli->org.demo) turn_clock(ctx);
    ctx->actor = (Actor){.kind = ACTOR_OPERATOR,
                         .unit_id = cli->org.root_unit_id,
                         .can = CAN_ENROL | CAN_READ_MEMBER | CAN_ADMINISTER};
    return OK;
}

Status register_do_due(Cli *cli, const Due *due, int64_t *ret) {
    DueReport report;
    TRY(due_rows_do(cli->store, &cli->ctx, NULL, due, &report));
    *ret = report.done;
    return report.passed_over ? fail(&cli->ctx, IO, NULL, "rows_passed_over") : OK;
}

Status register_begin_list(Ctx *ctx, const char *action, Text unit_code, int64_t *ret_unit) {
    Unit top = {.id = ctx->org->root_unit_id};
    if (unit_code.len) TRY(unit_by_code(ctx, unit_code, &top));
    *ret_unit = top.id;
    return audit_add(ctx, action, arena_printf(ctx->arena, "unit:%lld", (long long)top.id), T(""));
}

void register_print_day(Cli *cli, int64_t at) {
    char day[11];
    clock_iso_day(clock_day(at, cli->org.zone_offset_s), day);
    command_print("%s  ", day);
}
