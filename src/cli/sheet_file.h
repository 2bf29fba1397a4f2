/* Sheets that verbs write to a file. */
#ifndef CLI_SHEET_FILE_H
#define CLI_SHEET_FILE_H

#include "cli/command.h"
#include "render/sheet.h"

/* INVALID sheet_file_name on "out" unless the file's name ends in .pdf, .xlsx or .csv. */
MUST_USE Status sheet_file_check(Cli *cli, Text path);
/* As the name ends. IO as out_file_write. */
MUST_USE Status sheet_file_write(Cli *cli, const Sheet *sheet, Text path);

#endif
