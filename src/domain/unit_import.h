/* Units from a CSV file (RFC 4180, UTF-8 with or without BOM), such as the booths of a state:
 *
 *   code,kind,parent,name_en,name_hi,reference
 *   UP-AC1-B1,booth,UP-AC1,Primary School Rahna Room 1,,1
 *
 * reference may be left out, one of the names may be empty, rows may come in any order. The whole
 * file is judged before anything is written: columns, codes, names, kinds, doubles within the
 * file, parents neither in the file nor in the register, cycles, a kind not below its parent's,
 * too many levels, and units that the register has otherwise. Whatever is wrong is told with
 * {file} and {line}, up to ERROR_MAX of them, and nothing was changed.
 *
 * Then the units go in by chunks, parents first, so that the writer is never held for long. A
 * crash between two chunks leaves the first part of the tree, whole in itself; importing the same
 * file again goes on from there, as rows that the register has exactly so already are passed over.
 *
 *   UnitImport import;
 *   TRY(unit_import_read(ctx, T("booths.csv"), bytes, &import));
 *   TRY(lane_read(store, ctx, unit_import_check_apply, &import));
 *   while (import.done < import.count) {
 *       TRY(lane_write(store, ctx, unit_import_chunk_apply, &import));
 *       unit_import_chunk_committed(&import);
 *   }
 */
#ifndef DOMAIN_UNIT_IMPORT_H
#define DOMAIN_UNIT_IMPORT_H

#include "domain/unit.h"

enum {
    UNIT_IMPORT_ROWS_MAX = 300000, /* more than the booths of any state */
    UNIT_IMPORT_FILE_BYTES_MAX = 64 << 20,
    UNIT_IMPORT_CHUNK_ROWS = 1000,
};

typedef struct UnitImportRow {
    Text code, kind, parent, name_en, name_hi, reference;
    int32_t line;
    int32_t parent_row; /* index in rows, or -1: it is in the register */
    int16_t depth;      /* levels from the root, once checked; the root is 1 */
    bool present;       /* the register has exactly this unit */
} UnitImportRow;

typedef struct UnitImport {
    Text file;           /* name for messages */
    UnitImportRow *rows; /* in the order of the file */
    int32_t *by_code;    /* indexes of rows, sorted by code */
    int32_t *order;      /* indexes of the rows to write, parents first; set by the check */
    int64_t rows_count;
    int64_t present;     /* rows passed over, as they are there already */
    int64_t count;       /* rows to write */
    int64_t done;        /* of these, written and committed */
} UnitImport;

/* Reads the file's bytes, which must outlive the import, and judges what can be judged without
 * the register. INVALID: unit_import_not_text, _heading, _quotes, _columns {columns}, _code
 * {code}, _name {max}, _double {code}, _empty, _large {max}. */
MUST_USE Status unit_import_read(Ctx *ctx, Text file, Text bytes, UnitImport *ret);
/* Judges it against the register and sets the order; argument is the UnitImport. In apply of a
 * read or write. INVALID: unit_import_kind {kind}, _parent {parent}, _cycle {code}, _rank {code},
 * _deep {max}, _differs {code}. */
MUST_USE Status unit_import_check_apply(Ctx *ctx, void *argument);
/* Writes the next chunk; the argument stays as it is. CONFLICT unit_code_taken when the register
 * changed meanwhile. In apply of a write. */
MUST_USE Status unit_import_chunk_apply(Ctx *ctx, void *argument);
/* Counts the chunk as done, after its commit. */
void unit_import_chunk_committed(UnitImport *import);

#endif
