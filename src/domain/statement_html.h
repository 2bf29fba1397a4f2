/* Rows of a statement that is a table in HTML: several banks send that and name it .xls. */
#ifndef DOMAIN_STATEMENT_HTML_H
#define DOMAIN_STATEMENT_HTML_H

#include "domain/statement_rows.h"

/* Whether the text, valid UTF-8, begins like markup. */
bool statement_html_is(Text text);
/* Reads the rows of its tables, one after the other. Simple ones: end tags may be missing, cells
 * may span columns. false, and the rows are of no use: tables within cells, cells that span rows, a
 * workbook as XML, or no table at all. */
bool statement_html_read(StatementRows *rows, Text text);

#endif
