/* A walk over the tables. */
#include "web/route_print.h"

static const char *const kinds[] = {"static", "read", "write"};
static const char *const faces[] = {"page", "api", "file"};

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
    for (const Route *const *table = route_tables; *table; table++)
        for (const Route *route = *table; route->method; route++)
            buffer_printf(out, "%-4s %-36s %-6s %-4s %-11s %s\n", route->method, route->path,
                          kinds[route->kind], faces[route->face],
                          route_print_capability(route->needs), route->summary);
}

static void add_param(Arena *arena, View *list, const Param *param) {
    static const char *const places[] = {"path", "query", "form", "json", "header"};
    static const char *const types[] = {"text", "int", "bool", "choice", "secret"};
    View *item = view_item(arena, list);
    view_text(arena, item, "name", text_of(param->name));
    view_text(arena, item, "place", text_of(places[param->place]));
    view_text(arena, item, "type", text_of(types[param->type]));
    view_bool(arena, item, "required", param->required);
    view_int(arena, item, "max_bytes", param->max_bytes);
    if (param->choices) view_text(arena, item, "choices", text_of(param->choices));
}

void route_print_json(Arena *arena, View *document) {
    View *list = view_list(arena, document, "routes");
    for (const Route *const *table = route_tables; *table; table++) {
        for (const Route *route = *table; route->method; route++) {
            View *item = view_item(arena, list);
            view_text(arena, item, "method", text_of(route->method));
            view_text(arena, item, "path", text_of(route->path));
            view_text(arena, item, "kind", text_of(kinds[route->kind]));
            view_text(arena, item, "face", text_of(faces[route->face]));
            view_text(arena, item, "needs", text_of(route_print_capability(route->needs)));
            view_text(arena, item, "summary", text_of(route->summary));
            View *params = view_list(arena, item, "params");
            for (const Param *p = route->params; p && p->name; p++) add_param(arena, params, p);
        }
    }
}
