/* A walk over the tables. */
#include "web/route_print.h"

const char *route_print_capability(Capability needs) {
    switch (needs) {
    case CAN_NOTHING: return "public";
    case CAN_ENROL: return "enrol";
    case CAN_READ_MEMBER: return "read-member";
    case CAN_ADMINISTER: return "administer";
    }
    return "several";
}

void route_print(Buffer *out) {
    static const char *const kinds[] = {"static", "read", "write"};
    static const char *const faces[] = {"page", "api", "file"};
    for (const Route *const *table = route_tables; *table; table++)
        for (const Route *route = *table; route->method; route++)
            buffer_printf(out, "%-4s %-36s %-6s %-4s %-11s %s\n", route->method, route->path,
                          kinds[route->kind], faces[route->face],
                          route_print_capability(route->needs), route->summary);
}
