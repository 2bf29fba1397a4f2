/* Is this card genuine? At the address of the code on the card, for anybody with a camera. Says no
 * more than the code allows (domain/check.h) and slows down whoever tries tags. */
#include "base/limits.h"
#include "crypto/receipt_code.h"
#include "domain/check.h"
#include "domain/code_address.h"
#include "render/messages.h"
#include "web/app.h"
#include "web/card_view.h"
#include "web/check_asked.h"
#include "web/problem.h"
#include "web/route.h"

/* The face is shown to who has scanned the card itself. */
static bool may_show_photo(const Check *check) {
    return check->shows_person && check->kind == CHECK_BY_TAG;
}

static Status check_apply(Request *rq) {
    CheckAsked *asked = rq->state;
    TRY(check_asked_apply(rq));
    return may_show_photo(&asked->result) ? card_read_photo(&rq->ctx, &asked->result.card) : OK;
}

typedef enum Tone { TONE_GOOD, TONE_WARN, TONE_BAD, TONE_STILL, TONE_COUNT } Tone;

typedef struct Words {
    const char *title, *text;
    Tone tone;
} Words;

static const Words words[CHECK_VERDICT_COUNT] = {
    [CHECK_VALID] = {"check_valid_title", "check_valid_text", TONE_GOOD},
    [CHECK_PROVISIONAL] = {"check_provisional_title", "check_provisional_text", TONE_WARN},
    [CHECK_ENDED] = {"check_ended_title", "check_ended_text", TONE_STILL},
    [CHECK_SUSPENDED] = {"check_suspended_title", "check_suspended_text", TONE_STILL},
    [CHECK_REISSUED] = {"check_reissued_title", "check_reissued_text", TONE_STILL},
    [CHECK_UNKNOWN] = {"check_unknown_title", "check_unknown_text", TONE_BAD},
    [CHECK_WRONG_TAG] = {"check_wrong_tag_title", "check_wrong_tag_text", TONE_BAD},
    [CHECK_WRONG_DIGIT] = {"check_wrong_digit_title", "check_wrong_digit_text", TONE_WARN},
    [CHECK_NOT_A_CODE] = {"check_not_a_code_title", "check_not_a_code_text", TONE_WARN},
    [CHECK_OTHER_ORGANISATION] = {"check_other_organisation_title",
        "check_other_organisation_text", TONE_STILL},
    [CHECK_FORGED] = {"check_forged_title", "check_forged_text", TONE_BAD},
    [CHECK_EXPIRED] = {"check_expired_title", "check_expired_text", TONE_STILL},
};
/* From a number alone nobody learns more than whether it is valid. */
static const Words number_valid = {"check_number_valid_title", "check_number_valid_text",
                                   TONE_GOOD};
static const Words number_unknown = {"check_number_unknown_title", "check_number_unknown_text",
                                     TONE_BAD};

static const Words *words_of(const Check *check) {
    if (check->kind == CHECK_BY_NUMBER && check->verdict == CHECK_VALID) return &number_valid;
    if (check->kind == CHECK_BY_NUMBER && check->verdict == CHECK_UNKNOWN) return &number_unknown;
    return &words[check->verdict];
}

static void add_both(Request *rq, const char *name, const char *name_other, const char *key) {
    Ctx *ctx = &rq->ctx;
    Lang other = ctx->lang == LANG_HI ? LANG_EN : LANG_HI;
    view_text(ctx->arena, rq->view, name, message(ctx->lang, key));
    view_text(ctx->arena, rq->view, name_other, message(other, key));
}

static void add_verdict(Request *rq, const Check *check) {
    static const char *const names[TONE_COUNT] = {"good", "warn", "bad", "still"};
    static const char *const flags[TONE_COUNT] = {"tone_good", "tone_warn", "tone_bad",
                                                  "tone_still"};
    Arena *arena = rq->ctx.arena;
    const Words *said = words_of(check);
    add_both(rq, "verdict_title", "verdict_title_other", said->title);
    add_both(rq, "verdict_text", "verdict_text_other", said->text);
    view_text(arena, rq->view, "tone", text_of(names[said->tone]));
    for (int i = 0; i < TONE_COUNT; i++) view_bool(arena, rq->view, flags[i], i == (int)said->tone);
}

/* What was mistyped is offered again at once. Only what has the form of a number is put back: a
   link could else set words of its choice on this page. */
static void add_retry(Request *rq, const Check *check) {
    bool digit = check->verdict == CHECK_WRONG_DIGIT;
    view_bool(rq->ctx.arena, rq->view, "retry", digit || check->verdict == CHECK_NOT_A_CODE);
    if (digit) view_text(rq->ctx.arena, rq->view, "typed_code", request_text(rq, "code"));
}

static void add_person(Request *rq, const Card *card) {
    Ctx *ctx = &rq->ctx;
    Lang lang = ctx->lang, other = lang == LANG_HI ? LANG_EN : LANG_HI;
    View *person = view_object(ctx->arena, rq->view, "person");
    view_text(ctx->arena, person, "name", card->member.name);
    view_text(ctx->arena, person, "name_alt", card->member.name_alt);
    view_text(ctx->arena, person, "unit_name", card_view_place(ctx, card, lang));
    view_text(ctx->arena, person, "unit_name_other", card_view_place(ctx, card, other));
    view_text(ctx->arena, person, "since", card_view_day(ctx, card->member.joined_at, lang));
    view_text(ctx->arena, person, "since_other",
              card_view_day(ctx, card->member.joined_at, other));
    View *posts = view_list(ctx->arena, person, "posts");
    for (int i = 0; i < card->post_count; i++)
        view_item_text(ctx->arena, posts, lang == LANG_HI ? card->post_hi[i] : card->post_en[i]);
}

