/* Joining without an enroller, first half: the form, and the look at what will be printed. What is
 * typed stays in the draft, so that nothing is lost by an error or the back button. Where no
 * phone can be proved (no gateway, no other way, and no demo) people are told where else to go. */
#include "base/limits.h"
#include "domain/country.h"
#include "domain/member_guardian.h"
#include "domain/name_check.h"
#include "domain/transliterate.h"
#include "render/messages.h"
#include "web/app.h"
#include "web/error_cookie.h"
#include "web/join_draft.h"
#include "web/params.h"
#include "web/route.h"

/* "district", so that a town is told from the district of its name; empty for others. */
static Text place_kind(Lang lang, Text kind) {
    static const char *const kinds[][2] = {
        {"urban", "place_kind_urban"}, {"block", "place_kind_block"},
        {"subdistrict", "place_kind_subdistrict"}, {"district", "place_kind_district"},
        {"state", "place_kind_state"}, {"ac", "place_kind_ac"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (text_eq(kind, text_of(kinds[i][0]))) return message(lang, kinds[i][1]);
    return T("");
}

static void add_places(Request *rq, const ApplicationPlaces *places, Text chosen) {
    Ctx *ctx = &rq->ctx;
    bool several = places->count > 1 || places->unsure;
    view_bool(ctx->arena, rq->view, "has_places", several);
    view_bool(ctx->arena, rq->view, "one_place", places->count == 1);
    View *list = view_list(ctx->arena, rq->view, "places");
    for (int i = 0; several && i < places->count; i++) {
        const PlaceHit *hit = &places->hits[i];
        View *item = view_item(ctx->arena, list);
        view_text(ctx->arena, item, "code", hit->unit.code);
        view_text(ctx->arena, item, "label", place_label(ctx, hit, ctx->lang));
        view_text(ctx->arena, item, "kind", place_kind(ctx->lang, hit->kind));
        view_bool(ctx->arena, item, "first", i == 0);
        view_bool(ctx->arena, item, "chosen", text_eq(chosen, hit->unit.code));
    }
}

static void add_kinds(Request *rq, const JoinDraft *join, Text chosen) {
    Ctx *ctx = &rq->ctx;
    bool several = join->kind_count > 1;
    view_bool(ctx->arena, rq->view, "has_kinds", several);
    View *list = view_list(ctx->arena, rq->view, "kinds");
    for (int i = 0; several && i < join->kind_count; i++) {
        const MembershipKind *kind = &join->kinds[i];
        View *item = view_item(ctx->arena, list);
        view_text(ctx->arena, item, "code", kind->kind);
        view_text(ctx->arena, item, "name", membership_kind_name(kind, ctx->lang));
        view_bool(ctx->arena, item, "first", i == 0);
        view_bool(ctx->arena, item, "chosen", text_eq(chosen, kind->kind));
        view_bool(ctx->arena, item, "free", kind->fee_paise == 0);
        view_text(ctx->arena, item, "fee", message_rupees(ctx->arena, kind->fee_paise));
        view_bool(ctx->arena, item, "has_term", kind->term_days > 0);
        view_int(ctx->arena, item, "days", kind->term_days);
        view_bool(ctx->arena, item, "has_age", kind->minimum_age > 0);
        view_int(ctx->arena, item, "age", kind->minimum_age);
        view_text(ctx->arena, item, "rights", membership_kind_rights(kind, ctx->lang));
    }
}

static void add_countries(Request *rq, bool abroad, Text chosen) {
    Ctx *ctx = &rq->ctx;
    view_bool(ctx->arena, rq->view, "abroad", abroad);
    View *list = view_list(ctx->arena, rq->view, "countries");
    Country *countries;
    int count = abroad ? country_list(ctx, ctx->lang, &countries) : 0;
    for (int i = 0; i < count; i++) {
        View *item = view_item(ctx->arena, list);
        view_text(ctx->arena, item, "code", countries[i].code);
        view_text(ctx->arena, item, "name", countries[i].name);
        view_bool(ctx->arena, item, "chosen", text_eq(chosen, countries[i].code));
    }
}

/* What is asked only where the year of birth makes it possible. */
static void add_age(Request *rq, const ApplicationForm *form) {
    const Ctx *ctx = &rq->ctx;
    int64_t year;
    bool ask = false, minor = false;
    if (text_to_int(form->birth_year, &year) && year >= LIMIT_BIRTH_YEAR_MIN)
        minor = member_guardian_needed(ctx, year, form->of_age, &ask);
    view_bool(ctx->arena, rq->view, "ask_of_age", ask);
    view_bool(ctx->arena, rq->view, "minor",
              minor && ctx->org->minimum_age < MEMBER_AGE_PARTY);
}

static void fill_form(Request *rq, const ApplicationForm *form, const ApplicationPlaces *places,
                      bool another, bool abroad) {
    JoinDraft *join = rq->state;
    view_bool(rq->ctx.arena, rq->view, "elsewhere", !join->can_prove);
    view_text(rq->ctx.arena, rq->view, "lang_form", join->can_prove ? T("join") : T(""));
    view_bool(rq->ctx.arena, rq->view, "another", another);
    join_draft_add_form(rq, form);
    add_places(rq, places, form->unit_code);
    add_kinds(rq, join, form->kind);
    add_countries(rq, abroad, form->country);
    add_age(rq, form);
    if (join->kind_count > 1) join->fee_paise = -1; /* each has its own */
    join_draft_add_fee(rq);
}

static bool is(const Error *error, const char *message) {
    return strcmp(error->message, message) == 0;
}

/* What only the answers bring up is the next question, not a fault, until the form has asked it:
 * which of several places, whether of age, who the guardian is. */
static void mark_questions(Request *rq) {
    const JoinDraft *join = rq->state;
    bool same_place = text_eq(request_text(rq, "asked_place"), join->form.place);
    for (int i = 0; i < rq->ctx.error_count; i++) {
        Error *error = &rq->ctx.errors[i];
        bool place = is(error, "place_choose") || is(error, "place_confirm");
        bool guardian = is(error, "guardian_missing") || is(error, "guardian_phone_missing");
        if (place) error->field = "unit_code"; /* where it is chosen */
        error->asks = (place && !same_place) || (guardian && !request_bool(rq, "asked_guardian")) ||
                      (is(error, "of_age_missing") && !request_bool(rq, "asked_age"));
    }
}

/* They come first on the page, each with its fields, when nothing is wrong beside them. */
static void add_questions(Request *rq) {
    Arena *arena = rq->ctx.arena;
    bool place = false, age = false, guardian = false;
    for (int i = 0; i < rq->ctx.error_count; i++) {
        const Error *error = &rq->ctx.errors[i];
        if (!error->asks) return;
        place |= strcmp(error->field, "unit_code") == 0;
        age |= strcmp(error->field, "of_age") == 0;
        guardian |= strncmp(error->field, "guardian", 8) == 0;
    }
    view_bool(arena, rq->view, "asking", true);
    view_bool(arena, rq->view, "ask_place", place);
    view_bool(arena, rq->view, "ask_age", age);
    view_bool(arena, rq->view, "ask_guardian", guardian);
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
    if (member && !another && join_draft_redirect_unless(rq, APPLICATION_FORM))
        return OK;
    bool keep = join->found && !another && !member;
    const ApplicationForm *form = keep ? &join->application.form : &empty;
    bool abroad = request_has(rq, "abroad") ? request_bool(rq, "abroad") : form->country.len > 0;
    fill_form(rq, form, keep ? &join->application.places : &none, another, abroad);
    if (error_cookie_take(rq) && join_draft_show_errors(rq)) add_questions(rq);
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
        .birth_year = params_plain_digits(rq->ctx.arena, request_text(rq, "birth_year")),
        .by = request_text(rq, "by"),
        .of_age = request_text(rq, "of_age"),
        .guardian_name = request_text(rq, "guardian_name"),
        .guardian_phone = request_text(rq, "guardian_phone"),
        .kind = request_text(rq, "kind"),
    };
    if (!request_bool(rq, "abroad")) return;
    form->country = request_text(rq, "country");
    form->town = request_text(rq, "town");
    if (!form->country.len) form->country = T("?"); /* none chosen: the domain says so */
}

static Status form_prepare(Request *rq) {
    TRY(join_draft_begin(rq));
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

static bool goes(const Request *rq, const char *where) {
    return text_eq(request_text(rq, "go"), text_of(where));
}

/* What the other face of the form asks stays as it was typed there; and turns to that face. */
static void keep_other_face(const Request *rq, const ApplicationForm *before,
                            ApplicationForm *form) {
    bool abroad = form->country.len > 0;
    bool chosen = before->country.len && !text_eq(before->country, T("?"));
    if (abroad) {
        form->place = before->place;
        form->unit_code = before->unit_code;
        form->settlement = before->settlement;
        if (goes(rq, "india") && !text_eq(form->country, T("?")))
            form->country_before = form->country;
        if (goes(rq, "india")) form->country = T("");
    } else {
        form->town = before->town;
        form->country_before = chosen ? before->country : before->country_before;
        if (goes(rq, "abroad"))
            form->country = form->country_before.len ? form->country_before : T("?");
    }
}

/* Where no more drafts may be begun, a form with wrong values still says what is wrong. */
static Status may_begin(Request *rq) {
    Status status = request_tries_left(rq, "draft");
    if (status != LIMIT || !request_wrong_values(rq)) return status;
    request_tell_wrong_values(rq);
    return INVALID;
}

/* Saves the form to go on with it, or, where somebody only goes elsewhere, as it is. */
static Status form_save(Request *rq) {
    JoinDraft *join = rq->state;
    ApplicationForm form = join->form;
    Text go = request_text(rq, "go");
    TRY(join_draft_load_to_prove(rq));
    join->is_new = !join->found;
    if (join->is_new) {
        TRY(may_begin(rq));
        join->secret = join->own_secret; /* never one that was planted */
    }
    const ApplicationForm *before = &join->application.form;
    /* the other script as mended on the next page stays, but goes with this name only */
    if (join->found && text_eq(before->name, form.name)) form.name_alt = before->name_alt;
    if (join->found) form.messages = before->messages;
    keep_other_face(rq, before, &form);
    join->found = true;
    if (go.len || request_wrong_values(rq))
        return application_keep(&rq->ctx, join->secret, &form, goes(rq, "nowhere"),
                                &join->application);
    return application_save(&rq->ctx, join->secret, &form, &join->application);
}

static void tell(Request *rq) {
    mark_questions(rq);
    (void)join_draft_show_errors(rq); /* in the order of the page */
    error_cookie_redirect(rq, T("/join"));
}

static Status form_saved(Request *rq) {
    const JoinDraft *join = rq->state;
    if (join->is_new) request_count(rq, "draft");
    request_set_cookie(rq, join_draft_cookie, join->secret, APPLICATION_LIFE_S);
    if (request_wrong_values(rq)) request_tell_wrong_values(rq);
    if (goes(rq, "nowhere"))
        rq->http_status = 204;
    else if (goes(rq, "hi") || goes(rq, "en"))
        request_redirect(rq, goes(rq, "hi") ? T("/join?lang=hi") : T("/join?lang=en"));
    else if (request_text(rq, "go").len)
        request_redirect(rq, T("/join"));
    else if (rq->ctx.error_count)
        tell(rq);
    else
        (void)join_draft_redirect_unless(rq, APPLICATION_FORM);
    return OK;
}

/* Too many drafts of this client, say: nothing is saved, all is shown again. */
static Status form_refused(Request *rq) {
    static const ApplicationPlaces none;
    ApplicationForm form;
    TRY(join_draft_begin(rq));
    TRY(join_draft_read_rules(rq));
    gather(rq, &form);
    ((JoinDraft *)rq->state)->by = form.by;
    fill_form(rq, &form, &none, request_bool(rq, "another"), form.country.len > 0);
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
    if (error_cookie_take(rq)) (void)join_draft_show_errors(rq);
    return OK;
}

static Status look_save(Request *rq) {
    JoinDraft *join = rq->state;
    TRY(join_draft_load_to_prove(rq));
    if (!join->found) return OK;
    ApplicationConsent consent = {.name = request_text(rq, "name"),
                                  .name_alt = request_text(rq, "name_alt"),
                                  .agreed = request_bool(rq, "agreed"),
                                  .messages = request_bool(rq, "messages")};
    return application_consent(&rq->ctx, join->secret, &consent, join->fresh_code,
                               &join->application);
}

static Status look_saved(Request *rq) {
    if (join_draft_show_errors(rq)) {
        error_cookie_redirect(rq, T("/join/check"));
        return OK;
    }
    join_draft_code_sent(rq);
    (void)join_draft_redirect_unless(rq, APPLICATION_CHECK);
    return OK;
}

/* Where a page of the middle was opened that has nothing behind it any more. */
static Status over_page(Request *rq) {
    (void)rq;
    return OK;
}

static const Param form_query[] = {
    {.name = "another", .place = PARAM_QUERY, .type = PARAM_BOOL,
     .help = "Somebody else on the same phone: an empty form"},
    {.name = "by", .place = PARAM_QUERY, .type = PARAM_TEXT,
     .max_bytes = LIMIT_LABEL_BYTES,
     .help = "Code of the member who invited"},
    {.name = "abroad", .place = PARAM_QUERY, .type = PARAM_BOOL,
     .help = "Asks for country and city instead of the place"},
    {0},
};

#define FIELD(field, bytes, key, words)                                                            \
    {                                                                                              \
        .name = field, .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = bytes,                \
        .message = key, .help = words                                                              \
    }
/* In the order of the page, which is the order of its errors. Choices are judged by the domain,
 * together with the rest: one list. */
static const Param form_fields[] = {
    FIELD("kind", 32, "kind_choose", "Kind of membership, where there are several"),
    FIELD("name", LIMIT_NAME_BYTES, "join_name_again", "Name as it shall be printed"),
    FIELD("phone", LIMIT_PHONE_BYTES, "join_phone_again", "Phone number"),
    FIELD("phone_of", 16, "join_phone_of_label", "self or household"),
    FIELD("country", 8, "country_form", "Abroad: ISO 3166 code of the country"),
    FIELD("town", LIMIT_TOWN_BYTES, "town_form", "Abroad: city"),
    FIELD("place", LIMIT_SEARCH_BYTES, "join_place_again", "PIN code, town, block or district"),
    FIELD("unit_code", LIMIT_UNIT_CODE_BYTES, "join_places_label", "Chosen unit"),
    FIELD("settlement", 16, "join_settlement_label", "rural or urban"),
    FIELD("gender", 4, "join_gender_label", "f, m, x or n"),
    FIELD("birth_year", 16, "join_birth_year_again", "Year of birth"),
    FIELD("of_age", 8, "of_age_missing", "yes or no: eighteen already"),
    FIELD("guardian_name", LIMIT_NAME_BYTES, "guardian_missing", "Guardian of a minor"),
    FIELD("guardian_phone", LIMIT_PHONE_BYTES, "guardian_phone_missing", "The guardian's phone"),
    FIELD("by", LIMIT_LABEL_BYTES, NULL, "Code of the member who invited"),
    FIELD("asked_place", LIMIT_SEARCH_BYTES, "join_place_again", "Place whose units are shown"),
    {.name = "asked_age", .place = PARAM_FORM, .type = PARAM_BOOL, .help = "of_age is asked"},
    {.name = "asked_guardian", .place = PARAM_FORM, .type = PARAM_BOOL,
     .help = "The guardian is asked"},
    {.name = "abroad", .place = PARAM_FORM, .type = PARAM_BOOL, .help = "Country, city"},
    {.name = "go", .place = PARAM_FORM, .type = PARAM_CHOICE,
     .choices = "abroad|india|hi|en|nowhere",
     .help = "Only keeps what is typed, and shows the form so, or (nowhere) answers nothing"},
    {.name = "another", .place = PARAM_FORM, .type = PARAM_BOOL, .help = "Begins a new draft"},
    {0},
};
static const Param look_fields[] = {
    FIELD("name", LIMIT_NAME_BYTES, "join_name_again", "Name as it shall be printed"),
    FIELD("name_alt", LIMIT_NAME_BYTES, "join_name_again", "Name in the other script"),
    {.name = "agreed", .place = PARAM_FORM, .type = PARAM_BOOL, .help = "Consent to the notice"},
    {.name = "messages", .place = PARAM_FORM, .type = PARAM_BOOL, .help = "Wishes for news"},
    {0},
};

extern const Route join_routes[];
const Route join_routes[] = {
    {.method = "GET", .path = "/join", .kind = ROUTE_READ, .face = FACE_PAGE,
     .params = form_query, .prepare = form_begin, .apply = join_draft_load,
     .render = form_page, .page = "join", .summary = "The form for joining"},
    {.method = "POST", .path = "/join", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = form_fields, .prepare = form_prepare, .apply = form_save, .render = form_saved,
     .on_error = form_refused, .page = "join", .keeps_wrong = true,
     .summary = "Keeps the form and goes on"},
    {.method = "GET", .path = "/join/over", .kind = ROUTE_STATIC, .face = FACE_PAGE,
     .render = over_page, .page = "join_over", .summary = "Says that what was begun is gone"},
    {.method = "GET", .path = "/join/check", .kind = ROUTE_READ, .face = FACE_PAGE,
     .prepare = join_draft_begin, .apply = join_draft_load, .render = look_page,
     .page = "join_check", .summary = "How the name will be printed, the notice, the consent"},
    {.method = "POST", .path = "/join/check", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = look_fields, .prepare = join_draft_begin_code, .apply = look_save,
     .render = look_saved, .page = "join_check", .summary = "Consents, and has a code sent"},
    {0},
};
