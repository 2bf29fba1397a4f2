/* The organisation's desk: signing in with an API token, what there is to do, signing out. What a
 * room of it may see or do is checked by the route, and again by the domain. */
#include "crypto/secret_token.h"
#include "domain/desk_session.h"
#include "domain/desk_waiting.h"
#include "domain/tally.h"
#include "domain/unit.h"
#include "render/messages.h"
#include "web/desk_path.h"
#include "web/route.h"
#include "web/session.h"

typedef enum DeskGroup { DESK_MEMBERS, DESK_MONEY, DESK_COUNT, DESK_GROUP_END } DeskGroup;
static const char *const group_titles[DESK_GROUP_END] = {
    [DESK_MEMBERS] = "desk_group_members",
    [DESK_MONEY] = "desk_group_money",
    [DESK_COUNT] = "desk_group_count",
};

/* One row a room, in the order they are shown within their group. */
typedef struct DeskRoom {
    const char *path;
    const char *title, *text; /* message keys */
    DeskGroup group;
    Capability needs;
    int waits; /* 1 + DeskWaiting of what it lists; 0: nothing waits there */
} DeskRoom;

static const DeskRoom desk_rooms[] = {
    {"/desk/members", "desk_room_members", "desk_room_members_text", DESK_MEMBERS,
     CAN_READ_MEMBER, 0},
    {"/desk/names", "desk_room_names", "desk_room_names_text", DESK_MEMBERS, CAN_ADMINISTER,
     1 + DESK_WAITING_CORRECTIONS},
    {"/desk/denials", "desk_room_denials", "desk_room_denials_text", DESK_MEMBERS, CAN_ADMINISTER,
     1 + DESK_WAITING_DENIALS},
    {"/desk/oddities", "desk_room_oddities", "desk_room_oddities_text", DESK_MEMBERS,
     CAN_ADMINISTER, 1 + DESK_WAITING_ODDITIES},
    {"/desk/enrollers", "desk_room_enrollers", "desk_room_enrollers_text", DESK_MEMBERS,
     CAN_ADMINISTER, 0},
    {"/desk/cash", "desk_room_cash", "desk_room_cash_text", DESK_MONEY, CAN_ENROL, 0},
    {"/desk/statements", "statements_title", "desk_room_statements_text", DESK_MONEY,
     CAN_ADMINISTER, 0},
    {"/desk/payments", "payments_title", "desk_room_payments_text", DESK_MONEY, CAN_ADMINISTER,
     1 + DESK_WAITING_PAYMENTS},
    {"/desk/claims", "claims_title", "desk_room_claims_text", DESK_MONEY, CAN_ADMINISTER,
     1 + DESK_WAITING_CLAIMS},
    {"/desk/appeals", "desk_room_appeals", "desk_room_appeals_text", DESK_MONEY, CAN_ADMINISTER,
     1 + DESK_WAITING_APPEALS},
    {"/desk/refunds", "desk_room_refunds", "desk_room_refunds_text", DESK_MONEY, CAN_ADMINISTER,
     1 + DESK_WAITING_REFUNDS},
    {"/desk/books", "desk_room_books", "desk_room_books_text", DESK_MONEY, CAN_ADMINISTER, 0},
    {"/desk/day-book", "desk_room_day_book", "desk_room_day_book_text", DESK_MONEY,
     CAN_ADMINISTER, 0},
    {"/desk/accounts", "desk_room_accounts", "desk_room_accounts_text", DESK_MONEY,
     CAN_ADMINISTER, 0},
    {"/desk/shares", "desk_room_shares", "desk_room_shares_text", DESK_MONEY, CAN_ADMINISTER, 0},
    {"/live", "desk_room_live", "desk_room_live_text", DESK_COUNT, CAN_ENROL, 0},
    {"/check", "desk_room_check", "desk_room_check_text", DESK_COUNT, CAN_ENROL, 0},
};

typedef struct SignIn {
    Text fresh_secret;
    bool wrong;
} SignIn;

static Status sign_in_prepare(Request *rq) {
    request_private(rq);
    SignIn *sign_in = rq->state = ARENA_NEW(rq->ctx.arena, SignIn);
    char *secret = arena_alloc(rq->ctx.arena, SECRET_TOKEN_CHARS);
    secret_token_make(secret);
    sign_in->fresh_secret = (Text){secret, SECRET_TOKEN_CHARS};
    return request_tries_left(rq, "token");
}

static Status sign_in_apply(Request *rq) {
    SignIn *sign_in = rq->state;
    Status status =
        desk_session_open(&rq->ctx, request_text(rq, "key"), sign_in->fresh_secret);
    sign_in->wrong = status == NOT_FOUND;
    return sign_in->wrong ? OK : status;
}

static Status sign_in_render(Request *rq) {
    const SignIn *sign_in = rq->state;
    if (sign_in->wrong) {
        TRY(request_wrong_try(rq, "token"));
        return fail(&rq->ctx, DENIED, "key", "desk_key_wrong");
    }
    request_set_cookie(rq, session_desk_cookie, sign_in->fresh_secret, DESK_SESSION_S);
    Text next = request_text(rq, "next");
    request_redirect(rq, desk_path_is(next) ? next : T("/desk"));
    return OK;
}

