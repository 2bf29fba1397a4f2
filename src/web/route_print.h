/* The route table for people: the verb `routes`. */
#ifndef WEB_ROUTE_PRINT_H
#define WEB_ROUTE_PRINT_H

#include "base/buffer.h"
#include "web/route.h"

/* One line a route: method, path, kind, face, capability, summary, in columns. */
void route_print(Buffer *out);
/* The same for programs: {"routes": [{method, path, kind, face, needs, summary, params}]}. */
void route_print_json(Arena *arena, View *document);
/* "public", "enrol", "read-member", "administer". */
const char *route_print_capability(Capability needs);

#endif
