/* The list of all verbs, in the order of the help. */
#include "cli/command.h"

extern const Command book_commands[], card_commands[], card_page_commands[], check_commands[],
    demo_commands[], gateway_commands[], init_commands[], kind_commands[], ledger_commands[],
    member_commands[], payment_commands[], payment_statement_commands[], route_commands[],
    serve_commands[], tally_commands[], token_commands[], unit_commands[],
    unit_import_commands[];

const Command *const command_tables[] = {
    init_commands,
    demo_commands,
    serve_commands,
    token_commands,
    member_commands,
    card_commands,
    card_page_commands,
    check_commands,
    unit_commands,
    unit_import_commands,
    tally_commands,
    gateway_commands,
    kind_commands,
    payment_commands,
    payment_statement_commands,
    book_commands,
    ledger_commands,
    route_commands,
    NULL,
};
