/* Trees of named values: nodes in the arena, linked in the order they were set. */
#include "render/view.h"

#include <assert.h>

View *view_new(Arena *arena) {
    View *view = ARENA_NEW(arena, View);
    view->kind = VIEW_OBJECT;
    return view;
}

static View *append(Arena *arena, View *parent, ViewKind kind, const char *name) {
    View *child = ARENA_NEW(arena, View);
    child->kind = kind;
    child->name = name;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    parent->count++;
    return child;
}

static View *set(Arena *arena, View *object, ViewKind kind, const char *name) {
    assert(object->kind == VIEW_OBJECT && name);
    assert(!view_get(object, text_of(name)));
    return append(arena, object, kind, name);
}

void view_text(Arena *arena, View *object, const char *name, Text value) {
    set(arena, object, VIEW_TEXT, name)->text = value;
}

void view_int(Arena *arena, View *object, const char *name, int64_t value) {
    set(arena, object, VIEW_INT, name)->number = value;
}

void view_bool(Arena *arena, View *object, const char *name, bool value) {
    set(arena, object, VIEW_BOOL, name)->number = value;
}

void view_null(Arena *arena, View *object, const char *name) {
    (void)set(arena, object, VIEW_NULL, name);
}

void view_html(Arena *arena, View *object, const char *name, Text markup) {
    set(arena, object, VIEW_HTML, name)->text = markup;
}

View *view_object(Arena *arena, View *object, const char *name) {
    return set(arena, object, VIEW_OBJECT, name);
}

View *view_list(Arena *arena, View *object, const char *name) {
    return set(arena, object, VIEW_LIST, name);
}

View *view_item(Arena *arena, View *list) {
    assert(list->kind == VIEW_LIST);
    return append(arena, list, VIEW_OBJECT, NULL);
}

void view_item_text(Arena *arena, View *list, Text value) {
    assert(list->kind == VIEW_LIST);
    append(arena, list, VIEW_TEXT, NULL)->text = value;
}

const View *view_get(const View *object, Text name) {
    if (!object || object->kind != VIEW_OBJECT) return NULL;
    for (const View *child = object->first; child; child = child->next)
        if (strncmp(child->name, name.ptr, name.len) == 0 && !child->name[name.len]) return child;
    return NULL;
}

void view_join(View *object, View *from) {
    assert(object->kind == VIEW_OBJECT && from->kind == VIEW_OBJECT);
    if (!from->first) return;
    if (object->last)
        object->last->next = from->first;
    else
        object->first = from->first;
    object->last = from->last;
    object->count += from->count;
    from->first = from->last = NULL;
    from->count = 0;
}

void view_list_end(Arena *arena, View *view, int count, bool full, const char *path, int64_t last) {
    view_bool(arena, view, "none", count == 0);
    view_text(arena, view, "next",
              full ? arena_printf(arena, "%s%lld", path, (long long)last) : T(""));
}

void view_next(Arena *arena, View *view, bool more, int64_t last) {
    if (more)
        view_int(arena, view, "next", last);
    else
        view_null(arena, view, "next");
}
