/* Brings a register's schema up to this binary's: schema/NNNN_*.sql in order, each in one
 * transaction. Types there are macros, as the engines' words for them differ. */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/connection.h"

/* The newest version of the schema that is part of this binary. */
int64_t migrate_latest(void);
/* Runs what is missing. */
MUST_USE Status migrate_run(Tx *tx, Ctx *ctx);
/* The schema's text for SQLite: INT64, BYTES, KEYED and STRICTLY replaced where they are whole
 * words, outside comments and quotes. */
char *migrate_expand(Arena *arena, Text sql);

#endif
