/* All route tables, one line a file. */
#include "web/route.h"

extern const Route asset_routes[], status_routes[], openapi_routes[];

const Route *const route_tables[] = {
    asset_routes,
    openapi_routes,
    status_routes,
    NULL,
};
