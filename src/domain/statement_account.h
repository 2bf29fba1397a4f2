/* Which account a statement is of, for people who bring those of several: the last digits of the
 * number that stands above its table. */
#ifndef DOMAIN_STATEMENT_ACCOUNT_H
#define DOMAIN_STATEMENT_ACCOUNT_H

#include "domain/statement.h"

enum { STATEMENT_ACCOUNT_DIGITS = 4, STATEMENT_ACCOUNT_ROWS = 40 /* looked at */ };

/* Empty where no cell above row header (statement_columns_guess) names an account's number. */
Text statement_account_digits(const Statement *statement, int64_t header);

#endif
