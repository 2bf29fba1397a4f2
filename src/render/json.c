/* A view as compact JSON (RFC 8259). */
#include "render/view.h"

static void write_text(Buffer *out, Text t) {
    static const char hex[] = "0123456789abcdef";
    size_t from = 0;
    buffer_byte(out, '"');
    for (size_t i = 0; i < t.len; i++) {
        unsigned char c = (unsigned char)t.ptr[i];
        /* "<" too: no browser that guesses types finds markup in an answer */
        if (c >= 0x20 && c != '"' && c != '\\' && c != '<') continue;
        buffer_add(out, text_slice(t, from, i - from));
        from = i + 1;
        buffer_byte(out, '\\');
        if (c == '"' || c == '\\') {
            buffer_byte(out, (char)c);
        } else if (c == '\n') {
            buffer_byte(out, 'n');
        } else {
            char escape[5] = {'u', '0', '0', hex[c >> 4], hex[c & 15]};
            buffer_add(out, (Text){escape, sizeof escape});
        }
    }
    buffer_add(out, text_slice(t, from, t.len - from));
    buffer_byte(out, '"');
}

static void write_children(Buffer *out, const View *view, bool named) {
    bool first = true;
    for (const View *child = view->first; child; child = child->next) {
        if (child->kind == VIEW_HTML) continue;
        if (!first) buffer_byte(out, ',');
        first = false;
        if (named) {
            buffer_byte(out, '"');
            buffer_add(out, text_of(child->name)); /* a constant of ours: nothing to escape */
            buffer_add(out, T("\":"));
        }
        json_write(out, child);
    }
}

void json_write(Buffer *out, const View *view) {
    switch (view->kind) {
    case VIEW_NULL:
    case VIEW_HTML: buffer_add(out, T("null")); break;
    case VIEW_BOOL: buffer_add(out, view->number ? T("true") : T("false")); break;
    case VIEW_INT: buffer_int(out, view->number); break;
    case VIEW_TEXT: write_text(out, view->text); break;
    case VIEW_OBJECT:
        buffer_byte(out, '{');
        write_children(out, view, true);
        buffer_byte(out, '}');
        break;
    case VIEW_LIST:
        buffer_byte(out, '[');
        write_children(out, view, false);
        buffer_byte(out, ']');
        break;
    }
}
