/* Unit shares at the desk: the parts, what every unit earned and is due, paying out. */
#include "base/clock.h"
#include "base/limits.h"
#include "domain/receipt.h"
#include "domain/unit_share.h"
#include "render/messages.h"
#include "web/app.h"
#include "web/date_fields.h"
#include "web/money_sheet.h"
#include "web/route.h"
#include "web/sheet_answer.h"
#include "web/work_room.h"

enum { UNITS_MAX = 2000, UNITS_SHOWN = 100 };

typedef struct Shares {
    int64_t first, last;
    UnitShareSet sets[UNIT_SHARE_SETS_MAX];
    int set_count;
    UnitKind kinds[UNIT_KINDS_MAX];
    int kind_count;
    UnitShareDue *due;
    int count;
    Text after; /* code of the last unit of the page before */
    bool refused; /* the days as they were typed */
} Shares;

static Shares *begin(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Shares *s = rq->state = ARENA_NEW(ctx->arena, Shares);
    int64_t year = receipt_financial_year(ctx->now_s, ctx->org->zone_offset_s);
    s->first = clock_day_of((int)year, 4, 1);
    s->last = organisation_day(ctx);
    return s;
}

static Status show_prepare(Request *rq) {
    Shares *s = begin(rq);
    s->after = request_text(rq, "after");
    Text from = date_fields_iso(rq, "from"), to = date_fields_iso(rq, "to");
    if (from.len && !clock_parse_day(from, &s->first))
        return fail(&rq->ctx, INVALID, "from", "ledger_date");
    if (to.len && !clock_parse_day(to, &s->last))
        return fail(&rq->ctx, INVALID, "to", "ledger_date");
    return OK;
}

static Status show_apply(Request *rq) {
    Shares *s = rq->state;
    TRY(unit_kinds(&rq->ctx, s->kinds, &s->kind_count));
    TRY(unit_share_sets(&rq->ctx, s->sets, &s->set_count));
    return unit_share_due(&rq->ctx, s->first, s->last, UNITS_MAX, &s->due, &s->count);
}

static void add_day(Request *rq, const char *name, int64_t day) {
    char iso[11];
    clock_iso_day(day, iso);
    view_text(rq->ctx.arena, rq->view, name, arena_copy(rq->ctx.arena, text_of(iso)));
}

static Text kind_name(const Request *rq, const Shares *s, Text kind) {
    const UnitKind *known = unit_kind_of(s->kinds, s->kind_count, kind);
    if (!known) return kind;
    return rq->ctx.lang == LANG_HI ? known->label_hi : known->label_en;
}

/* "40%", "33.34%". */
static Text percent(Arena *arena, int64_t basis_points) {
    int part = (int)(basis_points % 100);
    if (!part) return arena_printf(arena, "%lld%%", (long long)basis_points / 100);
    return arena_printf(arena, "%lld.%02d%%", (long long)basis_points / 100, part);
}

static void add_sets(Request *rq, const Shares *s) {
    Arena *arena = rq->ctx.arena;
    View *sets = view_list(arena, rq->view, "sets");
    for (int i = s->set_count - 1; i >= 0; i--) {
        View *item = view_item(arena, sets);
        view_text(arena, item, "since", message_day(arena, rq->ctx.lang, s->sets[i].from_day));
        Text words = T("");
        for (int j = 0; j < s->sets[i].count; j++) {
            const UnitShareLevel *level = &s->sets[i].levels[j];
            words = arena_printf(arena, "%.*s%s%.*s %.*s", TEXT_ARG(words), j ? " · " : "",
                                 TEXT_ARG(kind_name(rq, s, level->kind)),
                                 TEXT_ARG(percent(arena, level->basis_points)));
        }
        view_text(arena, item, "parts", words);
    }
}

static int first_shown(const Shares *s) {
    for (int i = 0; s->after.len && i < s->count; i++)
        if (text_eq(s->due[i].unit.code, s->after)) return i + 1;
    return 0;
}

static void add_days(Request *rq, const Shares *s) {
    add_day(rq, "from_iso", s->first);
    add_day(rq, "to_iso", s->last);
    if (s->refused) {
        date_fields_again(rq, "from");
        date_fields_again(rq, "to");
        return;
    }
    date_fields_show(rq, "from", s->first);
    date_fields_show(rq, "to", s->last);
}

static Status show_page(Request *rq) {
    const Shares *s = rq->state;
    Arena *arena = rq->ctx.arena;
    add_days(rq, s);
    add_sets(rq, s);
    View *units = view_list(arena, rq->view, "units");
    int first = first_shown(s), end = first + UNITS_SHOWN;
    if (end > s->count) end = s->count;
    if (end < s->count) view_text(arena, rq->view, "next", s->due[end - 1].unit.code);
    view_int(arena, rq->view, "unit_count", s->count);
    for (int i = first; i < end; i++) {
        const UnitShareDue *d = &s->due[i];
        View *item = view_item(arena, units);
        view_text(arena, item, "unit_name", unit_name(&d->unit, rq->ctx.lang));
        view_text(arena, item, "unit_code", d->unit.code);
        view_text(arena, item, "earned", sheet_amount(arena, d->earned - d->returned));
        view_text(arena, item, "paid", sheet_amount(arena, d->paid));
        view_text(arena, item, "due", sheet_amount(arena, d->payable));
    }
    view_bool(arena, rq->view, "empty", !s->count);
    view_bool(arena, rq->view, "has_units", s->count > 0);
    return OK;
}

