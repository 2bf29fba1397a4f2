/* The list of all verbs, in the order of the help. */
#include "cli/command.h"

extern const Command allowance_commands[];
extern const Command appeal_commands[];
extern const Command book_commands[];
extern const Command card_commands[];
extern const Command card_page_commands[];
extern const Command check_commands[];
extern const Command demo_commands[];
extern const Command denial_commands[];
extern const Command gateway_commands[];
extern const Command init_commands[];
extern const Command kind_commands[];
extern const Command ledger_commands[];
extern const Command member_commands[];
extern const Command oddity_commands[];
extern const Command payment_commands[];
extern const Command payment_statement_commands[];
extern const Command payout_commands[];
extern const Command phone_commands[];
extern const Command receipt_commands[];
extern const Command route_commands[];
extern const Command serve_commands[];
extern const Command share_commands[];
extern const Command slogan_commands[];
extern const Command tally_commands[];
extern const Command token_commands[];
extern const Command unit_commands[];
extern const Command unit_import_commands[];

const Command *const command_tables[] = {
    init_commands,
    demo_commands,
    serve_commands,
    token_commands,
    member_commands,
    card_commands,
    card_page_commands,
    denial_commands,
    check_commands,
    unit_commands,
    unit_import_commands,
    tally_commands,
    gateway_commands,
    phone_commands,
    kind_commands,
    slogan_commands,
    allowance_commands,
    oddity_commands,
    payment_commands,
    appeal_commands,
    payment_statement_commands,
    payout_commands,
    share_commands,
    book_commands,
    receipt_commands,
    ledger_commands,
    route_commands,
    NULL,
};
