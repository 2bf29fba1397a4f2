/* The XML parts of a workbook, read as they inflate: a bomb is noticed while it is small. */
#ifndef DOMAIN_STATEMENT_XLSX_PART_H
#define DOMAIN_STATEMENT_XLSX_PART_H

#include "base/arena.h"

enum {
    STATEMENT_XLSX_PARTS_MAX = 4096,
    STATEMENT_XLSX_INFLATED_MAX = 512 << 20, /* all parts together */
    STATEMENT_XLSX_RATIO_MAX = 250,          /* a part's size to its packed size */
    STATEMENT_XLSX_DEPTH_MAX = 32,
    STATEMENT_XLSX_TOKEN_BYTES_MAX = 1 << 20,
};

typedef struct StatementXlsxZip {
    struct zip *zip;
    int64_t inflated; /* bytes, so far */
} StatementXlsxZip;

/* Names come without their prefix. Attributes: name, value, …, NULL. */
typedef struct StatementXlsxReader {
    void (*start)(void *argument, const char *name, const char **attributes);
    void (*end)(void *argument, const char *name);
    void (*text)(void *argument, Text piece); /* may be NULL */
    void *argument;
    bool enough; /* set by a function: the rest is not read, and that is no error */
} StatementXlsxReader;

typedef enum StatementXlsxEnd {
    STATEMENT_XLSX_DONE,
    STATEMENT_XLSX_MISSING, /* no such part */
    STATEMENT_XLSX_BROKEN,  /* damaged, encrypted, not well-formed, a bomb */
} StatementXlsxEnd;

/* false: no zip archive. It is closed with the arena. */
bool statement_xlsx_part_open(Arena *arena, Text bytes, StatementXlsxZip *ret);
StatementXlsxEnd statement_xlsx_part_read(StatementXlsxZip *zip, Text name,
                                          StatementXlsxReader *reader);
/* The value of the attribute, without regard to its prefix; "" when it is not there. */
Text statement_xlsx_part_attribute(const char **attributes, const char *name);

#endif
