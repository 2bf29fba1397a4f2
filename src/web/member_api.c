/* The API of the register: enrolling, and looking at one member. */
#include "base/limits.h"
#include "domain/card.h"
#include "domain/member_guardian.h"
#include "domain/place.h"
#include "web/app.h"
#include "web/card_tools.h"
#include "web/route.h"

typedef struct Enrolling {
    Enrolment enrolment;
    Enrolled enrolled;
    Card card;
} Enrolling;

static const Param enrol_params[] = {
    {"Idempotency-Key", PARAM_HEADER, PARAM_SECRET, true, LIMIT_IDEMPOTENCY_KEY_BYTES, 0, 0, NULL,
     "idempotency_key_form", "a key of the caller's own for this enrolment, good for 90 days"},
    {"name", PARAM_JSON, PARAM_TEXT, true, LIMIT_NAME_BYTES, 0, 0, NULL, "name_missing",
     "as it shall be printed, in any script"},
    {"name_alt", PARAM_JSON, PARAM_TEXT, false, LIMIT_NAME_BYTES, 0, 0, NULL, NULL,
     "in the other script"},
    {"phone", PARAM_JSON, PARAM_TEXT, false, LIMIT_PHONE_BYTES, 0, 0, NULL, "phone_form",
     "ten Indian digits, or with + and country"},
    {"phone_of", PARAM_JSON, PARAM_CHOICE, false, 0, 0, 0, "self|household", "phone_of_form",
     "whose phone it is"},
    {"phone_proof", PARAM_JSON, PARAM_CHOICE, false, 0, 0, 0, "witness", "phone_proof_form",
     "the enroller has seen whose phone it is; where the organisation counts that"},
    {"pin", PARAM_JSON, PARAM_TEXT, false, 24, 0, 0, NULL, "pin_digits",
     "PIN code of the post; or unit"},
    {"unit", PARAM_JSON, PARAM_TEXT, false, LIMIT_UNIT_CODE_BYTES, 0, 0, NULL, NULL,
     "code of the unit in which the member is counted"},
    {"settlement", PARAM_JSON, PARAM_CHOICE, false, 0, 0, 0, "rural|urban", "settlement_form",
     "village or town"},
    {"gender", PARAM_JSON, PARAM_CHOICE, true, 0, 0, 0, "f|m|x|n", "gender_form",
     "woman, man, other, not said"},
    {"birth_year", PARAM_JSON, PARAM_INT, true, 0, 1900, 2200, NULL, "birth_year_form",
     "year of birth"},
    {"kind", PARAM_JSON, PARAM_TEXT, false, 20, 0, 0, NULL, "membership_kind_unknown",
     "kind of membership; ordinary when left out"},
    {"country", PARAM_JSON, PARAM_TEXT, false, 8, 0, 0, NULL, "country_form",
     "abroad: ISO 3166 code of the country, instead of pin and unit"},
    {"town", PARAM_JSON, PARAM_TEXT, false, LIMIT_TOWN_BYTES, 0, 0, NULL, "town_form",
     "abroad: the city"},
    {"of_age", PARAM_JSON, PARAM_CHOICE, false, 0, 0, 0, "yes|no", "of_age_form",
     "eighteen already, for who turns so this year"},
    {"guardian_name", PARAM_JSON, PARAM_TEXT, false, LIMIT_NAME_BYTES, 0, 0, NULL,
     "guardian_missing", "under 18: who agrees for the member"},
    {"guardian_phone", PARAM_JSON, PARAM_TEXT, false, LIMIT_PHONE_BYTES, 0, 0, NULL,
     "guardian_phone_missing", "under 18: the guardian's phone"},
    {"consent.messages", PARAM_JSON, PARAM_BOOL, false, 0, 0, 0, NULL, NULL,
     "wishes to be written to"},
    {"consent.notice", PARAM_JSON, PARAM_TEXT, true, LIMIT_NOTICE_VERSION_BYTES, 0, 0, NULL,
     "consent_notice_unknown", "version of the notice that was shown"},
    {"consent.at", PARAM_JSON, PARAM_INT, true, 0, 0, INT64_MAX, NULL, "consent_time",
     "when the person agreed, epoch seconds"},
    {"fee.method", PARAM_JSON, PARAM_CHOICE, true, 0, 0, 0, "cash", NULL, "how the fee was paid"},
    {"fee.amount_paise", PARAM_JSON, PARAM_INT, true, 0, 0, LIMIT_FEE_PAISE_MAX, NULL, "fee_form",
     "what was taken, in paise"},
    {"enrolled_by", PARAM_JSON, PARAM_TEXT, false, 40, 0, 0, NULL, "enroller_unknown",
     "membership number of who brought the member in"},
    {.name = NULL},
};

