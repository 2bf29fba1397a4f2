/* gateway set, show, status, test. */
#include <errno.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "cli/gateway_file.h"
#include "cli/register.h"
#include "crypto/secret_token.h"
#include "domain/outbox.h"
#include "domain/phone.h"
#include "jobs/deliver_outbox.h"

enum { FILE_BYTES = 65536, LOOKS = 400, LOOK_EVERY_US = 100000 };

/* A file, or standard input by the name "-": it may hold a key, so it is wiped. */
static Status read_file(Cli *cli, Text name, char bytes[FILE_BYTES], size_t *ret_len) {
    bool from_input = text_eq(name, T("-"));
    FILE *file = from_input ? stdin : fopen(arena_cstr(cli->ctx.arena, name), "rb");
    if (!file) {
        (void)fail_io(&cli->ctx, "gateway_file_read", "%s", strerror(errno));
        return IO;
    }
    *ret_len = fread(bytes, 1, FILE_BYTES, file);
    bool good = !ferror(file) && *ret_len < FILE_BYTES;
    if (!from_input) (void)fclose(file);
    return good ? OK : fail_io(&cli->ctx, "gateway_file_read", "not readable, or too large");
}

static Status set_apply(Ctx *ctx, void *gateway) { return gateway_write(ctx, gateway); }
static Status show_apply(Ctx *ctx, void *gateway) { return gateway_read(ctx, gateway); }

static Status run_set(Cli *cli) {
    char *bytes = arena_alloc(cli->ctx.arena, FILE_BYTES);
    size_t len;
    Gateway gateway;
    TRY(read_file(cli, cli->arguments[0], bytes, &len));
    TRY(register_open(cli, STORE_COMMAND));
    Status status = gateway_file_read(&cli->ctx, (Text){bytes, len}, &gateway);
    secret_wipe(bytes, FILE_BYTES);
    TRY(status);
    TRY(lane_write(cli->store, &cli->ctx, set_apply, &gateway));
    command_print("The gateway is set. Try it: gateway test PHONE\n");
    return OK;
}

static Status run_show(Cli *cli) {
    Gateway gateway;
    TRY(register_open(cli, STORE_READ_ONLY));
    TRY(lane_read(cli->store, &cli->ctx, show_apply, &gateway));
    if (gateway.kind == GATEWAY_NONE) {
        (void)fprintf(stderr, "No gateway is set. This is how its settings look:\n");
        gateway_file_example(&gateway);
    }
    gateway_file_print(&cli->ctx, &gateway);
    return OK;
}

typedef struct Figures {
    Gateway gateway;
    OutboxFigure figures[OUTBOX_FIGURES_MAX];
    int count;
    int64_t used;
} Figures;

static Status figures_apply(Ctx *ctx, void *argument) {
    Figures *f = argument;
    TRY(gateway_read(ctx, &f->gateway));
    TRY(gateway_used(ctx, &f->used));
    return outbox_figures(ctx, ctx->now_s - CLOCK_DAY_S, f->figures, &f->count);
}

static Status run_status(Cli *cli) {
    Figures *f = ARENA_NEW(cli->ctx.arena, Figures);
    TRY(register_open(cli, STORE_READ_ONLY));
    TRY(lane_read(cli->store, &cli->ctx, figures_apply, f));
    if (f->gateway.kind == GATEWAY_NONE) return fail(&cli->ctx, NOT_FOUND, NULL, "gateway_not_set");
    command_print("%lld of %lld messages of today's cap. Of the last 24 hours:\n",
                  (long long)f->used, (long long)f->gateway.daily_cap);
    for (int i = 0; i < f->count; i++) {
        const OutboxFigure *figure = &f->figures[i];
        command_print("%8lld  %-8.*s  %-7.*s  %.*s\n", (long long)figure->count,
                      TEXT_ARG(figure->purpose), TEXT_ARG(figure->state),
                      TEXT_ARG(figure->last_error));
    }
    return OK;
}

typedef struct Test {
    OutboxDraft draft;
    int64_t id;
    OutboxState state;
} Test;

