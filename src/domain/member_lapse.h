/* Who applied and neither claimed nor paid, or whose claim was rejected and who left it at that:
 * the membership lapses, the person is forgotten. */
#ifndef DOMAIN_MEMBER_LAPSE_H
#define DOMAIN_MEMBER_LAPSE_H

#include "domain/due.h"
#include "domain/member.h"

enum { MEMBER_LAPSE_DAYS = 30 };

/* Lapses who applied, or was rejected, more than MEMBER_LAPSE_DAYS ago and of whom nothing is under
 * way: no claim, no money that is left, no open appeal; those are passed over. Erases the person:
 * the sealed key, names, phone and its place, guardian, photo, what was added or asked. */
extern const Due member_lapse_due;

#endif
