/* How an import of units says what is wrong: between its files only. */
#ifndef DOMAIN_UNIT_IMPORT_ERROR_H
#define DOMAIN_UNIT_IMPORT_ERROR_H

#include "domain/unit_import.h"

/* Records INVALID with {file}, {line} and {name} = value (cut to the length of a code); false when
 * the ctx has no room for more. */
bool unit_import_error_add(Ctx *ctx, const UnitImport *import, int32_t line, const char *message,
                       const char *name, Text value);

#endif
