/* HTML templates of templates/, compiled into tables when built (tools/templates.py checks names
 * of templates and messages then).
 *
 *   {{name}}            value, escaped (dotted: {{member.name}}); integers grouped as in India
 *   {{{name}}}          only for VIEW_HTML values
 *   {{#name}}…{{/name}} list: for each item; object: inside it; true or non-empty text: once
 *   {{^name}}…{{/name}} missing, false, empty, zero
 *   {{>layout_form}}    another template, same scope
 *   {{_key}}            message of po/ in the reader's language; {{_key a=name}} with arguments
 *
 * A name is looked for in the innermost scope first, then outwards. A value that is nowhere in
 * the view, or cannot be written so (a list, raw text), is logged and ends the rendering: templates
 * name only what the view has. Sections may ask for what is not there. {{.}} is the innermost
 * object, item or text. Years and PIN codes go in as texts: integers would be grouped.
 * Indentation and blank lines are left out of the pages. */
#ifndef RENDER_TEMPLATE_H
#define RENDER_TEMPLATE_H

#include "render/view.h"

/* Renders templates/<name>.html into out. NOT_FOUND for no such template, INVALID when it names
 * what the view has not. */
MUST_USE Status template_render(Buffer *out, Arena *arena, Lang lang, const char *name,
                                const View *view);
bool template_exists(const char *name);

#endif
