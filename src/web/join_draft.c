/* The draft is sealed in the store (domain/application.h); the browser holds only its secret. */
#include "web/join_draft.h"

#include "crypto/secret_token.h"
#include "domain/referral.h"
#include "render/messages.h"
#include "web/app.h"
#include "web/problem.h"

const char join_draft_cookie[] = "join";
const char join_draft_demo_cookie[] = "join_demo_code";

Text join_draft_fresh_secret(Arena *arena) {
    char secret[SECRET_TOKEN_CHARS];
    secret_token_make(secret);
    return arena_copy(arena, (Text){secret, sizeof secret});
}

Status join_draft_begin(Request *rq) {
    JoinDraft *join = rq->state = ARENA_NEW(rq->ctx.arena, JoinDraft);
    request_private(rq);
    join->fee_paise = -1;
    join->secret = request_cookie(rq, join_draft_cookie);
    if (join->secret.len != SECRET_TOKEN_CHARS)
        join->secret = join_draft_fresh_secret(rq->ctx.arena);
    return OK;
}

Status join_draft_begin_code(Request *rq) {
    TRY(join_draft_begin(rq));
    TRY(request_tries_left(rq, "send"));
    char code[ONE_TIME_CODE_DIGITS];
    one_time_code_make(code);
    JoinDraft *join = rq->state;
    join->fresh_code = arena_copy(rq->ctx.arena, (Text){code, sizeof code});
    return OK;
}

void join_draft_code_sent(Request *rq) {
    const JoinDraft *join = rq->state;
    if (!join->application.demo_code.len) return;
    request_count(rq, "send");
    if (rq->app->demo)
        request_set_cookie(rq, join_draft_demo_cookie, join->application.demo_code,
                           PHONE_CODE_LIFE_S);
}

Status join_draft_read_rules(Request *rq) {
    JoinDraft *join = rq->state;
    PhoneWays ways;
    TRY(phone_way_read(&rq->ctx, &ways));
    join->can_prove = phone_way_any(&ways);
    join->sends_code = ways.code;
    TRY(membership_kind_list(&rq->ctx, true, join->kinds, &join->kind_count));
    const Application *a = &join->application;
    if (join->found && a->kind.kind.len)
        join->fee_paise = a->fee_paise;
    else if (join->kind_count == 1)
        join->fee_paise = join->kinds[0].fee_paise;
    return OK;
}

/* The link that was followed last counts; otherwise the one that the draft began with. */
static Status find_inviter(Request *rq) {
    JoinDraft *join = rq->state;
    Member member;
    bool found;
    join->inviter = TEXT_NONE;
    if (!join->by.len && join->found) join->by = join->application.form.by;
    TRY(referral_find(&rq->ctx, join->by, &member, &found));
    if (found) join->inviter = referral_given_name(&member);
    return OK;
}

Status join_draft_load(Request *rq) {
    JoinDraft *join = rq->state;
    Status status = application_load(&rq->ctx, join->secret, &join->application);
    join->found = status == OK;
    if (status == NOT_FOUND)
        ctx_forget_errors(&rq->ctx);
    else
        TRY(status);
    TRY(find_inviter(rq));
    return join_draft_read_rules(rq);
}

Status join_draft_load_to_prove(Request *rq) {
    TRY(join_draft_load(rq));
    const JoinDraft *join = rq->state;
    return join->can_prove ? OK : fail(&rq->ctx, DENIED, NULL, "join_not_here");
}

bool join_draft_redirect_unless(Request *rq, ApplicationStep here) {
    static const char *const paths[] = {"/join", "/join/check", "/join/code", "/join/pay", "/join"};
    const JoinDraft *join = rq->state;
    ApplicationStep step = join->found ? join->application.step : APPLICATION_FORM;
    if (step == here) return false;
    Text card = join->application.card_path;
    if (!join->found)
        request_redirect(rq, T("/join/over"));
    else if (step == APPLICATION_DONE && card.len)
        request_redirect(rq, arena_printf(rq->ctx.arena, "%.*s?fresh=1", TEXT_ARG(card)));
    else
        request_redirect(rq, text_of(paths[step]));
    return true;
}

void join_draft_add_fee(Request *rq) {
    int64_t fee = ((const JoinDraft *)rq->state)->fee_paise;
    Arena *arena = rq->ctx.arena;
    view_bool(arena, rq->view, "fee_known", fee >= 0);
    view_bool(arena, rq->view, "free", fee == 0);
    view_text(arena, rq->view, "fee", fee > 0 ? message_rupees(arena, fee) : T(""));
}

