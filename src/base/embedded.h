/* Files that are part of the binary: data/, assets/, schema/. Found by their path in the tree
 * ("data/geography/states.csv", "assets/site.css"); .gz ones as they are. */
#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H

#include "base/text.h"

typedef struct Embedded {
    const char *path;
    const unsigned char *bytes;
    const unsigned char *end;
} Embedded;

/* Sorted by path; generated when built (tools/embed.py). */
extern const Embedded embedded_files[];
extern const size_t embedded_count;

/* The file's bytes; an empty Text with NULL pointer when there is none. */
Text embedded_find(Text path);

#endif
