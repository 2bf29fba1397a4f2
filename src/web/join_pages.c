/* Joining without an enroller, first half: the form, and the look at what will be printed. What is
 * typed stays in the draft, so that nothing is lost by an error or the back button. Codes cannot be
 * sent yet: only a demo register lets people join here, others are told where to go. */
#include "base/limits.h"
#include "domain/name_check.h"
#include "domain/transliterate.h"
#include "web/app.h"
#include "web/join_draft.h"
#include "web/route.h"

static void add_places(Request *rq, const ApplicationPlaces *places, Text chosen) {
    Ctx *ctx = &rq->ctx;
    bool several = places->count > 1;
    view_bool(ctx->arena, rq->view, "has_places", several);
    View *list = view_list(ctx->arena, rq->view, "places");
    for (int i = 0; several && i < places->count; i++) {
        const PlaceHit *hit = &places->hits[i];
        View *item = view_item(ctx->arena, list);
        view_text(ctx->arena, item, "code", hit->unit.code);
        view_text(ctx->arena, item, "label", place_label(ctx, hit, ctx->lang));
        view_bool(ctx->arena, item, "first", i == 0);
        view_bool(ctx->arena, item, "chosen", text_eq(chosen, hit->unit.code));
    }
}

static void fill_form(Request *rq, const ApplicationForm *form, const ApplicationPlaces *places,
                      bool another) {
    view_bool(rq->ctx.arena, rq->view, "elsewhere", !rq->app->demo);
    view_bool(rq->ctx.arena, rq->view, "another", another);
    join_draft_add_form(rq, form);
    add_places(rq, places, form->unit_code);
    join_draft_add_fee(rq);
}

static Status form_begin(Request *rq) {
    TRY(join_draft_begin(rq));
    ((JoinDraft *)rq->state)->by = request_text(rq, "by");
    return OK;
}

static Status form_page(Request *rq) {
    static const ApplicationForm empty;
    static const ApplicationPlaces none;
    const JoinDraft *join = rq->state;
    bool another = request_bool(rq, "another");
    bool member = join->found && join->application.step >= APPLICATION_PAY;
    if (rq->app->demo && member && !another && join_draft_redirect_unless(rq, APPLICATION_FORM))
        return OK;
    bool keep = join->found && !another && !member;
    fill_form(rq, keep ? &join->application.form : &empty, &none, another);
    return OK;
}

static void gather(Request *rq, ApplicationForm *form) {
    *form = (ApplicationForm){
        .name = request_text(rq, "name"),
        .phone = request_text(rq, "phone"),
        .phone_of = request_text(rq, "phone_of"),
        .place = request_text(rq, "place"),
        .unit_code = request_text(rq, "unit_code"),
        .settlement = request_text(rq, "settlement"),
        .gender = request_text(rq, "gender"),
        .birth_year = request_text(rq, "birth_year"),
        .by = request_text(rq, "by"),
    };
}

static Status form_prepare(Request *rq) {
    TRY(join_draft_begin_write(rq));
    JoinDraft *join = rq->state;
    join->own_secret = join_draft_fresh_secret(rq->ctx.arena);
    if (request_bool(rq, "another")) join->secret = join->own_secret;
    gather(rq, &join->form);
    join->by = join->form.by;
    Text name;
    if (name_check(&rq->ctx, "name", join->form.name, &name) == OK)
        join->form.name_alt = transliterate_name(&rq->ctx, name);
    ctx_forget_errors(&rq->ctx); /* application_save says what is wrong */
    return OK;
}

static Status form_save(Request *rq) {
    JoinDraft *join = rq->state;
    TRY(join_draft_load(rq));
    if (!join->found) join->secret = join->own_secret; /* never one that was planted */
    /* the other script as mended on the next page stays, but goes with this name only */
    if (join->found && text_eq(join->application.form.name, join->form.name))
        join->form.name_alt = join->application.form.name_alt;
    join->found = true;
    return application_save(&rq->ctx, join->secret, &join->form, &join->application);
}

static Status form_saved(Request *rq) {
    const JoinDraft *join = rq->state;
    request_set_cookie(rq, join_draft_cookie, join->secret, APPLICATION_LIFE_S);
    if (join_draft_show_errors(rq))
        fill_form(rq, &join->application.form, &join->application.places, false);
    else
        (void)join_draft_redirect_unless(rq, APPLICATION_FORM);
    return OK;
}

/* Something was too long or no text at all: nothing is saved, all is shown again. */
static Status form_refused(Request *rq) {
    static const ApplicationPlaces none;
    ApplicationForm form;
    TRY(join_draft_begin(rq));
    gather(rq, &form);
    ((JoinDraft *)rq->state)->by = form.by;
    fill_form(rq, &form, &none, request_bool(rq, "another"));
    return OK;
}