static Status check_page(Request *rq) {
    const Check *check = &((const CheckAsked *)rq->state)->result;
    TRY(check_asked_count(rq));
    add_verdict(rq, check);
    add_retry(rq, check);
    add_both(rq, "label_number", "label_number_other", "check_label_number");
    add_both(rq, "label_unit", "label_unit_other", "check_label_unit");
    add_both(rq, "label_post", "label_post_other", "check_label_post");
    add_both(rq, "label_since", "label_since_other", "check_label_since");
    view_text(rq->ctx.arena, rq->view, "number", check->number);
    bool photo = may_show_photo(check) && check->card.photo.len;
    view_text(rq->ctx.arena, rq->view, "photo_path",
              photo ? arena_printf(rq->ctx.arena, "%.*s/photo.jpg", TEXT_ARG(rq->path)) : T(""));
    if (check->shows_person) add_person(rq, &check->card);
    return OK;
}

/* The same check once more, so that the picture says no more than the page. */
static Status photo_file(Request *rq) {
    const Check *check = &((const CheckAsked *)rq->state)->result;
    TRY(check_asked_count(rq));
    if (!may_show_photo(check) || !check->card.photo.len)
        return fail(&rq->ctx, NOT_FOUND, NULL, "page_not_found");
    request_answer_bytes(rq, "image/jpeg", check->card.photo, NULL);
    return OK;
}

/* Percent-encodes all but letters, digits and hyphens: a code may be anything that was typed. Who
 * has a receipt in hand is led to where those are checked. */
static Text check_address(Arena *arena, Text code) {
    ReceiptCode receipt;
    Text of_receipt = code_address_read(code, "/R/");
    bool is_receipt = receipt_code_parse(of_receipt, &receipt);
    Buffer out = buffer_in(arena, 8 + 3 * (size_t)LIMIT_CODE_BYTES);
    if (is_receipt) code = of_receipt;
    buffer_add(&out, is_receipt ? T("/R/") : T("/V/"));
    for (size_t i = 0; i < code.len; i++) {
        unsigned char c = (unsigned char)code.ptr[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (plain || c == '-')
            buffer_byte(&out, (char)c);
        else
            buffer_printf(&out, "%%%02X", c);
    }
    return buffer_text(&out);
}

static Status ask_page(Request *rq) {
    Text code = request_text(rq, "code");
    Text address = check_address(rq->ctx.arena, code);
    if (address.len >= LIMIT_URL_BYTES) return fail(&rq->ctx, INVALID, "code", "check_code_empty");
    if (code.len) {
        request_redirect(rq, address);
    } else if (request_bool(rq, "asked")) {
        (void)fail(&rq->ctx, INVALID, "code", "check_code_empty");
        rq->http_status = problem_http_status(INVALID);
    }
    return OK;
}

static const Param code_in_path[] = {
    {.name = "code", .place = PARAM_PATH, .type = PARAM_TEXT, .required = true,
     .max_bytes = LIMIT_CODE_BYTES, .message = "check_code_empty",
     .help = "Number, check code or signed code of a card"},
    {0},
};
static const Param code_in_query[] = {
    {.name = "code", .place = PARAM_QUERY, .type = PARAM_TEXT, .max_bytes = LIMIT_CODE_BYTES,
     .message = "check_code_empty", .help = "Number or code of a card, as typed"},
    {.name = "asked", .place = PARAM_QUERY, .type = PARAM_BOOL,
     .help = "By the form: an empty code is told there"},
    {0},
};

#define CHECK_ROUTE(address)                                                                       \
    {                                                                                              \
        .method = "GET", .path = address, .kind = ROUTE_READ, .face = FACE_PAGE,                   \
        .params = code_in_path, .prepare = check_asked_prepare, .apply = check_apply,              \
        .render = check_page, .page = "check",                                                     \
        .summary = "Is this card genuine? As a page for anybody",                                  \
    }

#define PHOTO_ROUTE(address)                                                                       \
    {                                                                                              \
        .method = "GET", .path = address, .kind = ROUTE_READ, .face = FACE_FILE,                   \
        .params = code_in_path, .prepare = check_asked_prepare, .apply = check_apply,              \
        .render = photo_file, .summary = "The member's photo, to who has the card's own code"      \
    }

extern const Route check_routes[];
const Route check_routes[] = {
    CHECK_ROUTE("/V/{code}"),
    CHECK_ROUTE("/v/{code}"),
    PHOTO_ROUTE("/V/{code}/photo.jpg"),
    PHOTO_ROUTE("/v/{code}/photo.jpg"),
    {.method = "GET",
     .path = "/check",
     .kind = ROUTE_STATIC,
     .face = FACE_PAGE,
     .params = code_in_query,
     .render = ask_page,
     .page = "check_ask",
     .summary = "Asks for the number or code of a card"},
    {0},
};
