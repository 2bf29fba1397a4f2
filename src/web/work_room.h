/* Room for one long step of a request: files read or drawn take more than a request may. */
#ifndef WEB_WORK_ROOM_H
#define WEB_WORK_ROOM_H

#include "web/request.h"

/* Runs the step with an arena of its own in place of the request's, which lives as long as that:
 * what the step leaves may be shown. */
MUST_USE Status work_room_within(Request *rq, Status (*step)(Request *rq));

#endif