static Status enrol_prepare(Request *rq) {
    Enrolling *e = ARENA_NEW(rq->ctx.arena, Enrolling);
    rq->state = e;
    e->enrolment = (Enrolment){
        .name = request_text(rq, "name"),
        .name_alt = request_text(rq, "name_alt"),
        .phone = request_text(rq, "phone"),
        .phone_of = request_text(rq, "phone_of"),
        .phone_proof = request_text(rq, "phone_proof"),
        .guardian_proof = request_text(rq, "phone_proof"),
        .unit_code = request_text(rq, "unit"),
        .settlement = request_text(rq, "settlement"),
        .gender = request_text(rq, "gender"),
        .birth_year = request_int(rq, "birth_year"),
        .kind = request_text(rq, "kind"),
        .country = request_text(rq, "country"),
        .town = request_text(rq, "town"),
        .of_age = request_text(rq, "of_age"),
        .guardian_name = request_text(rq, "guardian_name"),
        .guardian_phone = request_text(rq, "guardian_phone"),
        .messages = request_bool(rq, "consent.messages"),
        .notice = request_text(rq, "consent.notice"),
        .consent_at = request_int(rq, "consent.at"),
        .fee_method = FEE_CASH,
        .fee_paise = request_int(rq, "fee.amount_paise"),
        .enrolled_by = request_text(rq, "enrolled_by"),
        .how = T("enroller"),
        .idempotency_key = request_text(rq, "Idempotency-Key"),
        .body = rq->body,
    };
    if (request_has(rq, "pin"))
        TRY(place_parse_pin(&rq->ctx, request_text(rq, "pin"), &e->enrolment.pin));
    return member_prepare(&rq->ctx, &e->enrolment);
}

/* The units that the PIN may mean, as a member of the problem document. */
static Status offer_choices(Request *rq, int64_t pin) {
    Ctx *ctx = &rq->ctx;
    PlaceChoices places;
    TRY(place_by_pin(ctx, pin, &places));
    View *choices = view_list(ctx->arena, rq->view, "choices");
    for (int i = 0; i < places.count; i++) {
        View *choice = view_item(ctx->arena, choices);
        view_text(ctx->arena, choice, "code", places.units[i].code);
        view_text(ctx->arena, choice, "name", places.units[i].name_en);
        view_text(ctx->arena, choice, "name_hi", places.units[i].name_hi);
    }
    return OK;
}

static Status enrol_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Enrolling *e = rq->state;
    Text who = arena_printf(ctx->arena, "token:%lld", (long long)ctx->actor.id);
    TRY(request_tries_left_of(rq, "double", who));
    Status status = member_enrol(ctx, &e->enrolment, &e->enrolled);
    /* "A member already" is a secret that one could ask for, name by name. */
    if (status == CONFLICT) request_count_once(rq, "double", who);
    if (status == INVALID && ctx->error_count == 1 &&
        strcmp(ctx->errors[0].message, "pin_spans") == 0)
        TRY(offer_choices(rq, e->enrolment.pin));
    return status;
}

