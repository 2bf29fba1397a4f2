/* What members did on their card pages, for the organisation: denials, names to be decided, photos
 * that are unfit. */
#include "base/limits.h"
#include "domain/audit.h"
#include "domain/correction.h"
#include "domain/member_photo.h"
#include "web/route.h"

enum { PAGE_MAX = 100 };

typedef struct Corrections {
    Correction page[PAGE_MAX];
    Member members[PAGE_MAX];
    int count;
} Corrections;

static Status corrections_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Corrections *c = rq->state = ARENA_NEW(ctx->arena, Corrections);
    TRY(audit_look_at_unit(ctx, "correction.list"));
    TRY(correction_list(ctx, ctx->actor.unit_id, request_int(rq, "after"), c->page, PAGE_MAX,
                        &c->count));
    for (int i = 0; i < c->count; i++)
        TRY(member_by_serial(ctx, c->page[i].serial, &c->members[i]));
    return OK;
}

static void view_number(Arena *arena, View *to, const Member *m) {
    view_text(arena, to, "number", number_text_in(arena, &m->number));
}

static Status corrections_render(Request *rq) {
    Arena *arena = rq->ctx.arena;
    const Corrections *c = rq->state;
    View *list = view_list(arena, rq->view, "corrections");
    for (int i = 0; i < c->count; i++) {
        View *item = view_item(arena, list);
        view_int(arena, item, "id", c->page[i].id);
        view_number(arena, item, &c->members[i]);
        view_text(arena, item, "unit", c->page[i].unit_code);
        view_int(arena, item, "asked_at", c->page[i].asked_at);
        view_text(arena, item, "name_now", c->members[i].name);
        view_text(arena, item, "name_alt_now", c->members[i].name_alt);
        view_text(arena, item, "name", c->page[i].name);
        view_text(arena, item, "name_alt", c->page[i].name_alt);
    }
    view_next(arena, rq->view, c->count == PAGE_MAX, c->count ? c->page[c->count - 1].id : 0);
    return OK;
}

typedef struct Deciding {
    Member member;
} Deciding;

static Status decide_apply(Request *rq) {
    Deciding *d = rq->state = ARENA_NEW(rq->ctx.arena, Deciding);
    return correction_decide(&rq->ctx, request_int(rq, "id"),
                             text_eq(request_text(rq, "decision"), T("accept")),
                             request_text(rq, "reason"), &d->member);
}

static Status decide_render(Request *rq) {
    Arena *arena = rq->ctx.arena;
    const Deciding *d = rq->state;
    view_int(arena, rq->view, "id", request_int(rq, "id"));
    view_number(arena, rq->view, &d->member);
    view_text(arena, rq->view, "name", d->member.name);
    view_text(arena, rq->view, "name_alt", d->member.name_alt);
    view_int(arena, rq->view, "card_issue", d->member.card_issue);
    return OK;
}

static Status photo_off_apply(Request *rq) {
    Deciding *d = rq->state = ARENA_NEW(rq->ctx.arena, Deciding);
    return member_photo_take_off(&rq->ctx, request_text(rq, "number"), request_text(rq, "reason"),
                                 &d->member);
}

static Status photo_off_render(Request *rq) {
    view_number(rq->ctx.arena, rq->view, &((const Deciding *)rq->state)->member);
    return OK;
}

static const Param after_only[] = {
    {"after", PARAM_QUERY, PARAM_INT, false, 0, 1, INT64_MAX, NULL, NULL,
     "cursor: the next of the page before"},
    {.name = NULL},
};
static const Param decide_params[] = {
    {"id", PARAM_PATH, PARAM_INT, true, 0, 1, INT64_MAX, NULL, "correction_not_found",
     "of the request"},
    {"decision", PARAM_JSON, PARAM_CHOICE, true, 0, 0, 0, "accept|refuse", NULL,
     "what becomes of it"},
    {"reason", PARAM_JSON, PARAM_TEXT, true, LIMIT_REASON_BYTES, 0, 0, NULL, "reason_form",
     "why; kept in the register, shown to nobody outside"},
    {.name = NULL},
};

static const Param photo_off_params[] = {
    {"number", PARAM_PATH, PARAM_TEXT, true, 64, 0, 0, NULL, "member_number_form",
     "membership number"},
    {"reason", PARAM_JSON, PARAM_TEXT, true, LIMIT_REASON_BYTES, 0, 0, NULL, "reason_form",
     "why; the member reads it on the card page"},
    {.name = NULL},
};

static const AnswerField corrections_fields[] = {
    {"corrections[].id", ANSWER_INT, .help = "to decide it by"},
    {"corrections[].number", ANSWER_TEXT, .help = "membership number"},
    {"corrections[].unit", ANSWER_TEXT, .help = "code of the member's unit"},
    {"corrections[].asked_at", ANSWER_INT, .help = "epoch seconds"},
    {"corrections[].name_now", ANSWER_TEXT, .help = "as the card has it"},
    {"corrections[].name_alt_now", ANSWER_TEXT, .help = "the same in the other script"},
    {"corrections[].name", ANSWER_TEXT, .help = "as the member wishes it"},
    {"corrections[].name_alt", ANSWER_TEXT, .help = "the same in the other script"},
    ANSWER_NEXT,
    {0},
};
static const AnswerField decided_fields[] = {
    {"id", ANSWER_INT, .help = "of the request"},
    {"number", ANSWER_TEXT, .help = "membership number"},
    {"name", ANSWER_TEXT, .help = "as the card has it now"},
    {"name_alt", ANSWER_TEXT, .help = "the same in the other script"},
    {"card_issue", ANSWER_INT, .help = "which card it is: one more for each new one"},
    {0},
};
static const AnswerField photo_off_fields[] = {
    {"number", ANSWER_TEXT, .help = "membership number"},
    {0},
};

extern const Route card_page_api_routes[];
const Route card_page_api_routes[] = {
    {.method = "GET", .path = "/api/v1/corrections", .kind = ROUTE_WRITE, .face = FACE_API,
     .needs = CAN_ADMINISTER, .params = after_only, .apply = corrections_apply,
     .render = corrections_render, .answer = corrections_fields,
     .summary = "Names that members ask for, to be decided"},
    {.method = "POST", .path = "/api/v1/corrections/{id}", .kind = ROUTE_WRITE, .face = FACE_API,
     .needs = CAN_ADMINISTER, .params = decide_params, .apply = decide_apply,
     .render = decide_render, .answer = decided_fields,
     .summary = "Accepts or refuses a name that a member asks for"},
    {.method = "POST", .path = "/api/v1/members/{number}/photo-off", .kind = ROUTE_WRITE,
     .face = FACE_API, .needs = CAN_ADMINISTER, .params = photo_off_params,
     .apply = photo_off_apply, .render = photo_off_render,
     .answer = photo_off_fields,
     .summary = "Takes an unfit photo off a member's card, and tells the member why"},
    {.method = NULL},
};
