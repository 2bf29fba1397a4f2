/* phone ways: how phones may be proved. */
#include "cli/register.h"
#include "cli/secret_file.h"
#include "domain/phone_way.h"

typedef struct Setting {
    PhoneWays ways;
    Text secret; /* NULL: as it is */
} Setting;

static Status read_apply(Ctx *ctx, void *ways) { return phone_way_read(ctx, ways); }

static Status set_apply(Ctx *ctx, void *argument) {
    const Setting *s = argument;
    return phone_way_set(ctx, &s->ways, s->secret);
}

static void take_switch(Cli *cli, const char *name, bool *ret, bool *ret_any) {
    if (!command_has(cli, name)) return;
    *ret = text_eq(command_option(cli, name), T("on"));
    *ret_any = true;
}

static void take_text(Cli *cli, const char *name, Text *ret, bool *ret_any) {
    if (!command_has(cli, name)) return;
    *ret = text_trim(command_option(cli, name));
    *ret_any = true;
}

/* What was not given stays as it is. */
static Status read_options(Cli *cli, Setting *s, bool *ret_any) {
    PhoneWays *w = &s->ways;
    w->code = w->code_wanted;
    take_switch(cli, "code", &w->code, ret_any);
    take_switch(cli, "witness", &w->witness, ret_any);
    take_text(cli, "sms-number", &w->sms_number, ret_any);
    take_text(cli, "call-number", &w->call_number, ret_any);
    take_text(cli, "keyword", &w->keyword, ret_any);
    take_text(cli, "field-from", &w->field_from, ret_any);
    take_text(cli, "field-text", &w->field_text, ret_any);
    take_text(cli, "field-time", &w->field_time, ret_any);
    take_text(cli, "field-id", &w->field_id, ret_any);
    if (!command_has(cli, "secret-file")) return OK;
    *ret_any = true;
    return secret_file_read(cli, command_option(cli, "secret-file"), &s->secret);
}

static void print_ways(const Cli *cli, const PhoneWays *w) {
    command_print("code         %s%s\n", w->code_wanted ? "on" : "off",
                  w->code_wanted && !w->code ? "  (no gateway is set: gateway set)" : "");
    command_print("sms          %.*s\nmissed call  %.*s\nwitness      %s\n",
                  TEXT_ARG(w->sms_number.len ? w->sms_number : T("off")),
                  TEXT_ARG(w->call_number.len ? w->call_number : T("off")),
                  w->witness ? "on" : "off");
    if (!w->sms_number.len && !w->call_number.len) return;
    command_print("keyword      %.*s\nfields       from %.*s, text %.*s, time %.*s, id %.*s\n"
                  "webhook      POST %.*s/hook/incoming\n",
                  TEXT_ARG(w->keyword), TEXT_ARG(w->field_from), TEXT_ARG(w->field_text),
                  TEXT_ARG(w->field_time), TEXT_ARG(w->field_id), TEXT_ARG(cli->org.base_url));
}

static Status run_ways(Cli *cli) {
    Setting s = {0};
    bool any = false;
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_read(cli->store, &cli->ctx, read_apply, &s.ways));
    TRY(read_options(cli, &s, &any));
    if (any) {
        TRY(lane_write(cli->store, &cli->ctx, set_apply, &s));
        TRY(lane_read(cli->store, &cli->ctx, read_apply, &s.ways));
    }
    print_ways(cli, &s.ways);
    return OK;
}

static const Option options[] = {
    {"code", "on|off", false, "one-time codes, sent by the gateway"},
    {"sms-number", "NUMBER", false, "members may send an SMS to this number; empty: no more"},
    {"call-number", "NUMBER", false, "members may give this number a missed call; empty: no more"},
    {"witness", "on|off", false, "enrollers may say that they have seen whose phone it is"},
    {"keyword", "WORD", false, "what an SMS to a shared number begins with; empty: nothing"},
    {"secret-file", "FILE", false, "the secret that the provider sends; - is standard input"},
    {"field-from", "NAME", false, "what the provider calls the sender's number; from"},
    {"field-text", "NAME", false, "and the text of an SMS; text"},
    {"field-time", "NAME", false, "and when it came in; time"},
    {"field-id", "NAME", false, "and its own number of it; id"},
    {NULL, NULL, false, NULL},
};

const Command phone_commands[] = {
    {"phone ways", "", 0, options, run_ways, "show or set how phones may be confirmed",
     "The provider of the numbers posts a form or JSON to /hook/incoming, with the header\n"
     "X-Sangathan-Secret: the secret; or X-Sangathan-Signature: the hex HMAC-SHA256 of the body\n"
     "under it. A missed call is the weaker proof: whoever can forge a caller's number, or has\n"
     "somebody ring, joins with that phone. Members keep the mark of how theirs was proved.",
     false},
    {.words = NULL},
};