static Status sign_in_page(Request *rq) {
    request_private(rq);
    Text next = request_text(rq, "next");
    view_text(rq->ctx.arena, rq->view, "next", desk_path_is(next) ? next : T("/desk"));
    return OK;
}

static Status sign_out_apply(Request *rq) {
    return desk_session_close(&rq->ctx, request_cookie(rq, session_desk_cookie));
}

static Status sign_out_render(Request *rq) {
    request_set_cookie(rq, session_desk_cookie, T("-"), -1);
    request_redirect(rq, T("/desk/sign-in"));
    return OK;
}

typedef struct Desk {
    Unit unit;
    Tally tally;
    Text label;
    int64_t waiting[DESK_WAITING_COUNT];
} Desk;

static Status desk_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Desk *desk = rq->state = ARENA_NEW(ctx->arena, Desk);
    TRY(unit_by_id(ctx, ctx->actor.unit_id, &desk->unit));
    TRY(tally_read(ctx, desk->unit.id, &desk->tally));
    TRY(desk_waiting(ctx, desk->waiting));
    return token_label(ctx, ctx->actor.id, &desk->label);
}

static bool is_open(const Request *rq, const DeskRoom *room) {
    return (rq->ctx.actor.can & (unsigned)room->needs) == (unsigned)room->needs;
}

/* "7"; of very many "99+". */
static Text waiting_text(Request *rq, int64_t count) {
    if (count < DESK_WAITING_MAX) return message_number(rq->ctx.arena, count);
    return arena_printf(rq->ctx.arena, "%d+", DESK_WAITING_MAX - 1);
}

static void add_room(Request *rq, View *rooms, const DeskRoom *room) {
    const Desk *desk = rq->state;
    int64_t waits = room->waits ? desk->waiting[room->waits - 1] : 0;
    View *item = view_item(rq->ctx.arena, rooms);
    view_text(rq->ctx.arena, item, "path", text_of(room->path));
    view_text(rq->ctx.arena, item, "title", message(rq->ctx.lang, room->title));
    view_text(rq->ctx.arena, item, "text", message(rq->ctx.lang, room->text));
    if (waits) view_text(rq->ctx.arena, item, "waits", waiting_text(rq, waits));
}

/* A group has its heading when one of its rooms is open to who is signed in. */
static void add_groups(Request *rq) {
    Arena *arena = rq->ctx.arena;
    View *groups = view_list(arena, rq->view, "groups");
    for (DeskGroup group = 0; group < DESK_GROUP_END; group++) {
        View *rooms = NULL;
        for (size_t i = 0; i < sizeof desk_rooms / sizeof *desk_rooms; i++) {
            if (desk_rooms[i].group != group || !is_open(rq, &desk_rooms[i])) continue;
            if (!rooms) {
                View *item = view_item(arena, groups);
                view_text(arena, item, "title", message(rq->ctx.lang, group_titles[group]));
                rooms = view_list(arena, item, "rooms");
            }
            add_room(rq, rooms, &desk_rooms[i]);
        }
    }
}

static Status desk_page(Request *rq) {
    const Desk *desk = rq->state;
    Arena *arena = rq->ctx.arena;
    view_text(arena, rq->view, "unit_name", unit_name(&desk->unit, rq->ctx.lang));
    view_text(arena, rq->view, "label", desk->label);
    view_int(arena, rq->view, "members", desk->tally.members);
    view_int(arena, rq->view, "provisional", desk->tally.provisional);
    add_groups(rq);
    return OK;
}

static const Param sign_in_params[] = {
    {.name = "key", .place = PARAM_FORM, .type = PARAM_SECRET, .required = true, .max_bytes = 64,
     .message = "desk_key_missing", .help = "A token made by `sangathan token create`"},
    {.name = "next", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = 200,
     .help = "The page of the desk to go to"},
    {0},
};
static const Param next_params[] = {
    {.name = "next", .place = PARAM_QUERY, .type = PARAM_TEXT, .max_bytes = 200,
     .help = "The page of the desk to go to"},
    {0},
};

extern const Route desk_routes[];
const Route desk_routes[] = {
    {.method = "GET", .path = "/desk", .kind = ROUTE_READ, .face = FACE_PAGE, .needs = CAN_ENROL,
     .apply = desk_apply, .render = desk_page, .page = "desk",
     .summary = "The organisation's desk: what there is to do"},
    {.method = "GET", .path = "/desk/sign-in", .kind = ROUTE_STATIC, .face = FACE_PAGE,
     .params = next_params, .render = sign_in_page, .page = "desk_sign_in",
     .summary = "The form to sign in at the desk"},
    {.method = "POST", .path = "/desk/sign-in", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = sign_in_params, .prepare = sign_in_prepare, .apply = sign_in_apply,
     .render = sign_in_render, .on_error = sign_in_page, .page = "desk_sign_in",
     .summary = "Signs in at the desk with an API token"},
    {.method = "POST", .path = "/desk/sign-out", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .apply = sign_out_apply, .render = sign_out_render, .page = "desk_sign_in",
     .summary = "Signs out at the desk"},
    {0},
};
