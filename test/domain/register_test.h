/* What the tests of members share: a register of a small organisation in a folder of its own, with
 * keys, a few units, PIN codes and towns:
 *
 *   IN ─ UP ─ UP-174 Maharajganj, UP-175 Mahoba       273303: Maharajganj
 *      └ BR ─ BR-203 Gaya                             210427: Mahoba, then Maharajganj
 *                                                     Nautanwa is in Maharajganj
 */
#ifndef TEST_DOMAIN_REGISTER_TEST_H
#define TEST_DOMAIN_REGISTER_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail

#include "domain/card.h"
#include "domain/due.h"
#include "domain/tally.h"
#include "store/connection.h"

enum { REGISTER_FEE_PAISE = 1100 };

typedef struct Register {
    char folder[64];
    Arena *arena;
    Ctx ctx; /* the operator at noon of 21 November 2026 in India */
    Organisation org;
    Store *store;
} Register;

/* Setup and teardown of cmocka: *state is a Register*. The fee is 11 rupees. */
int register_make(void **state);
int register_make_free(void **state); /* no fee */
int register_make_demo(void **state);
/* Where codes go out by a gateway; _free: without a fee. */
int register_make_sending(void **state);
int register_make_sending_free(void **state);
int register_remove(void **state);
/* The same on a SQLite VFS; draft may be NULL. */
Register *register_make_on(const char *vfs, const OrganisationDraft *draft);

/* Runs apply as a write or read, errors forgotten before; returns its status. */
Status register_write(Register *r, Apply apply, void *argument);
Status register_read(Register *r, Apply apply, void *argument);
/* Fails the test, saying why, unless the status is OK. */
void register_must(Register *r, Status status);
/* Fails the test unless it is this status, and the first error this message on this field (NULL:
 * none). */
void register_refused(Register *r, Status status, Status wanted, const char *field,
                      const char *message);

/* Noon of a day in India, from now on. */
void register_set_day(Register *r, int year, int month, int day);
/* The ctx acts as that token, in that unit's subtree. */
void register_act_as_token(Register *r, int64_t id, const char *unit_code);

/* A complete Enrolment with cash in UP-174, of a person with a phone of their own. */
Enrolment register_person(Register *r, int which);
/* Prepares and enrols. */
Status register_enrol(Register *r, Enrolment *e, Enrolled *ret);
/* The same of register_person(which), which must succeed; the member as read. */
Member register_member(Register *r, int which);
Member register_member_at(Register *r, int64_t serial);
/* Changes the state, which must succeed. */
void register_change(Register *r, Member *m, MemberState to);
/* The member's card, signed, whatever the state. */
Card register_card(Register *r, int64_t serial);

/* What is due, at most max of it, all in one apply. */
Status register_due(Ctx *ctx, const Due *due, int max, DueDone *ret);

Unit register_unit(Register *r, const char *code);
Tally register_tally(Register *r, const char *unit_code);
/* Joined and ended on the ctx's day. */
TallyDay register_day(Register *r, const char *unit_code);
/* The one integer of a statement. */
int64_t register_int(Register *r, const char *sql);
/* Runs statements. */
void register_run(Register *r, const char *sql);
/* Fails the test unless the counts are what the members say, and the file is whole. */
void register_agrees(Register *r);

#endif
