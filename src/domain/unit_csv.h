/* The rows of a CSV file with the line each begins on (libcsv tells no lines). */
#ifndef DOMAIN_UNIT_CSV_H
#define DOMAIN_UNIT_CSV_H

#include "base/ctx.h"

enum { UNIT_CSV_COLUMNS_MAX = 8 };

typedef struct UnitCsvRow {
    Text fields[UNIT_CSV_COLUMNS_MAX]; /* trimmed; valid until the row function returns */
    int count;                         /* columns, also those beyond the maximum */
    int32_t line;
} UnitCsvRow;

typedef enum UnitCsvEnd {
    UNIT_CSV_DONE,
    UNIT_CSV_STOPPED,  /* row answered false */
    UNIT_CSV_QUOTES,   /* a quotation mark is astray or never closed: *ret_line */
    UNIT_CSV_NOT_TEXT, /* not UTF-8: *ret_line */
} UnitCsvEnd;

/* Gives each row that is not empty to row(argument, …), until it answers false. */
UnitCsvEnd unit_csv_read(Text bytes, bool (*row)(void *argument, const UnitCsvRow *row),
                         void *argument, int32_t *ret_line);

#endif