static Status enrol_render(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Arena *arena = ctx->arena;
    Enrolling *e = rq->state;
    card_first_issue(&e->enrolment, &e->enrolled, &e->card);
    TRY(card_tools_sign(rq->app->card_tools, ctx, &e->card));
    View *v = rq->view;
    view_text(arena, v, "number", e->card.number);
    view_text(arena, v, "state", member_state_text(e->enrolled.state));
    view_text(arena, v, "unit", e->enrolled.unit.code);
    view_int(arena, v, "joined_at", e->enrolled.joined_at);
    view_text(arena, v, "card_url",
              arena_printf(arena, "%.*s%.*s", TEXT_ARG(ctx->org->base_url),
                           TEXT_ARG(e->card.page_path)));
    view_text(arena, v, "check_code", e->card.check_code);
    view_text(arena, v, "signed_code", e->card.signed_code);
    view_text(arena, v, "receipt", e->enrolled.receipt);
    return OK;
}

static const Param member_params[] = {
    {"number", PARAM_PATH, PARAM_TEXT, true, 64, 0, 0, NULL, "member_number_form",
     "membership number"},
    {.name = NULL},
};

typedef struct Looking {
    Member member;
    Unit unit;
    Guardian guardian;
} Looking;

static Status member_apply(Request *rq) {
    Looking *l = ARENA_NEW(rq->ctx.arena, Looking);
    rq->state = l;
    TRY(member_look(&rq->ctx, request_text(rq, "number"), &l->member, &l->unit));
    return member_guardian_read(&rq->ctx, &l->member, &l->guardian);
}

static void view_time(Arena *arena, View *v, const char *name, int64_t time_s) {
    if (time_s)
        view_int(arena, v, name, time_s);
    else
        view_null(arena, v, name);
}

static void view_guardian(Arena *arena, View *v, const Guardian *guardian) {
    if (!guardian->name.len) {
        view_null(arena, v, "guardian");
        return;
    }
    View *shown = view_object(arena, v, "guardian");
    view_text(arena, shown, "name", guardian->name);
    view_text(arena, shown, "phone", guardian->e164);
    view_text(arena, shown, "phone_proof", guardian->proof);
}

static Status member_render(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Arena *arena = ctx->arena;
    const Looking *l = rq->state;
    const Member *m = &l->member;
    Text phone;
    TRY(member_phone(ctx, m, &phone));
    View *v = rq->view;
    view_text(arena, v, "number", number_text_in(arena, &m->number));
    view_text(arena, v, "state", member_state_text(m->state));
    view_text(arena, v, "kind", m->kind);
    view_text(arena, v, "name", m->name);
    view_text(arena, v, "name_alt", m->name_alt);
    view_text(arena, v, "gender", m->gender);
    view_int(arena, v, "birth_year", m->birth_year);
    view_text(arena, v, "unit", l->unit.code);
    view_text(arena, v, "settlement", m->settlement);
    view_text(arena, v, "town", m->town);
    view_text(arena, v, "phone", phone);
    view_text(arena, v, "phone_of", m->phone_of);
    view_text(arena, v, "phone_proof", m->phone_proof);
    view_guardian(arena, v, &l->guardian);
    view_text(arena, v, "fee_proof", m->fee_proof);
    view_int(arena, v, "card_issue", m->card_issue);
    view_int(arena, v, "joined_at", m->joined_at);
    view_time(arena, v, "confirmed_at", m->confirmed_at);
    view_time(arena, v, "expires_at", m->expires_at);
    view_time(arena, v, "ended_at", m->ended_at);
    return OK;
}

#define MEMBER_STATES                                                                              \
    "applied|provisional|confirmed|suspended|ended|rejected|lapsed|refunded|expired"
