/* Oddities for programs. */
#include "base/limits.h"
#include "web/oddity_room.h"

static void view_enroller(Arena *arena, View *to, const Enroller *e, int64_t token_id) {
    view_text(arena, to, "enrolled_by", e->number);
    view_text(arena, to, "token_label", e->label);
    if (token_id)
        view_int(arena, to, "token", token_id);
    else
        view_null(arena, to, "token");
}

static void add(Arena *arena, View *v, const OddityShown *s) {
    const Oddity *o = &s->oddity;
    view_int(arena, v, "id", o->id);
    view_text(arena, v, "kind", oddity_kind_text(o->kind));
    view_text(arena, v, "unit", s->unit.code);
    view_int(arena, v, "found", o->found);
    view_int(arena, v, "out_of", o->out_of);
    view_int(arena, v, "first_at", o->first_at);
    view_int(arena, v, "last_at", o->last_at);
    view_enroller(arena, v, &s->enroller, o->enrolled_by);
    view_bool(arena, v, "several", o->several);
    view_text(arena, v, "state", oddity_state_text(o->state));
    view_text(arena, v, "decided_by", o->decided_by);
    view_text(arena, v, "note", o->note);
}

static Status list_render(Request *rq) {
    const OddityRoom *room = rq->state;
    Arena *arena = rq->ctx.arena;
    view_int(arena, rq->view, "total", room->total);
    View *list = view_list(arena, rq->view, "oddities");
    for (int i = 0; i < room->count; i++) add(arena, view_item(arena, list), &room->list[i]);
    view_next(arena, rq->view, room->count == ODDITY_ROOM_PAGE,
              room->count ? room->list[room->count - 1].oddity.id : 0);
    return OK;
}

static Status one_render(Request *rq) {
    const OddityRoom *room = rq->state;
    Arena *arena = rq->ctx.arena;
    add(arena, rq->view, &room->one);
    View *members = view_list(arena, rq->view, "members");
    for (int i = 0; i < room->members.count; i++) {
        const OddityMember *m = &room->members.list[i];
        View *item = view_item(arena, members);
        view_text(arena, item, "number", number_text_in(arena, &m->member.number));
        view_text(arena, item, "name", m->member.name);
        view_text(arena, item, "unit", m->unit_code);
        view_text(arena, item, "state", member_state_text(m->member.state));
        view_int(arena, item, "joined_at", m->member.joined_at);
        view_enroller(arena, item, &room->enrollers[i], m->member.enrolled_by);
    }
    view_int(arena, rq->view, "hidden", room->members.hidden);
    view_next(arena, rq->view, room->members.after >= 0, room->members.after);
    return OK;
}

static Status decided_render(Request *rq) {
    const OddityRoom *room = rq->state;
    add(rq->ctx.arena, rq->view, &room->one);
    return OK;
}

static Status suspended_render(Request *rq) {
    const OddityRoom *room = rq->state;
    view_int(rq->ctx.arena, rq->view, "suspended", room->suspended);
    view_bool(rq->ctx.arena, rq->view, "more", room->more);
    return OK;
}

static const Param decide_params[] = {
    {"id", PARAM_PATH, PARAM_INT, true, 0, 1, INT64_MAX, NULL, "oddity_not_found", "of the list"},
    {"state", PARAM_JSON, PARAM_CHOICE, true, 0, 0, 0, "examined|fine|acted",
     "oddity_state_unknown", "what it is now"},
    {"note", PARAM_JSON, PARAM_TEXT, false, LIMIT_REASON_BYTES, 0, 0, NULL, "oddity_note_missing",
     "what was found; needed for fine and acted; no personal data"},
    {.name = NULL},
};
static const Param suspend_params[] = {
    {"id", PARAM_PATH, PARAM_INT, true, 0, 1, INT64_MAX, NULL, "oddity_not_found", "of the list"},
    {"reason", PARAM_JSON, PARAM_TEXT, true, LIMIT_REASON_BYTES, 0, 0, NULL, "reason_form",
     "why; kept in the register, shown to nobody outside"},
    {.name = NULL},
};