void join_draft_add_form(Request *rq, const ApplicationForm *typed) {
    Arena *arena = rq->ctx.arena;
    const JoinDraft *join = rq->state;
    view_text(arena, rq->view, "inviter", join->inviter);
    view_bool(arena, rq->view, "sends_code", join->sends_code);
    View *form = view_object(arena, rq->view, "form");
    view_text(arena, form, "by", join->by);
    view_text(arena, form, "name", typed->name);
    view_text(arena, form, "name_alt", typed->name_alt);
    view_text(arena, form, "phone", typed->phone);
    view_text(arena, form, "place", typed->place);
    view_text(arena, form, "birth_year", typed->birth_year);
    view_text(arena, form, "town", typed->town);
    view_text(arena, form, "guardian_name", typed->guardian_name);
    view_text(arena, form, "guardian_phone", typed->guardian_phone);
    view_bool(arena, form, "of_age_yes", text_eq(typed->of_age, T("yes")));
    view_bool(arena, form, "of_age_no", text_eq(typed->of_age, T("no")));
    view_bool(arena, form, "messages", text_eq(typed->messages, T("1")));
    view_bool(arena, form, "phone_of_self", text_eq(typed->phone_of, T("self")));
    view_bool(arena, form, "phone_of_household", text_eq(typed->phone_of, T("household")));
    view_bool(arena, form, "settlement_rural", text_eq(typed->settlement, T("rural")));
    view_bool(arena, form, "settlement_urban", text_eq(typed->settlement, T("urban")));
    view_bool(arena, form, "gender_f", text_eq(typed->gender, T("f")));
    view_bool(arena, form, "gender_m", text_eq(typed->gender, T("m")));
    view_bool(arena, form, "gender_x", text_eq(typed->gender, T("x")));
    view_bool(arena, form, "gender_n", text_eq(typed->gender, T("n")));
}

void join_draft_add_summary(Request *rq) {
    const Application *a = &((const JoinDraft *)rq->state)->application;
    Ctx *ctx = &rq->ctx;
    view_text(ctx->arena, rq->view, "place", ctx->lang == LANG_HI ? a->place_hi : a->place_en);
    view_bool(ctx->arena, rq->view, "abroad", a->form.country.len > 0);
    /* as typed on the same device a moment ago */
    view_text(ctx->arena, rq->view, "phone_shown", a->form.phone);
    view_text(ctx->arena, rq->view, "code_phone",
              a->minor ? a->form.guardian_phone : a->form.phone);
    view_bool(ctx->arena, rq->view, "minor", a->minor);
    view_text(ctx->arena, rq->view, "name", a->form.name);
    view_text(ctx->arena, rq->view, "kind_name",
              ((const JoinDraft *)rq->state)->kind_count > 1
                  ? membership_kind_name(&a->kind, ctx->lang)
                  : T(""));
}

/* Where the field stands on its page. */
static int position(const Request *rq, const Error *error) {
    const Param *params = rq->route->params;
    int i = 0;
    for (; params && params[i].name; i++)
        if (error->field && strcmp(params[i].name, error->field) == 0) break;
    return i;
}

/* The summary lists them as the page does, from top to bottom. */
static void sort_errors(Request *rq) {
    Error *errors = rq->ctx.errors;
    for (int i = 1; i < rq->ctx.error_count; i++) {
        Error moved = errors[i];
        int at = i;
        for (; at > 0 && position(rq, &errors[at - 1]) > position(rq, &moved); at--)
            errors[at] = errors[at - 1];
        errors[at] = moved;
    }
}

bool join_draft_show_errors(Request *rq) {
    Ctx *ctx = &rq->ctx;
    if (!ctx->error_count) return false;
    for (int i = 0; i < ctx->error_count; i++)
        if (ctx->errors[i].field && strncmp(ctx->errors[i].field, "consent", 7) == 0)
            ctx->errors[i].field = "agreed"; /* as the page calls it */
    for (int i = ctx->error_count; i--;) {
        Status status = ctx->errors[i].status;
        /* what the form names and is not there, is the form's fault, not the address' */
        if (!ctx->errors[i].asks)
            rq->http_status = problem_http_status(status == NOT_FOUND ? INVALID : status);
    }
    sort_errors(rq);
    return true;
}
