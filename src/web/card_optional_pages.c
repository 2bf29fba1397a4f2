/* What a member may add to the card: a name and the date of birth on the front, help in need on the
 * back. */
#include "base/limits.h"
#include "domain/member_optional.h"
#include "render/messages.h"
#include "web/card_act.h"

static Status optional_prepare(Request *rq) {
    TRY(card_act_prepare_step(rq, "more"));
    ((CardAct *)rq->state)->own = ARENA_NEW(rq->ctx.arena, MemberOptional);
    return OK;
}

static Status optional_load(Request *rq) {
    CardAct *act = rq->state;
    TRY(card_act_load(rq));
    return act->open ? member_optional_read(&rq->ctx, &act->card.member, act->own) : OK;
}

/* The date's three fields, as they are typed. */
typedef struct BirthFields {
    Text day, month, year;
} BirthFields;

static Text without_zero(Text number) {
    return text_starts_with(number, T("0")) ? text_slice(number, 1, number.len) : number;
}

static BirthFields kept_date(Text iso) {
    if (!iso.len) return (BirthFields){TEXT_NONE, TEXT_NONE, TEXT_NONE};
    return (BirthFields){without_zero(text_slice(iso, 8, 2)), without_zero(text_slice(iso, 5, 2)),
                         text_slice(iso, 0, 4)};
}

static BirthFields typed_date(const Request *rq) {
    return (BirthFields){request_text(rq, "birth_day"), request_text(rq, "birth_month"),
                         request_text(rq, "birth_year")};
}

static void fill_date(Request *rq, const BirthFields *date) {
    Arena *arena = rq->ctx.arena;
    view_text(arena, rq->view, "birth_day", date->day);
    view_text(arena, rq->view, "birth_year", date->year);
    View *list = view_list(arena, rq->view, "months");
    for (int month = 1; month <= 12; month++) {
        View *item = view_item(arena, list);
        Text value = arena_printf(arena, "%d", month);
        view_text(arena, item, "value", value);
        view_text(arena, item, "month",
                  message(rq->ctx.lang, arena_printf(arena, "month_%02d", month).ptr));
        view_bool(arena, item, "chosen", text_eq(value, date->month));
    }
}

static void fill(Request *rq, const MemberOptional *shown, const BirthFields *date) {
    static const char *const groups[] = {"A+", "A-", "B+", "B-", "AB+", "AB-", "O+", "O-"};
    Arena *arena = rq->ctx.arena;
    view_text(arena, rq->view, "card_path", card_act_path(rq, ""));
    view_text(arena, rq->view, "relative", shown->relative);
    view_text(arena, rq->view, "emergency", shown->emergency);
    fill_date(rq, date);
    View *list = view_list(arena, rq->view, "groups");
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        View *item = view_item(arena, list);
        view_text(arena, item, "group", text_of(groups[i]));
        view_bool(arena, item, "chosen", text_eq(text_of(groups[i]), shown->blood_group));
    }
}

static Status optional_page(Request *rq) {
    if (card_act_lead_to_code(rq)) return OK;
    const MemberOptional *kept = ((const CardAct *)rq->state)->own;
    BirthFields date = kept_date(kept->birth_date);
    fill(rq, kept, &date);
    return OK;
}

static MemberOptional typed(const Request *rq) {
    return (MemberOptional){.relative = request_text(rq, "relative"),
                            .blood_group = request_text(rq, "blood_group"),
                            .emergency = request_text(rq, "emergency")};
}

/* Without any of the three there is none; a part that is missing counts as 0, which is no date. */
static Status read_date(Request *rq, Text *ret) {
    BirthFields date = typed_date(rq);
    if (!date.day.len && !date.month.len && !date.year.len) return OK;
    return member_optional_birth_date(&rq->ctx, request_int(rq, "birth_day"),
                                      request_int(rq, "birth_month"), request_int(rq, "birth_year"),
                                      ret);
}

static Status save_prepare(Request *rq) {
    TRY(optional_prepare(rq));
    MemberOptional *optional = ((CardAct *)rq->state)->own;
    *optional = typed(rq);
    Status date = read_date(rq, &optional->birth_date);
    Status rest = member_optional_check(&rq->ctx, optional);
    return date != OK ? date : rest;
}

static Status save_apply(Request *rq) {
    const CardAct *act = rq->state;
    TRY(card_act_demand(rq));
    return member_optional_put(&rq->ctx, &act->card.member, act->own);
}

static Status saved(Request *rq) {
    request_redirect(rq, card_act_path(rq, "?done=added"));
    return OK;
}

static Status refused(Request *rq) {
    MemberOptional as_typed = typed(rq);
    BirthFields date = typed_date(rq);
    fill(rq, &as_typed, &date);
    return OK;
}

/* Judged by the domain, all three together. */
#define DATE_PART(field, words)                                                                    \
    {                                                                                              \
        .name = field, .place = PARAM_FORM, .type = PARAM_INT, .max_bytes = 16,                    \
        .message = "birth_date_form", .help = words                                                \
    }

static const Param token_only[] = {CARD_TOKEN_PARAM, {0}};
static const Param fields[] = {
    CARD_TOKEN_PARAM,
    {.name = "relative", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = LIMIT_NAME_BYTES,
     .message = "join_name_again", .help = "A parent's or spouse's name"},
    DATE_PART("birth_day", "Date of birth: the day"),
    DATE_PART("birth_month", "The month, 1 to 12"),
    DATE_PART("birth_year", "The year, the one of joining"),
    {.name = "blood_group", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = 8,
     .message = "blood_group_form", .help = "A+ to O-"},
    {.name = "emergency", .place = PARAM_FORM, .type = PARAM_TEXT,
     .max_bytes = LIMIT_PHONE_BYTES, .message = "phone_form", .help = "Whom to call"},
    {0},
};

extern const Route card_optional_routes[];
const Route card_optional_routes[] = {
    {.method = "GET", .path = "/card/{token}/more", .kind = ROUTE_READ, .face = FACE_PAGE,
     .params = token_only, .prepare = optional_prepare, .apply = optional_load,
     .render = optional_page, .page = "card_more", .summary = "What a member may add to the card"},
    {.method = "POST", .path = "/card/{token}/more", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = fields, .prepare = save_prepare, .apply = save_apply, .render = saved,
     .on_error = refused, .page = "card_more", .summary = "Keeps it, sealed"},
    {0},
};
