/* What every page shows around its own words: templates/head_open, layout_top, layout_bottom. */
#ifndef WEB_LAYOUT_H
#define WEB_LAYOUT_H

#include "domain/organisation.h"
#include "render/view.h"

/* Adds to a page's view: lang, other_lang, other_lang_name, this_path (for the language link; a
 * page that sets lang_form, the id of its form, has a button of that form instead), demo, and
 * organisation {name, name_other, code, monogram, host, registration, address, helpline,
 * helpline_dial, number_example}. Besides these the layout needs csrf, the object asset, and of
 * problem_form has_errors, errors, error_of. path: of this page, without query. */
void layout_fill(Ctx *ctx, View *page, const Organisation *org, bool demo, Text path);

#endif
