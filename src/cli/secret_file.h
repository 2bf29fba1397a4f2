/* A secret never stands on a command line, where other users see it. */
#ifndef CLI_SECRET_FILE_H
#define CLI_SECRET_FILE_H

#include "cli/command.h"

/* What is in a file, or by the name "-" in standard input, without blanks around it. */
MUST_USE Status secret_file_read(Cli *cli, Text name, Text *ret);

#endif
