/* Walks the op table of a template over a view. A name that the view lacks ends the rendering:
 * half a page never leaves. */
#include "render/template.h"

#include "base/log.h"
#include "render/message_table.h"
#include "render/template_ops.h"

typedef struct Scope {
    const View *view;
    const struct Scope *outer;
} Scope;

typedef struct Render {
    Buffer *out;
    Lang lang;
    const char *page;
} Render;

static const Template *find(Text name) {
    int low = 0, high = template_count;
    while (low < high) {
        int middle = (low + high) / 2;
        int order = text_compare(templates[middle].name, name);
        if (order == 0) return &templates[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

bool template_exists(const char *name) { return find(text_of(name)) != NULL; }

static const View *look_up(const Scope *scope, const TemplateName *name) {
    if (text_eq(name->part[0], T("."))) return scope->view;
    const View *found = NULL;
    for (; scope && !found; scope = scope->outer) found = view_get(scope->view, name->part[0]);
    for (int i = 1; found && i < TEMPLATE_NAME_PARTS && name->part[i].len; i++)
        found = view_get(found, name->part[i]);
    return found;
}

static Text entity_of(char c) {
    switch (c) {
    case '&': return T("&amp;");
    case '<': return T("&lt;");
    case '>': return T("&gt;");
    case '"': return T("&quot;");
    case '\'': return T("&#39;");
    default: return TEXT_NONE;
    }
}

static void add_escaped(Buffer *out, Text t) {
    size_t from = 0;
    for (size_t i = 0; i < t.len; i++) {
        unsigned char c = (unsigned char)t.ptr[i];
        /* none of the five lies above '>' */
        if (c > '>') continue;
        Text entity = entity_of((char)c);
        if (!entity.len) continue;
        buffer_add(out, text_slice(t, from, i - from));
        buffer_add(out, entity);
        from = i + 1;
    }
    buffer_add(out, text_slice(t, from, t.len - from));
}

static Status refuse(const Render *r, const TemplateName *name) {
    log_error("template", "page=%s lacks or cannot write name=%.*s.%.*s", r->page,
              TEXT_ARG(name->part[0]), TEXT_ARG(name->part[1]));
    return INVALID;
}

static Status add_value(const Render *r, const Scope *scope, const TemplateName *name) {
    const View *value = look_up(scope, name);
    if (!value) return refuse(r, name);
    char digits[32];
    switch (value->kind) {
    case VIEW_NULL: return OK;
    case VIEW_TEXT: add_escaped(r->out, value->text); return OK;
    case VIEW_INT:
        buffer_add(r->out, (Text){digits, message_group_digits(value->number, digits)});
        return OK;
    default: return refuse(r, name);
    }
}

static Status add_html(const Render *r, const Scope *scope, const TemplateName *name) {
    const View *value = look_up(scope, name);
    if (!value || value->kind != VIEW_HTML) return refuse(r, name);
    buffer_add(r->out, value->text);
    return OK;
}

static Status add_message(const Render *r, const Scope *scope, const TemplateOp *op) {
    Text t = message_at(r->lang, op->jump);
    while (op->arg_count && t.len) {
        size_t open = text_find_byte(t, '{');
        size_t close = text_find_byte(t, '}');
        if (close == t.len || close < open) break;
        Text placeholder = text_slice(t, open + 1, close - open - 1);
        add_escaped(r->out, text_slice(t, 0, open));
        /* tools/templates.py saw to it that every placeholder has its argument */
        for (int i = 0; i < op->arg_count; i++)
            if (text_eq(op->args[i].placeholder, placeholder))
                TRY(add_value(r, scope, &op->args[i].name));
        t = text_slice(t, close + 1, t.len);
    }
    add_escaped(r->out, t);
    return OK;
}

static bool is_true(const View *view) {
    if (!view) return false;
    switch (view->kind) {
    case VIEW_NULL: return false;
    case VIEW_BOOL:
    case VIEW_INT: return view->number != 0;
    case VIEW_TEXT:
    case VIEW_HTML: return view->text.len > 0;
    case VIEW_LIST: return view->count > 0;
    case VIEW_OBJECT: return true;
    }
    return false;
}

static Status walk(const Render *r, const Scope *scope, const TemplateOp *op);

static Status walk_section(const Render *r, const Scope *scope, const TemplateOp *op) {
    const View *view = look_up(scope, &op->name);
    if (op->kind == TEMPLATE_INVERTED) return is_true(view) ? OK : walk(r, scope, op + 1);
    if (!is_true(view)) return OK;
    if (view->kind == VIEW_BOOL || view->kind == VIEW_INT) return walk(r, scope, op + 1);
    Scope inner = {view, scope};
    if (view->kind != VIEW_LIST) return walk(r, &inner, op + 1);
    for (inner.view = view->first; inner.view; inner.view = inner.view->next)
        TRY(walk(r, &inner, op + 1));
    return OK;
}

static Status walk(const Render *r, const Scope *scope, const TemplateOp *start) {
    const TemplateOp *op = start;
    for (;;) {
        switch (op->kind) {
        case TEMPLATE_CLOSE: return OK;
        case TEMPLATE_LITERAL: buffer_add(r->out, op->literal); break;
        case TEMPLATE_VALUE: TRY(add_value(r, scope, &op->name)); break;
        case TEMPLATE_HTML: TRY(add_html(r, scope, &op->name)); break;
        case TEMPLATE_MESSAGE: TRY(add_message(r, scope, op)); break;
        case TEMPLATE_PARTIAL: TRY(walk(r, scope, templates[op->jump].ops)); break;
        case TEMPLATE_SECTION:
        case TEMPLATE_INVERTED:
            TRY(walk_section(r, scope, op));
            op += op->jump;
            continue;
        }
        op++;
    }
}

Status template_render(Buffer *out, Arena *arena, Lang lang, const char *name, const View *view) {
    (void)arena;
    const Template *template = find(text_of(name));
    if (!template) return NOT_FOUND;
    Render r = {out, lang, name};
    Scope scope = {view, NULL};
    return walk(&r, &scope, template->ops);
}
