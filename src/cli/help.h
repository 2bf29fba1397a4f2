/* The help of the terminal. Its English stands in the tables of verbs; po/help.hi.po has the Hindi,
 * found by the English: what is missing there is shown in English. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/command.h"

typedef struct HelpText {
    Text english, hindi;
} HelpText;
/* By the English; generated. */
extern const HelpText help_texts[];
extern const int help_text_count;

/* All verbs, a line each. */
void help_print_all(Lang lang);
/* One, with its options. */
void help_print_verb(Lang lang, const Command *command);
/* All verbs that begin with the word; false when there are none. */
bool help_print_group(Lang lang, const char *word);
/* Is it the first word of a verb? */
bool help_has_group(const char *word);

#endif