static Status done_page(Request *rq) {
    view_bool(rq->ctx.arena, rq->view, "done", request_bool(rq, "done"));
    return show_page(rq);
}

static Status pay_look(Request *rq) {
    UnitShareLook *seen = rq->state = ARENA_NEW(rq->ctx.arena, UnitShareLook);
    return unit_share_look(&rq->ctx, request_text(rq, "unit"), seen);
}

static Status pay_apply(Request *rq) {
    int64_t paise = 0, paid;
    Text amount = request_text(rq, "amount"), note = request_text(rq, "note");
    if (amount.len && (!text_to_paise(amount, &paise) || !paise))
        return fail(&rq->ctx, INVALID, "amount", "payment_amount");
    bool cash = text_eq(request_text(rq, "account"), T("cash"));
    return unit_share_pay(&rq->ctx, request_text(rq, "unit"), rq->state, paise,
                          cash ? T("cash:server") : T("bank"), note, &paid);
}

static Status pay_done(Request *rq) {
    request_redirect(rq, T("/desk/shares?done=1"));
    return OK;
}

/* What was typed stays; the list below it is as it is now. */
static Status pay_again(Request *rq) {
    static const char *const typed[] = {"unit", "amount", "note"};
    static const char *const shown[] = {"typed_unit", "typed_amount", "typed_note"};
    for (int i = 0; i < 3; i++)
        view_text(rq->ctx.arena, rq->view, shown[i], request_text(rq, typed[i]));
    (void)begin(rq);
    TRY(show_apply(rq));
    return show_page(rq);
}

static Status show_again(Request *rq) {
    begin(rq)->refused = true;
    return show_page(rq);
}

static Status file_apply(Request *rq) { return work_room_within(rq, show_apply); }

static Status draw_file(Request *rq) {
    const Shares *s = rq->state;
    Ctx *ctx = &rq->ctx;
    char first[11], last[11];
    Sheet sheet;
    clock_iso_day(s->first, first);
    clock_iso_day(s->last, last);
    money_sheet_shares(ctx, s->first, s->last, s->due, s->count, &sheet);
    return sheet_answer(rq, &sheet, arena_printf(ctx->arena, "shares-%s-%s", first, last));
}

static Status file_render(Request *rq) { return work_room_within(rq, draw_file); }

static const Param show_params[] = {
    DATE_FIELDS(PARAM_QUERY, "from", "ledger_date"), /* the year's first when left out */
    DATE_FIELDS(PARAM_QUERY, "to", "ledger_date"),   /* today when left out */
    {.name = "after", .place = PARAM_QUERY, .type = PARAM_TEXT,
     .max_bytes = LIMIT_UNIT_CODE_BYTES, .message = "share_unit",
     .help = "Code of the last unit of the page before"},
    {.name = "done", .place = PARAM_QUERY, .type = PARAM_BOOL, .help = "A share was paid out"},
    {0},
};
static const Param pay_params[] = {
    {.name = "unit", .place = PARAM_FORM, .type = PARAM_TEXT, .required = true,
     .max_bytes = LIMIT_UNIT_CODE_BYTES, .message = "share_unit", .help = "Code of the unit"},
    {.name = "amount", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = 30,
     .message = "payment_amount", .help = "Rupees; all that is due when left out"},
    {.name = "account", .place = PARAM_FORM, .type = PARAM_CHOICE, .required = true,
     .choices = "bank|cash", .message = "share_account", .help = "Where it is paid from"},
    {.name = "note", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = LIMIT_REASON_BYTES,
     .message = "reason_form", .help = "The bank's reference"},
    {0},
};

#define SHARE_FILE(address, words)                                                                 \
    {                                                                                              \
        .method = "GET", .path = address, .kind = ROUTE_READ, .face = FACE_FILE,                   \
        .needs = CAN_ADMINISTER, .params = show_params, .prepare = show_prepare,                   \
        .apply = file_apply, .render = file_render, .slow = true, .summary = words                 \
    }

extern const Route share_routes[];
const Route share_routes[] = {
    {.method = "GET", .path = "/desk/shares", .kind = ROUTE_READ, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = show_params, .prepare = show_prepare, .apply = show_apply,
     .render = done_page, .on_error = show_again, .page = "shares", .slow = true,
     .summary = "Unit shares: what every unit earned, was paid and is due"},
    SHARE_FILE("/desk/shares.pdf", "The units' shares to print, in both languages"),
    SHARE_FILE("/desk/shares.xlsx", "The units' shares as a workbook"),
    SHARE_FILE("/desk/shares.csv", "The units' shares as CSV"),
    {.method = "POST", .path = "/desk/shares", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = pay_params, .look = pay_look, .apply = pay_apply,
     .render = pay_done, .on_error = pay_again, .page = "shares", .slow = true,
     .summary = "Writes down that a share was paid out"},
    {0},
};
