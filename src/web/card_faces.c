/* What stands on the card, in words. */
#include "web/card_faces.h"

#include "base/clock.h"
#include "render/messages.h"

Text card_faces_unit(Arena *arena, const Card *card, Lang lang) {
    Text unit = unit_name(&card->unit, lang);
    Text state = lang == LANG_HI ? card->state_name_hi : card->state_name_en;
    if (!state.len) return unit;
    return arena_printf(arena, "%.*s, %.*s", TEXT_ARG(unit), TEXT_ARG(state));
}

Lang card_faces_lang(const Card *card) {
    Text name = card->member.name;
    for (size_t at = 0; at < name.len;) {
        uint32_t cp = text_next_codepoint(name, &at);
        if (cp >= 0x900 && cp <= 0x97F) return LANG_HI; /* Devanagari */
    }
    return LANG_EN;
}

static uint32_t colour_of(Text accent) {
    uint8_t rgb[3] = {0x34, 0x35, 0x7a};
    if (accent.len == 7) (void)text_unhex(text_slice(accent, 1, 6), rgb, 3);
    return (uint32_t)rgb[0] << 16 | (uint32_t)rgb[1] << 8 | rgb[2];
}

static Text with(Ctx *ctx, const char *key, const char *name, Text value) {
    ErrorArg arg = {name, value};
    return message_with(ctx->arena, ctx->lang, key, &arg, 1);
}

static void fill_labels(Ctx *ctx, CardFace *f) {
    const Organisation *org = ctx->org;
    Lang lang = ctx->lang;
    f->label_member_since = message(lang, "card_label_since");
    f->label_valid = message(lang, "card_label_valid");
    f->label_number = message(lang, "card_label_number");
    f->label_unit = message(lang, "card_label_unit");
    f->front_scan = message(lang, "card_front_scan");
    f->back_check = with(ctx, "card_back_check", "host", org->host);
    f->back_not_id = message(lang, "card_back_not_id");
    f->back_found = org->helpline.len ? with(ctx, "card_back_found", "phone", org->helpline)
                                      : message(lang, "card_back_found_no_phone");
    if (org->registration_no.len)
        f->registration = with(ctx, "card_back_registration", "number", org->registration_no);
    f->address = org->address;
    if (org->helpline.len) f->helpline = with(ctx, "card_back_helpline", "phone", org->helpline);
}

void card_faces_fill(Ctx *ctx, const Card *card, CardFace *ret) {
    const Organisation *org = ctx->org;
    const Member *m = &card->member;
    bool hindi = ctx->lang == LANG_HI;
    Lang other = hindi ? LANG_EN : LANG_HI;
    *ret = (CardFace){
        .organisation = organisation_name(org, ctx->lang),
        .organisation_alt = organisation_name(org, other),
        .accent = colour_of(org->accent),
        .name = m->name,
        .name_alt = m->name_alt,
        .number = card->number,
        .unit = card_faces_unit(ctx->arena, card, ctx->lang),
        .kind = hindi ? card->kind.name_hi : card->kind.name_en,
        .since = message_day(ctx->arena, ctx->lang, clock_day(m->joined_at, org->zone_offset_s)),
        .post_count = card->post_count,
        .check_url = card->check_url,
        .check_host = org->host,
        .signed_code = card->signed_code,
    };
    if (text_eq(ret->organisation, ret->organisation_alt)) ret->organisation_alt = T("");
    ret->valid_until = m->expires_at ? message_day(ctx->arena, ctx->lang,
                                                   clock_day(m->expires_at, org->zone_offset_s))
                                     : message(ctx->lang, "card_for_life");
    for (int i = 0; i < card->post_count && i < CARD_POSTS_MAX; i++)
        ret->posts[i] = hindi ? card->post_hi[i] : card->post_en[i];
    if (m->state == MEMBER_PROVISIONAL) ret->provisional = message(ctx->lang, "card_mark_provisional");
    fill_labels(ctx, ret);
}