#define ENROLLER(of)                                                                               \
    {of "enrolled_by", ANSWER_TEXT, .help = "number of the member credited, or empty"},            \
    {of "token_label", ANSWER_TEXT, .help = "of the token that enrolled, or empty"},               \
    {of "token", ANSWER_INT, .help = "its number; null: the person alone", .given = GIVEN_OR_NULL}
#define ODDITY(of)                                                                                 \
    {of "id", ANSWER_INT, .help = "to ask for it and decide it by"},                               \
    {of "kind", ANSWER_TEXT, .help = "what looks odd",                                             \
     .choices = "burst|burst_web|phone|guardian|unconfirmed|denial|denial_unit|payer|utr|seen"},   \
    {of "unit", ANSWER_TEXT, .help = "code of the unit that holds all of it"},                     \
    {of "found", ANSWER_INT, .help = "how many"},                                                  \
    {of "out_of", ANSWER_INT, .help = "of how many looked at; 0: that says nothing here"},         \
    {of "first_at", ANSWER_INT, .help = "epoch seconds"},                                          \
    {of "last_at", ANSWER_INT, .help = "epoch seconds"},                                           \
    ENROLLER(of),                                                                                  \
    {of "several", ANSWER_BOOL, .help = "more than one enrolled"},                                 \
    {of "state", ANSWER_TEXT, .help = "what was found", .choices = "open|examined|fine|acted"},    \
    {of "decided_by", ANSWER_TEXT, .help = "who wrote that down, or empty"},                       \
    {of "note", ANSWER_TEXT, .help = "what was found, or empty"}
static const AnswerField list_fields[] = {
    {"total", ANSWER_INT, .help = "how many there are on all pages"},
    ODDITY("oddities[]."),
    ANSWER_NEXT,
    {0},
};
static const AnswerField one_fields[] = {
    ODDITY(""),
    {"members[].number", ANSWER_TEXT, .help = "membership number"},
    {"members[].name", ANSWER_TEXT, .help = "as printed"},
    {"members[].unit", ANSWER_TEXT, .help = "code of the unit"},
    {"members[].state", ANSWER_TEXT, .help = "of the membership"},
    {"members[].joined_at", ANSWER_INT, .help = "epoch seconds"},
    ENROLLER("members[]."),
    {"hidden", ANSWER_INT, .help = "how many of this page are of other units"},
    ANSWER_NEXT,
    {0},
};
static const AnswerField decided_fields[] = {ODDITY(""), {0}};
static const AnswerField suspended_fields[] = {
    {"suspended", ANSWER_INT, .help = "how many were put on hold now"},
    {"more", ANSWER_BOOL, .help = "others are left: send it again"},
    {0},
};

extern const Route oddity_api_routes[];
const Route oddity_api_routes[] = {
    {.method = "GET", .path = "/api/v1/oddities", .kind = ROUTE_READ, .face = FACE_API,
     .needs = CAN_ADMINISTER, .params = oddity_room_list_params, .prepare = oddity_room_prepare,
     .apply = oddity_room_list, .render = list_render,
     .answer = list_fields,
     .summary = "What looks odd in how people join and pay, with who enrolled"},
    {.method = "GET", .path = "/api/v1/oddities/{id}", .kind = ROUTE_WRITE, .face = FACE_API,
     .needs = CAN_ADMINISTER, .params = oddity_room_one_params, .prepare = oddity_room_prepare,
     .apply = oddity_room_one, .render = one_render,
     .answer = one_fields,
     .summary = "One of them with the members concerned; the look is recorded"},
    {.method = "POST", .path = "/api/v1/oddities/{id}", .kind = ROUTE_WRITE, .face = FACE_API,
     .needs = CAN_ADMINISTER, .params = decide_params, .prepare = oddity_room_prepare,
     .apply = oddity_room_decide, .render = decided_render,
     .answer = decided_fields, .summary = "Writes down what it was"},
    {.method = "POST", .path = "/api/v1/oddities/{id}/suspend", .kind = ROUTE_WRITE,
     .face = FACE_API, .needs = CAN_ADMINISTER, .params = suspend_params,
     .prepare = oddity_room_prepare, .apply = oddity_room_suspend, .render = suspended_render,
     .answer = suspended_fields, .summary = "Puts its members on hold, 200 at a time"},
    {.method = NULL},
};
