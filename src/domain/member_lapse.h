/* Who applied and neither claimed nor paid, or whose claim was rejected and who left it at that:
 * the membership lapses, the person is forgotten. */
#ifndef DOMAIN_MEMBER_LAPSE_H
#define DOMAIN_MEMBER_LAPSE_H

#include "domain/member.h"

enum { MEMBER_LAPSE_DAYS = 30, MEMBER_LAPSE_CHUNK = 100 };

/* Lapses who applied, or was rejected, more than days ago and of whom nothing is under way: no
 * claim, no money that is left, no open appeal. Erases the person: the sealed key, names, phone and
 * its place, guardian, photo, what was added or asked. At most max, up to MEMBER_LAPSE_CHUNK, are
 * looked at, from the cursor on, which starts zeroed; *ret_more: there may be others. A write. */
MUST_USE Status member_lapse_due(Ctx *ctx, int days, int max, MemberCursor *cursor,
                                 int64_t *ret_lapsed, bool *ret_more);

#endif
