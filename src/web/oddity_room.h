/* Oddities for the desk and the API: the same look and the same acts, shown two ways. */
#ifndef WEB_ODDITY_ROOM_H
#define WEB_ODDITY_ROOM_H

#include "domain/denial.h"
#include "domain/oddity_members.h"
#include "web/route.h"

enum { ODDITY_ROOM_PAGE = 50 };

/* An oddity with what is said of it. */
typedef struct OddityShown {
    Oddity oddity;
    Enroller enroller;
    Unit unit;
} OddityShown;

/* The handlers' state: of a list, or of one. */
typedef struct OddityRoom {
    OddityFilter filter;
    Unit top; /* of the list */
    int64_t total;
    OddityShown list[ODDITY_ROOM_PAGE];
    int count;
    OddityShown one;
    OddityMembers members;
    Enroller *enrollers; /* of the members */
    int suspended;
    bool more; /* others are still to be suspended */
} OddityRoom;

/* For rows of the route tables: parameters, prepare and apply. List: kind, state, unit, before. */
extern const Param oddity_room_list_params[];
MUST_USE Status oddity_room_prepare(Request *rq);
MUST_USE Status oddity_room_list(Request *rq);
/* One (parameter id) with a page of its members (after), each look recorded: a write. */
extern const Param oddity_room_one_params[];
MUST_USE Status oddity_room_one(Request *rq);
/* The same without members: a read. */
MUST_USE Status oddity_room_bare(Request *rq);
/* Parameters state and note; reason. */
MUST_USE Status oddity_room_decide(Request *rq);
MUST_USE Status oddity_room_suspend(Request *rq);

#endif
