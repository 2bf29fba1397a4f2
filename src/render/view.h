/* What a handler says, as a tree of named values in the arena. The same view is drawn as HTML by
 * a template or encoded as JSON: one handler, two faces. */
#ifndef RENDER_VIEW_H
#define RENDER_VIEW_H

#include "base/buffer.h"
#include "base/ctx.h"

typedef enum ViewKind {
    VIEW_NULL,
    VIEW_BOOL,
    VIEW_INT,
    VIEW_TEXT,
    VIEW_HTML,
    VIEW_OBJECT,
    VIEW_LIST,
} ViewKind;
typedef struct View View;

struct View {
    ViewKind kind;
    const char *name; /* inside an object */
    int64_t number;   /* VIEW_INT, VIEW_BOOL */
    Text text;        /* VIEW_TEXT, VIEW_HTML */
    View *first, *last; /* children of objects and lists */
    View *next;
    size_t count;
};

View *view_new(Arena *arena); /* an empty object */
/* Adds to an object; names are string constants; texts are kept by reference: they must live as
 * long as the arena. Setting a name twice is a bug (assertion). */
void view_text(Arena *arena, View *object, const char *name, Text value);
void view_int(Arena *arena, View *object, const char *name, int64_t value);
void view_bool(Arena *arena, View *object, const char *name, bool value);
void view_null(Arena *arena, View *object, const char *name);
/* Trusted markup made by this program (charts, QR): never from input. Left out of JSON. */
void view_html(Arena *arena, View *object, const char *name, Text markup);
View *view_object(Arena *arena, View *object, const char *name);
View *view_list(Arena *arena, View *object, const char *name);
/* Appends to a list. */
View *view_item(Arena *arena, View *list);
void view_item_text(Arena *arena, View *list, Text value);
/* Moves all of from's children behind those of object; from is empty then. */
void view_join(View *object, View *from);
/* Child of an object by name, or NULL. */
const View *view_get(const View *object, Text name);

/* Compact JSON (RFC 8259), keys in the order they were set. */
void json_write(Buffer *out, const View *view);
/* Below a list of count items: "none" when there are none, and "next", the address of the next page
 * (path and the last item's id), empty unless the page is full. */
void view_list_end(Arena *arena, View *view, int count, bool full, const char *path, int64_t last);
/* The same for programs: "next", what the next page is asked for with, null when there is none. */
void view_next(Arena *arena, View *view, bool more, int64_t last);

#endif
