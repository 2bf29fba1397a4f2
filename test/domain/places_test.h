/* What the tests of units and places share: a register in a folder of its own, with the kinds of
 * unit and the geography of a preset. */
#ifndef TEST_DOMAIN_PLACES_TEST_H
#define TEST_DOMAIN_PLACES_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail

#include "domain/organisation.h"
#include "domain/unit.h"
#include "store/lane.h"

typedef struct Places {
    char folder[64];
    Arena *arena;
    Ctx ctx;
    Organisation org;
    Store *store;
} Places;

/* Kinds and the root only. */
Places *places_make(const char *preset);
/* Loads the shipped geography besides. */
Places *places_make_loaded(const char *preset);
void places_remove(Places *places);

/* Runs apply in a read or write and returns its status. */
Status places_read(Places *places, Apply apply, void *argument);
Status places_write(Places *places, Apply apply, void *argument);
/* The unit of that code, or a failed test. */
Unit places_unit(Places *places, const char *code);
/* Number of rows all walks from the root meet. */
int places_count(Places *places);

#endif
