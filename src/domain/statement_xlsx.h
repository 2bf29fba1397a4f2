/* Rows of a statement that is a workbook (ECMA-376, transitional or strict). */
#ifndef DOMAIN_STATEMENT_XLSX_H
#define DOMAIN_STATEMENT_XLSX_H

#include "domain/statement_rows.h"

/* Gives the rows of the first sheet that has any. Dates (by their style) become YYYY-MM-DD, with
 * the time behind it where there is one; other numbers plain decimals. INVALID statement_xlsx:
 * damaged, encrypted, with a document type, or what inflates beyond all measure. */
MUST_USE Status statement_xlsx_read(StatementRows *rows, Text bytes);

#endif
