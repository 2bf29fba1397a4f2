/* The list of all verbs, in the order of the help. */
#include "cli/command.h"

extern const Command init_commands[], serve_commands[], token_commands[], member_commands[],
    tally_commands[], unit_commands[];

const Command *const command_tables[] = {
    init_commands, serve_commands, token_commands, member_commands,
    unit_commands, tally_commands, NULL,
};
