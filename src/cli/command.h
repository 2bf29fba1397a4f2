/* The terminal edge: a table of verbs, each with its words, options and help. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "domain/organisation.h"
#include "store/lane.h"

enum { COMMAND_WORDS_MAX = 2, COMMAND_ARGUMENTS_MAX = 2, COMMAND_OPTIONS_MAX = 20 };

typedef struct Option {
    const char *name;  /* without the dashes */
    const char *value; /* what follows, for the help ("DIR"; "a|b": one of these); NULL: a switch */
    bool required;
    const char *help;
} Option;

struct Cli;

typedef struct Command {
    const char *words;     /* "token create" */
    const char *arguments; /* "NUMBER", or "" */
    int argument_count;
    const Option *options; /* ends with name NULL; --data goes with every verb */
    Status (*run)(struct Cli *cli);
    const char *summary; /* one line */
    const char *help; /* more, or NULL */
    bool without_data; /* needs no register */
} Command;

/* One run of the program. */
typedef struct Cli {
    Ctx ctx;
    const Command *command;
    Text arguments[COMMAND_ARGUMENTS_MAX];
    int argument_count;
    Text option_values[COMMAND_OPTIONS_MAX]; /* by position in the command's options */
    bool option_given[COMMAND_OPTIONS_MAX];
    Text data_dir;
    Store *store; /* after register_open */
    Organisation org;
    int exit_code;           /* when OK: usually 0; `check` and `rebuild --check` say 1 */
    bool misused;            /* command_misuse */
    Text where;              /* "numbers.txt:3: ", before the sentences of a refusal */
    Text more;               /* lines behind the sentences of a refusal: what to choose from */
} Cli;

/* All verbs, ended by a row with words NULL. */
extern const Command *const command_tables[];

/* Value of an option of this command (TEXT_NONE when not given); an unknown name is a bug. */
Text command_option(const Cli *cli, const char *name);
bool command_has(const Cli *cli, const char *name);
/* fail for words that are wrong whatever the register holds: the exit code is 2. */
Status command_misuse(Cli *cli, const char *field, const char *message);
/* An integer option, or the default; misuse option_number. */
MUST_USE Status command_int(Cli *cli, const char *name, int64_t default_value, int64_t least,
                            int64_t most, int64_t *ret);
/* Prints to standard output; a failed write (closed pipe, full disk) is found by command_finish. */
void command_print(const char *format, ...) PRINTF_LIKE(1, 2);
void command_print_text(Text text);
/* A line to standard output, in the language of the terminal. */
void command_say(Cli *cli, const char *message, const ErrorArg *args, int count);

/* Runs the program; returns the exit code: 0 done, 1 refused, 2 wrong use, 3 input/output; 130 or
 * 143 when long work ended orderly by SIGINT or SIGTERM. */
int command_main(int argc, char **argv);

#endif
