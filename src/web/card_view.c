/* The words around a card's values. */
#include "web/card_view.h"

#include "base/clock.h"
#include "media/photo.h"
#include "render/messages.h"

Text card_view_place(Ctx *ctx, const Card *card, Lang lang) {
    Text unit = unit_name(&card->unit, lang);
    Text state = lang == LANG_HI ? card->state_name_hi : card->state_name_en;
    if (!state.len || text_eq(unit, state)) return unit;
    return arena_printf(ctx->arena, "%.*s, %.*s", TEXT_ARG(unit), TEXT_ARG(state));
}

Text card_view_day(Ctx *ctx, int64_t time_s, Lang lang) {
    return message_day(ctx->arena, lang, clock_day(time_s, ctx->org->zone_offset_s));
}

Text card_view_kind(const Card *card, Lang lang) {
    Text name = lang == LANG_HI ? card->kind.name_hi : card->kind.name_en;
    return name.len ? name : card->kind.name_en;
}

Text card_view_valid_until(Ctx *ctx, const Card *card, Lang lang) {
    if (!card->member.expires_at) return message(lang, "card_for_life");
    return card_view_day(ctx, card->member.expires_at, lang);
}

uint32_t card_view_accent(Text accent) {
    uint8_t rgb[3];
    if (accent.len == 7 && accent.ptr[0] == '#' && text_unhex(text_slice(accent, 1, 6), rgb, 3))
        return (uint32_t)rgb[0] << 16 | (uint32_t)rgb[1] << 8 | rgb[2];
    return 0x34357a;
}

static void fill_labels(Ctx *ctx, CardFace *face) {
    Lang lang = ctx->lang;
    ErrorArg host = {"host", ctx->org->host};
    face->label_member_since = message(lang, "card_label_since");
    face->label_valid = message(lang, "card_label_valid");
    face->label_number = message(lang, "card_label_number");
    face->label_unit = message(lang, "card_label_unit");
    face->back_check = message_with(ctx->arena, lang, "card_back_check", &host, 1);
    face->back_found = message(lang, ctx->org->helpline.len ? "card_back_found"
                                                            : "card_back_found_no_phone");
    face->back_not_id = message(lang, "card_back_not_id");
    face->front_scan = message(lang, "card_front_scan");
}

Text card_view_registration(Ctx *ctx) {
    if (!ctx->org->registration_no.len) return TEXT_NONE;
    ErrorArg number = {"number", ctx->org->registration_no};
    return message_with(ctx->arena, ctx->lang, "layout_registration", &number, 1);
}

Text card_view_helpline(Ctx *ctx) {
    if (!ctx->org->helpline.len) return TEXT_NONE;
    ErrorArg phone = {"phone", ctx->org->helpline};
    return message_with(ctx->arena, ctx->lang, "layout_helpline", &phone, 1);
}

/* One that does not open leaves the initials. */
static void add_photo(Ctx *ctx, const Card *card, CardFace *face) {
    const PhotoLimits own = {.bytes = PHOTO_JPEG_BYTES, .pixels = PHOTO_SIDE_PX * PHOTO_SIDE_PX,
                             .memory = 1 << 20, .side_min = PHOTO_SIDE_PX};
    Photo photo;
    if (!card->photo.len) return;
    if (photo_read(ctx, card->photo, &own, &photo) != OK)
        ctx_forget_errors(ctx);
    else if (photo.width == photo.height)
        face->photo = (CardPhoto){photo.width, photo.rgb, card->photo};
}

static void add_optional(Ctx *ctx, const MemberOptional *o, CardFace *face) {
    ErrorArg name = {"name", o->relative}, group = {"group", o->blood_group};
    ErrorArg phone = {"phone", o->emergency};
    int64_t born;
    Text blood = TEXT_NONE, call = TEXT_NONE;
    if (o->relative.len)
        face->relative = message_with(ctx->arena, ctx->lang, "card_relative", &name, 1);
    if (clock_parse_day(o->birth_date, &born)) {
        ErrorArg day = {"day", message_day(ctx->arena, ctx->lang, born)};
        face->born = message_with(ctx->arena, ctx->lang, "card_born", &day, 1);
    }
    if (o->blood_group.len)
        blood = message_with(ctx->arena, ctx->lang, "card_blood_group", &group, 1);
    if (o->emergency.len) call = message_with(ctx->arena, ctx->lang, "card_emergency", &phone, 1);
    const char *between = blood.len && call.len ? " · " : "";
    face->in_need = arena_printf(ctx->arena, "%.*s%s%.*s", TEXT_ARG(blood), between,
                                 TEXT_ARG(call));
}

void card_view_face(Ctx *ctx, const Card *card, CardFace *ret) {
    const Organisation *org = ctx->org;
    Lang lang = ctx->lang, other = lang == LANG_HI ? LANG_EN : LANG_HI;
    Text name = organisation_name(org, lang), name_other = organisation_name(org, other);
    *ret = (CardFace){
        .organisation = name,
        .organisation_alt = text_eq(name, name_other) ? TEXT_NONE : name_other,
        .accent = card_view_accent(org->accent),
        .slogan = organisation_slogan_text(&card->slogan, lang),
        .name = card->member.name,
        .name_alt = card->member.name_alt,
        .number = card->number,
        .unit = card_view_place(ctx, card, lang),
        .kind = card_view_kind(card, lang),
        .since = card_view_day(ctx, card->member.joined_at, lang),
        .valid_until = card_view_valid_until(ctx, card, lang),
        .check_url = card->check_url,
        .check_host = org->host,
        .signed_code = card->signed_code,
        .registration = card_view_registration(ctx),
        .address = org->address,
        .helpline = card_view_helpline(ctx),
    };
    if (card->member.state == MEMBER_PROVISIONAL)
        ret->provisional = message(lang, "card_mark_provisional");
    if (card->member.state == MEMBER_SUSPENDED)
        ret->provisional = message(lang, "card_mark_suspended");
    for (int i = 0; i < card->post_count && i < CARD_POSTS_MAX; i++)
        ret->posts[ret->post_count++] = lang == LANG_HI ? card->post_hi[i] : card->post_en[i];
    add_photo(ctx, card, ret);
    add_optional(ctx, &card->optional, ret);
    fill_labels(ctx, ret);
}
