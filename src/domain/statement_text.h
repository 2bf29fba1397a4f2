/* The bytes of a statement as UTF-8, in whatever they came. */
#ifndef DOMAIN_STATEMENT_TEXT_H
#define DOMAIN_STATEMENT_TEXT_H

#include "domain/statement.h"

/* From UTF-8, UTF-16 LE or BE (each with or without BOM) or, when it is none of these,
 * Windows-1252. The result is valid UTF-8 without U+0000 and BOM: bytes itself or in
 * the statement's arena.
 * INVALID as statement_read. */
MUST_USE Status statement_text_decode(Ctx *ctx, const Statement *statement, Text bytes,
                                      Text *ret);

#endif
