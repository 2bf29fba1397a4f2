/* routes, openapi: what the server answers, from its tables. */
#include "base/limits.h"
#include "cli/register.h"
#include "web/openapi.h"
#include "web/route_print.h"

static Status print_json(Cli *cli, const View *document) {
    Buffer out = buffer_in(cli->ctx.arena, LIMIT_RESPONSE_BYTES);
    json_write(&out, document);
    command_print_text(buffer_text(&out));
    command_print("\n");
    return OK;
}

static Status run_routes(Cli *cli) {
    if (command_has(cli, "json")) {
        View *document = view_new(cli->ctx.arena);
        route_print_json(cli->ctx.arena, document);
        return print_json(cli, document);
    }
    Buffer out = buffer_in(cli->ctx.arena, LIMIT_RESPONSE_BYTES);
    route_print(&out);
    command_print_text(buffer_text(&out));
    return OK;
}

/* Of the register when --data names one, otherwise of the program as such. */
static Status run_openapi(Cli *cli) {
    if (cli->data_dir.len) TRY(register_open(cli, STORE_COMMAND));
    View *document = view_new(cli->ctx.arena);
    openapi_document(cli->ctx.arena, cli->ctx.org, document);
    return print_json(cli, document);
}

static const Option options[] = {
    {"json", NULL, false, "with parameters, for programs"},
    {NULL, NULL, false, NULL},
};

const Command route_commands[] = {
    {"routes", "", 0, options, run_routes, "the route table of the server", NULL, true},
    {"openapi", "", 0, NULL, run_openapi, "the API as an OpenAPI 3.1 document", NULL, true},
    {.words = NULL},
};
