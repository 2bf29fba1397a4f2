/* What the template names. */
#include "web/code_form.h"

#include "render/messages.h"
#include "web/app.h"

void code_form_fill(Request *rq, const CodeForm *form) {
    Arena *arena = rq->ctx.arena;
    Text shown = rq->app->demo ? form->demo_code : TEXT_NONE;
    view_text(arena, rq->view, "demo_code", arena_copy(arena, shown));
    view_text(arena, rq->view, "code_action", form->action);
    view_text(arena, rq->view, "code_again", form->again);
    view_text(arena, rq->view, "code_hint", message(rq->ctx.lang, form->hint));
    view_text(arena, rq->view, "code_button", message(rq->ctx.lang, form->button));
}
