/* Objects are closed (additionalProperties false) on both ways: what is not declared is a mistake,
 * of the caller or of ours. */
#include "web/openapi_schema.h"

#include "base/limits.h"

static void say(Arena *arena, View *to, const char *name, const char *value) {
    view_text(arena, to, name, text_of(value));
}

static View *find(View *object, const char *name) {
    for (View *at = object->first; at; at = at->next)
        if (strcmp(at->name, name) == 0) return at;
    return NULL;
}

View *openapi_schema_child(Arena *arena, View *object, const char *name) {
    View *found = find(object, name);
    return found ? found : view_object(arena, object, name);
}

static void add_choices(Arena *arena, View *schema, const char *choices) {
    View *list = view_list(arena, schema, "enum");
    Text rest = text_of(choices), choice;
    while (rest.ptr && text_split(&rest, '|', &choice)) view_item_text(arena, list, choice);
}

void openapi_schema_value(Arena *arena, View *schema, const Param *param) {
    static const char *const types[] = {
        [PARAM_TEXT] = "string", [PARAM_LINES] = "string",  [PARAM_INT] = "integer",
        [PARAM_BOOL] = "boolean", [PARAM_CHOICE] = "string", [PARAM_SECRET] = "string",
        [PARAM_FILE] = "string"};
    say(arena, schema, "type", types[param->type]);
    if (param->help) say(arena, schema, "description", param->help);
    if (param->type == PARAM_CHOICE) add_choices(arena, schema, param->choices);
    bool text = param->type == PARAM_TEXT || param->type == PARAM_LINES ||
                param->type == PARAM_SECRET;
    if (text)
        view_int(arena, schema, "maxLength",
                 param->max_bytes ? param->max_bytes : LIMIT_URL_BYTES);
    if (text && param->required) view_int(arena, schema, "minLength", 1);
    if (param->type == PARAM_INT && (param->min || param->max)) {
        view_int(arena, schema, "minimum", param->min);
        view_int(arena, schema, "maximum", param->max);
    }
}

/* Adds the name to the object's "required", once. */
static void require(Arena *arena, View *schema, Text name) {
    View *list = find(schema, "required");
    if (!list) list = view_list(arena, schema, "required");
    for (const View *item = list->first; item; item = item->next)
        if (text_eq(item->text, name)) return;
    view_item_text(arena, list, name);
}

/* The schema is one of an object, if it says nothing yet. */
static View *properties_of(Arena *arena, View *schema) {
    if (!find(schema, "type")) say(arena, schema, "type", "object");
    if (!find(schema, "additionalProperties"))
        view_bool(arena, schema, "additionalProperties", false);
    return openapi_schema_child(arena, schema, "properties");
}

void openapi_schema_param(Arena *arena, View *schema, const Param *param) {
    Text rest = text_of(param->name), part;
    while (text_split(&rest, '.', &part)) {
        View *properties = properties_of(arena, schema);
        if (param->required) require(arena, schema, part);
        schema = openapi_schema_child(arena, properties, arena_cstr(arena, part));
    }
    openapi_schema_value(arena, schema, param);
}

static void add_answer_type(Arena *arena, View *schema, const AnswerField *field) {
    static const char *const types[] = {[ANSWER_TEXT] = "string", [ANSWER_INT] = "integer",
                                        [ANSWER_BOOL] = "boolean", [ANSWER_OBJECT] = "object"};
    if (field->given == GIVEN_OR_NULL) {
        View *list = view_list(arena, schema, "type");
        view_item_text(arena, list, text_of(types[field->type]));
        view_item_text(arena, list, T("null"));
    } else {
        say(arena, schema, "type", types[field->type]);
    }
    if (field->help) say(arena, schema, "description", field->help);
    if (field->choices) add_choices(arena, schema, field->choices);
}

static void add_answer(Arena *arena, View *schema, const AnswerField *field) {
    Text rest = text_of(field->name), part;
    while (text_split(&rest, '.', &part)) {
        View *properties = properties_of(arena, schema);
        bool list = text_ends_with(part, T("[]")), last = !rest.ptr;
        if (list) part = text_slice(part, 0, part.len - 2);
        View *known = find(properties, arena_cstr(arena, part));
        bool sometimes = last && field->given == GIVEN_SOMETIMES;
        if (!known && !sometimes) require(arena, schema, part);
        schema = known ? known : view_object(arena, properties, arena_cstr(arena, part));
        if (!list) continue;
        if (!known) say(arena, schema, "type", "array");
        schema = openapi_schema_child(arena, schema, "items");
    }
    add_answer_type(arena, schema, field);
}

void openapi_schema_answer(Arena *arena, View *schema, const AnswerField *fields) {
    for (const AnswerField *field = fields; field && field->name; field++)
        add_answer(arena, schema, field);
}
