/* What the parts of a workbook say: which numbers are dates, the shared words, a sheet's rows. */
#ifndef DOMAIN_STATEMENT_XLSX_SHEET_H
#define DOMAIN_STATEMENT_XLSX_SHEET_H

#include "domain/statement_rows.h"
#include "domain/statement_xlsx_part.h"

enum { STATEMENT_XLSX_STYLES_MAX = 8192, STATEMENT_XLSX_FORMATS_MAX = 512 };

typedef struct StatementXlsxStyles {
    bool from_1904; /* days are counted from then */
    int count;
    bool is_date[STATEMENT_XLSX_STYLES_MAX]; /* by cell style */
    int format_count;
    int formats[STATEMENT_XLSX_FORMATS_MAX]; /* ids of the workbook's own date formats */
} StatementXlsxStyles;

typedef struct StatementXlsxStrings {
    Text *list;
    int64_t count;
} StatementXlsxStrings;

StatementXlsxEnd statement_xlsx_sheet_styles(StatementXlsxZip *zip, Text part,
                                             StatementXlsxStyles *ret);
/* Words beyond the arena are refused by rows. */
StatementXlsxEnd statement_xlsx_sheet_strings(StatementXlsxZip *zip, StatementRows *rows,
                                              Text part, StatementXlsxStrings *ret);
StatementXlsxEnd statement_xlsx_sheet_read(StatementXlsxZip *zip, StatementRows *rows, Text part,
                                           const StatementXlsxStyles *styles,
                                           const StatementXlsxStrings *strings);

#endif
