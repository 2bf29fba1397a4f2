/* From method and path to a row of the route table. */
#ifndef WEB_ROUTE_MATCH_H
#define WEB_ROUTE_MATCH_H

#include "web/route.h"

typedef struct RouteMatch {
    const Route *route;              /* NULL: none */
    Text values[REQUEST_PARAM_MAX];  /* of {name}s in order, still percent-encoded */
    int value_count;
    const char *allow; /* methods of the path when only the method does not fit; NULL otherwise */
    bool is_api;       /* how failures at this path are told, whatever the method */
} RouteMatch;

/* {name} stands for one segment that is not empty, a last {name*} for all the rest. Of several rows
 * that fit, the one with the fewest {name}s wins, then the first. HEAD goes with GET. */
void route_match(Text method, Text path, RouteMatch *ret);

#endif
