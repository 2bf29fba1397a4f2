/* The reference tables that ship inside the binary (data/): read row by row, without a copy of
 * the plain ones. Their shape is ours, so what is wrong with them is a bug: an assertion. */
#ifndef DOMAIN_DATASET_H
#define DOMAIN_DATASET_H

#include "base/ctx.h"

typedef struct Dataset {
    Text rest;
    char separator;
} Dataset;

enum { DATASET_FIELDS_MAX = 8 };

/* Opens "data/geography/states.csv" or the like behind its heading: separated by commas, or tabs
 * when the name says .tsv, without quotes; one ending in .gz is inflated into the ctx's arena. */
Dataset dataset_open(Ctx *ctx, Text path);
/* The next row's fields, exactly count of them; false at the end. */
bool dataset_next(Dataset *dataset, Text fields[DATASET_FIELDS_MAX], int count);

#endif