static const AnswerField enrolled_fields[] = {
    {"number", ANSWER_TEXT, .help = "membership number"},
    {"state", ANSWER_TEXT, .help = "of the membership", .choices = MEMBER_STATES},
    {"unit", ANSWER_TEXT, .help = "code of the unit in which the member is counted"},
    {"joined_at", ANSWER_INT, .help = "epoch seconds"},
    {"card_url", ANSWER_TEXT, .help = "the member's own page: a secret of the member's"},
    {"check_code", ANSWER_TEXT, .help = "for reading out and typing"},
    {"signed_code", ANSWER_TEXT, .help = "for the card's QR code"},
    {"receipt", ANSWER_TEXT, .help = "number of the receipt; empty where nothing was paid"},
    {0},
};
static const AnswerField enrol_problem[] = {
    {"choices[]", ANSWER_OBJECT, .help = "where the PIN is of several units: send one as unit",
     .given = GIVEN_SOMETIMES},
    {"choices[].code", ANSWER_TEXT, .help = "of the unit"},
    {"choices[].name", ANSWER_TEXT, .help = "in English"},
    {"choices[].name_hi", ANSWER_TEXT, .help = "in Hindi"},
    {0},
};
static const AnswerField member_fields[] = {
    {"number", ANSWER_TEXT, .help = "membership number"},
    {"state", ANSWER_TEXT, .help = "of the membership", .choices = MEMBER_STATES},
    {"kind", ANSWER_TEXT, .help = "of membership"},
    {"name", ANSWER_TEXT, .help = "as printed"},
    {"name_alt", ANSWER_TEXT, .help = "the same in the other script, or empty"},
    {"gender", ANSWER_TEXT, .help = "woman, man, other, not said", .choices = "f|m|x|n"},
    {"birth_year", ANSWER_INT, .help = "year of birth"},
    {"unit", ANSWER_TEXT, .help = "code of the unit"},
    {"settlement", ANSWER_TEXT, .help = "rural, urban, or empty"},
    {"town", ANSWER_TEXT, .help = "abroad: the city, or empty"},
    {"phone", ANSWER_TEXT, .help = "with + and country, or empty"},
    {"phone_of", ANSWER_TEXT, .help = "whose phone it is"},
    {"phone_proof", ANSWER_TEXT, .help = "how that was proved"},
    {"guardian", ANSWER_OBJECT, .help = "who agreed for who is under 18", .given = GIVEN_OR_NULL},
    {"guardian.name", ANSWER_TEXT, .help = "as given"},
    {"guardian.phone", ANSWER_TEXT, .help = "with + and country"},
    {"guardian.phone_proof", ANSWER_TEXT, .help = "how that was proved"},
    {"fee_proof", ANSWER_TEXT, .help = "how the fee was proved"},
    {"card_issue", ANSWER_INT, .help = "which card it is: one more for each new one"},
    {"joined_at", ANSWER_INT, .help = "epoch seconds"},
    {"confirmed_at", ANSWER_INT, .help = "epoch seconds", .given = GIVEN_OR_NULL},
    {"expires_at", ANSWER_INT, .help = "epoch seconds; null: never", .given = GIVEN_OR_NULL},
    {"ended_at", ANSWER_INT, .help = "epoch seconds", .given = GIVEN_OR_NULL},
    {0},
};

const Route member_api_routes[] = {
    {.method = "POST",
     .path = "/api/v1/members",
     .kind = ROUTE_WRITE,
     .face = FACE_API,
     .needs = CAN_ENROL,
     .params = enrol_params,
     .prepare = enrol_prepare,
     .apply = enrol_apply,
     .render = enrol_render,
     .answer = enrolled_fields,
     .problem = enrol_problem,
     .location = "/api/v1/members/{number}",
     .summary = "Enrol a member; the answer holds the number and the card's codes"},
    {.method = "GET",
     .path = "/api/v1/members/{number}",
     .kind = ROUTE_WRITE,
     .face = FACE_API,
     .needs = CAN_READ_MEMBER,
     .params = member_params,
     .apply = member_apply,
     .render = member_render,
     .answer = member_fields,
     .summary = "Look at a member of the token's unit; the look is recorded"},
    {.method = NULL},
};