static Status look_page(Request *rq) {
    const JoinDraft *join = rq->state;
    /* going back from the code to this page is fine */
    bool here = join->found && (join->application.step == APPLICATION_CHECK ||
                                join->application.step == APPLICATION_CODE);
    if (!here && join_draft_redirect_unless(rq, APPLICATION_CHECK)) return OK;
    join_draft_add_form(rq, &join->application.form);
    join_draft_add_summary(rq);
    join_draft_add_fee(rq);
    return OK;
}

static Status look_save(Request *rq) {
    JoinDraft *join = rq->state;
    TRY(join_draft_load(rq));
    if (!join->found) return OK;
    return application_consent(&rq->ctx, join->secret, request_text(rq, "name"),
                               request_text(rq, "name_alt"), request_bool(rq, "agreed"),
                               join->fresh_code, &join->application);
}

static Status look_saved(Request *rq) {
    const JoinDraft *join = rq->state;
    if (!join_draft_show_errors(rq)) {
        if (join->application.demo_code.len && rq->app->demo)
            request_set_cookie(rq, join_draft_demo_cookie, join->application.demo_code,
                               PHONE_CODE_LIFE_S);
        (void)join_draft_redirect_unless(rq, APPLICATION_CHECK);
        return OK;
    }
    join_draft_add_form(rq, &join->application.form);
    join_draft_add_summary(rq);
    join_draft_add_fee(rq);
    return OK;
}

static const Param form_query[] = {
    {.name = "another", .place = PARAM_QUERY, .type = PARAM_BOOL,
     .help = "Somebody else on the same phone: an empty form"},
    {.name = "by", .place = PARAM_QUERY, .type = PARAM_TEXT,
     .max_bytes = LIMIT_LABEL_BYTES,
     .help = "Code of the member who invited"},
    {0},
};

#define FIELD(field, bytes, key, words)                                                            \
    {                                                                                              \
        .name = field, .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = bytes,                \
        .message = key, .help = words                                                              \
    }
/* Choices are judged by the domain, together with the rest: one list of errors. */
static const Param form_fields[] = {
    FIELD("name", LIMIT_NAME_BYTES, "join_name_again", "Name as it shall be printed"),
    FIELD("phone", LIMIT_PHONE_BYTES, "join_phone_again", "Phone number"),
    FIELD("phone_of", 16, "join_phone_of_label", "self or household"),
    FIELD("place", LIMIT_SEARCH_BYTES, "join_place_again", "PIN code, town, block or district"),
    FIELD("unit_code", LIMIT_UNIT_CODE_BYTES, "join_places_label", "Chosen unit"),
    FIELD("settlement", 16, "join_settlement_label", "rural or urban"),
    FIELD("gender", 4, "join_gender_label", "f, m, x or n"),
    FIELD("birth_year", 16, "join_birth_year_again", "Year of birth"),
    FIELD("by", LIMIT_LABEL_BYTES, NULL, "Code of the member who invited"),
    {.name = "another", .place = PARAM_FORM, .type = PARAM_BOOL, .help = "Begins a new draft"},
    {0},
};
static const Param look_fields[] = {
    FIELD("name", LIMIT_NAME_BYTES, "join_name_again", "Name as it shall be printed"),
    FIELD("name_alt", LIMIT_NAME_BYTES, "join_name_again", "Name in the other script"),
    {.name = "agreed", .place = PARAM_FORM, .type = PARAM_BOOL, .help = "Consent to the notice"},
    {0},
};

extern const Route join_routes[];
const Route join_routes[] = {
    {.method = "GET", .path = "/join", .kind = ROUTE_READ, .face = FACE_PAGE,
     .params = form_query, .prepare = form_begin, .apply = join_draft_load,
     .render = form_page, .page = "join", .summary = "The form for joining"},
    {.method = "POST", .path = "/join", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = form_fields, .prepare = form_prepare, .apply = form_save, .render = form_saved,
     .on_error = form_refused, .page = "join", .summary = "Keeps the form and goes on"},
    {.method = "GET", .path = "/join/check", .kind = ROUTE_READ, .face = FACE_PAGE,
     .prepare = join_draft_begin, .apply = join_draft_load, .render = look_page,
     .page = "join_check", .summary = "How the name will be printed, the notice, the consent"},
    {.method = "POST", .path = "/join/check", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = look_fields, .prepare = join_draft_begin_code, .apply = look_save,
     .render = look_saved, .page = "join_check", .summary = "Consents, and has a code sent"},
    {0},
};
