/* Rows of a statement that is text. */
#ifndef DOMAIN_STATEMENT_CSV_H
#define DOMAIN_STATEMENT_CSV_H

#include "domain/statement_rows.h"

/* Reads valid UTF-8 without U+0000 and answers the separator it guessed. Quotation marks that do
 * not pair are only taken within their line, so that one astray costs one row. */
char statement_csv_read(StatementRows *rows, Text text);

#endif
