/* Fills the layout from the organisation and the reader's language. */
#include "web/layout.h"

#include "render/card_initials.h"

static void add_text(Ctx *ctx, View *to, const char *name, Text value) {
    view_text(ctx->arena, to, name, value);
}

/* "0512-234 567 (10-5)" → "0512234567105": what a telephone can dial. */
static Text dialled(Arena *arena, Text phone) {
    Buffer out = buffer_in(arena, 64);
    for (size_t i = 0; i < phone.len && out.len < 20; i++) {
        char c = phone.ptr[i];
        if ((c >= '0' && c <= '9') || (c == '+' && !out.len)) buffer_byte(&out, c);
    }
    return buffer_text(&out);
}

static void add_organisation(Ctx *ctx, View *page, const Organisation *org) {
    Lang other = ctx->lang == LANG_HI ? LANG_EN : LANG_HI;
    Text name = organisation_name(org, ctx->lang), name_other = organisation_name(org, other);
    char initials[CARD_INITIALS_BYTES];
    View *to = view_object(ctx->arena, page, "organisation");
    add_text(ctx, to, "name", name);
    add_text(ctx, to, "name_other", text_eq(name, name_other) ? TEXT_NONE : name_other);
    add_text(ctx, to, "code", org->code);
    add_text(ctx, to, "monogram", arena_copy(ctx->arena, card_initials(name, initials)));
    add_text(ctx, to, "host", org->host);
    add_text(ctx, to, "registration", org->registration_no);
    add_text(ctx, to, "address", org->address);
    add_text(ctx, to, "helpline", org->helpline);
    add_text(ctx, to, "helpline_dial", dialled(ctx->arena, org->helpline));
    add_text(ctx, to, "number_example",
             arena_printf(ctx->arena, "%.*s-204-7719-0350", TEXT_ARG(org->code)));
}

void layout_fill(Ctx *ctx, View *page, const Organisation *org, bool demo, Text path) {
    bool hindi = ctx->lang == LANG_HI;
    add_text(ctx, page, "lang", hindi ? T("hi") : T("en"));
    add_text(ctx, page, "other_lang", hindi ? T("en") : T("hi"));
    add_text(ctx, page, "other_lang_name", hindi ? T("English") : T("हिंदी"));
    add_text(ctx, page, "this_path", path);
    view_bool(ctx->arena, page, "demo", demo);
    add_organisation(ctx, page, org);
}
