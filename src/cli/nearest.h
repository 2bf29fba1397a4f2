/* What somebody probably meant who mistyped a word. */
#ifndef CLI_NEAREST_H
#define CLI_NEAREST_H

#include "cli/command.h"

/* Letters to be changed, put in, left out or swapped to make one of the other; words of more than
 * 40 bytes are as far away as can be. */
int nearest_distance(Text a, Text b);
/* A verb that the first one or two words are near to; TEXT_NONE when none is. */
Text nearest_verb(Ctx *ctx, int argc, char **argv);
/* An option of the verb, without dashes. */
Text nearest_option(const Command *command, Text name);

#endif
