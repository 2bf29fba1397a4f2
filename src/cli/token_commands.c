/* token create, list, revoke. */
#include "base/clock.h"
#include "cli/register.h"
#include "crypto/secret_token.h"
#include "domain/token.h"

enum { TOKEN_DAYS_DEFAULT = 90 };

typedef struct Creation {
    Text secret, role, unit, label;
    int64_t days;
    Token token;
} Creation;

static Status create_apply(Ctx *ctx, void *argument) {
    Creation *c = argument;
    return token_create(ctx, c->secret, c->role, c->unit, c->days, c->label, &c->token);
}

static Status run_create(Cli *cli) {
    Creation c = {.role = command_option(cli, "role"),
                  .unit = command_option(cli, "unit"),
                  .label = command_option(cli, "label")};
    TRY(command_int(cli, "days", TOKEN_DAYS_DEFAULT, 1, 3650, &c.days));
    TRY(register_open(cli, STORE_COMMAND));
    char secret[SECRET_TOKEN_CHARS];
    secret_token_make(secret);
    c.secret = text_bytes(secret, sizeof secret);
    TRY(lane_write(cli->store, &cli->ctx, create_apply, &c));
    char until[11];
    clock_iso_day(clock_day(c.token.expires_at, cli->org.zone_offset_s), until);
    command_print("%.*s\n", TEXT_ARG(c.secret));
    (void)fprintf(stderr, "Token %lld, %.*s of %.*s until %s. It is shown only now.\n",
                  (long long)c.token.id, TEXT_ARG(c.token.role), TEXT_ARG(c.token.unit_code),
                  until);
    secret_wipe(secret, sizeof secret);
    return OK;
}

typedef struct Listing {
    Token *tokens;
    int count;
} Listing;

static Status list_apply(Ctx *ctx, void *argument) {
    Listing *l = argument;
    return token_list(ctx, &l->tokens, &l->count);
}

static Status run_list(Cli *cli) {
    TRY(register_open(cli, STORE_COMMAND));
    Listing l;
    TRY(lane_read(cli->store, &cli->ctx, list_apply, &l));
    for (int i = 0; i < l.count; i++) {
        const Token *t = &l.tokens[i];
        char until[11];
        clock_iso_day(clock_day(t->expires_at, cli->org.zone_offset_s), until);
        const char *state = t->revoked_at                     ? "revoked"
                            : t->expires_at <= cli->ctx.now_s ? "over"
                                                              : "good";
        command_print("%4lld  %-8.*s  %-12.*s  until %s  %-7s  %.*s\n", (long long)t->id,
                      TEXT_ARG(t->role), TEXT_ARG(t->unit_code), until, state, TEXT_ARG(t->label));
    }
    command_print("%d token%s\n", l.count, l.count == 1 ? "" : "s");
    return OK;
}

static Status revoke_apply(Ctx *ctx, void *argument) {
    return token_revoke(ctx, *(int64_t *)argument);
}

static Status run_revoke(Cli *cli) {
    int64_t id;
    if (!text_to_int(cli->arguments[0], &id))
        return command_misuse(cli, NULL, "token_id_form");
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, revoke_apply, &id));
    command_print("Token %lld is revoked.\n", (long long)id);
    return OK;
}

static const Option create_options[] = {
    {"role", "enroller|admin", true, "what it may do"},
    {"unit", "CODE", false, "the unit it is for, with all below; all when left out"},
    {"days", "N", false, "how long it is valid; 90 when left out"},
    {"label", "TEXT", false, "whose it is, for the list"},
    {NULL, NULL, false, NULL},
};

const Command token_commands[] = {
    {"token create", "", 0, create_options, run_create, "make an access key; it is shown once",
     "The access key is printed alone on standard output, so that a script can take it.", false},
    {"token list", "", 0, NULL, run_list, "the access keys that were made", NULL, false},
    {"token revoke", "ID", 1, NULL, run_revoke, "end an access key at once", NULL, false},
    {.words = NULL},
};
