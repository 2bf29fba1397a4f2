/* Workbooks for tests, from their parts. */
#ifndef STATEMENT_ZIP_H
#define STATEMENT_ZIP_H

#include "base/arena.h"

typedef struct StatementZipPart {
    const char *name;
    Text content;
} StatementZipPart;

/* The bytes of a zip archive with these parts, deflated; in the arena. */
Text statement_zip_of(Arena *arena, const StatementZipPart *parts, int count);
/* A workbook of one sheet: the XML inside <sheetData>, the shared words ("<si>…"), with style 1 a
 * built-in date (14) and style 2 a date by a format of its own. */
Text statement_zip_workbook(Arena *arena, Text rows, Text strings);

#endif