static Status add_apply(Ctx *ctx, void *argument) {
    Test *test = argument;
    return outbox_add(ctx, &test->draft, &test->id);
}

static Status look_apply(Ctx *ctx, void *argument) {
    Test *test = argument;
    return outbox_read(ctx, test->id, &test->state);
}

static Status end_apply(Ctx *ctx, void *argument) {
    const Test *test = argument;
    return outbox_give_up(ctx, test->id);
}

/* One try: by this process, or by the server beside it where that was faster. */
static Status try_once(Cli *cli, Test *test) {
    static const atomic_bool stopping = false;
    JobRun run = {.ctx = cli->ctx, .store = cli->store, .stopping = &stopping,
                  .http = http_call_open()};
    if (!run.http) return fail_io(&cli->ctx, "jobs_failed", "the HTTP library does not start");
    Status status = deliver_outbox_one(&run, test->id);
    http_call_close(run.http);
    if (status != OK) return fail_io(&cli->ctx, "store_failed", "%s", run.ctx.detail);
    for (int i = 0; i < LOOKS; i++) {
        TRY(lane_read(cli->store, &cli->ctx, look_apply, test));
        if (!text_eq(test->state.state, T("waiting")) || test->state.last_error.len) break;
        (void)usleep(LOOK_EVERY_US);
    }
    return OK;
}

static Status run_test(Cli *cli) {
    char code[ONE_TIME_CODE_DIGITS];
    const OutboxBlank blank = {"code", {code, sizeof code}};
    Test test = {.draft = {.purpose = "code", .life_s = OUTBOX_CODE_LIFE_S, .lang = cli->ctx.lang,
                           .blanks = &blank, .blank_count = 1}};
    one_time_code_make(code);
    TRY(phone_parse(&cli->ctx, "phone", cli->arguments[0], &test.draft.phone));
    if (command_has(cli, "lang"))
        test.draft.lang = text_eq(command_option(cli, "lang"), T("hi")) ? LANG_HI : LANG_EN;
    log_set_level(LOG_LEVEL_ERROR); /* what went wrong is said below */
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, add_apply, &test));
    TRY(try_once(cli, &test));
    if (text_eq(test.state.state, T("sent"))) {
        command_print("The gateway took it. The SMS has the code %.*s; it opens nothing.\n",
                      TEXT_ARG(blank.value));
        return OK;
    }
    TRY(lane_write(cli->store, &cli->ctx, end_apply, &test));
    (void)fail(&cli->ctx, IO, NULL, "gateway_test_failed");
    fail_arg(&cli->ctx, "reason", test.state.last_error);
    return IO;
}

static const Option test_options[] = {
    {"lang", "hi|en", false, "language of the SMS; the terminal's when left out"},
    {NULL, NULL, false, NULL},
};

const Command gateway_commands[] = {
    {"gateway set", "FILE", 1, NULL, run_set, "how SMS are sent: settings from a JSON file",
     "FILE is like what `gateway show` prints; - is standard input. kind is http, or log in a\n"
     "demo register. In url, headers and body, {phone} (with +), {digits} (without), {text},\n"
     "{template_id}, {entity_id}, {header} and {secret} are filled in, encoded as it is wanted.\n"
     "Write the gateway's key as \"secret\" and {secret} where it belongs: it is kept sealed and\n"
     "never shown; a file without it keeps the one that is there. A message counts as sent when\n"
     "the status is 2xx and the answer has success_text. The templates must be word for word\n"
     "those that are registered, with {code} and {organisation} for what changes: code is for\n"
     "joining, act for all other codes, with {act} for what the code allows.", false},
    {"gateway show", "", 0, NULL, run_show, "these settings, without the secret", NULL, false},
    {"gateway status", "", 0, NULL, run_status,
     "what happened to the last day's messages, and why", NULL, false},
    {"gateway test", "PHONE", 1, test_options, run_test,
     "send one SMS, with a code that opens nothing",
     "It is tried once, and counts towards the daily cap.", false},
    {.words = NULL},
};
