/* What a statement would bring or has brought: matched, to be decided, nobody's; its counting. */
#include "base/clock.h"
#include "base/limits.h"
#include "render/messages.h"
#include "web/payment_words.h"
#include "web/route.h"
#include "web/statement_room.h"
#include "web/work_room.h"

enum { LINES_A_PAGE = 50, NARRATION_SHOWN_BYTES = 120 };

typedef struct FateWords {
    const char *name;        /* in addresses */
    const char *label, *text; /* message keys */
} FateWords;

static const FateWords fates[PAYMENT_STATEMENT_FATE_COUNT] = {
    [PAYMENT_STATEMENT_BOOKED] = {"booked", "statement_fate_booked", "statement_fate_booked_text"},
    [PAYMENT_STATEMENT_WAITING] = {"waiting", "statement_fate_waiting",
                                   "statement_fate_waiting_text"},
    [PAYMENT_STATEMENT_MATCHED] = {"matched", "statement_fate_matched",
                                   "statement_fate_matched_text"},
    [PAYMENT_STATEMENT_OPEN] = {"open", "statement_fate_open", "statement_fate_open_text"},
    [PAYMENT_STATEMENT_PAYOUT] = {"payout", "statement_fate_payout", "statement_fate_payout_text"},
    [PAYMENT_STATEMENT_STRANGE] = {"strange", "statement_fate_strange",
                                   "statement_fate_strange_text"},
};

/* In the order in which they are offered: what needs somebody first. */
static const PaymentStatementFate offered[PAYMENT_STATEMENT_FATE_COUNT] = {
    PAYMENT_STATEMENT_OPEN,    PAYMENT_STATEMENT_WAITING, PAYMENT_STATEMENT_STRANGE,
    PAYMENT_STATEMENT_PAYOUT,  PAYMENT_STATEMENT_MATCHED, PAYMENT_STATEMENT_BOOKED,
};

static bool is_counting(const StatementRoom *room) {
    return text_eq(room->import.state, T("counting"));
}

static bool has_report(const StatementRoom *room) {
    return room->import.has_file && room->import.columns.len && !is_counting(room);
}

static Status compare(Request *rq) {
    Ctx *ctx = &rq->ctx;
    StatementRoom *room = rq->state;
    TRY(statement_room_load(rq));
    if (!has_report(room)) return OK;
    TRY(payment_statement_credits(ctx, &room->file, &room->columns, &room->s));
    TRY(payment_statement_compare(ctx, ctx->arena, &room->s));
    TRY(payment_statement_missing(ctx, &room->s, STATEMENT_MISSING_MAX, room->missing,
                                  &room->missing_count));
    return payment_statement_match(ctx, ctx->arena, &room->s);
}

static Status report_apply(Request *rq) { return work_room_within(rq, compare); }

static PaymentStatementFate chosen_fate(const Request *rq, const PaymentStatement *s) {
    Text show = request_text(rq, "show");
    for (int i = 0; i < PAYMENT_STATEMENT_FATE_COUNT; i++)
        if (text_eq(show, text_of(fates[i].name))) return (PaymentStatementFate)i;
    for (int i = 0; i < PAYMENT_STATEMENT_FATE_COUNT; i++)
        if (s->fates[offered[i]]) return offered[i];
    return PAYMENT_STATEMENT_MATCHED;
}

static Text cut(Arena *arena, Text t) {
    size_t len = NARRATION_SHOWN_BYTES;
    if (t.len <= len) return t;
    while (len && ((unsigned char)t.ptr[len] & 0xC0) == 0x80) len--;
    return arena_printf(arena, "%.*s…", (int)len, t.ptr);
}

static void add_words(Request *rq, View *item, const StatementRoom *room, int64_t at) {
    Arena *arena = rq->ctx.arena;
    Lang lang = rq->ctx.lang;
    const PaymentStatementBook *book = &room->s.books[at];
    const StatementCreditMatch *match = payment_statement_match_of(&room->s, at);
    if (match && payment_statement_fate(&room->s, at) == PAYMENT_STATEMENT_PAYOUT) {
        view_text(arena, item, "reason", message(lang, "statement_line_payout"));
        return;
    }
    if (match) {
        view_text(arena, item, "reason", message(lang, match->reason));
        view_text(arena, item, "todo", message(lang, match->todo));
        return;
    }
    const char *problem = book->left_paise ? payment_words_problem(book->problem) : NULL;
    view_text(arena, item, "reason", message(lang, problem ? problem : "statement_line_booked"));
    view_text(arena, item, "payment",
              arena_printf(arena, "/desk/payments/%lld", (long long)book->payment_id));
}

static void add_line(Request *rq, View *item, const StatementRoom *room, int64_t at) {
    Arena *arena = rq->ctx.arena;
    const StatementCredit *credit = &room->s.credits.list[at];
    view_int(arena, item, "line", credit->line);
    view_text(arena, item, "day", message_day_short(arena, rq->ctx.lang, credit->day));
    view_text(arena, item, "amount", message_rupees(arena, credit->paise));
    view_text(arena, item, "narration", cut(arena, credit->narration));
    if (credit->payer.len) view_text(arena, item, "payer", cut(arena, credit->payer));
    add_words(rq, item, room, at);
}

static Text show_path(Request *rq, PaymentStatementFate fate, int64_t from) {
    Text path = arena_printf(rq->ctx.arena, "?show=%s", fates[fate].name);
    if (from) path = arena_printf(rq->ctx.arena, "%.*s&from=%lld", TEXT_ARG(path), (long long)from);
    return statement_room_path(rq, request_int(rq, "id"), arena_cstr(rq->ctx.arena, path));
}

static void add_lines(Request *rq, const StatementRoom *room, PaymentStatementFate fate) {
    Arena *arena = rq->ctx.arena;
    View *list = view_list(arena, rq->view, "lines");
    int64_t from = request_int(rq, "from"), i = from;
    for (int shown = 0; i < room->s.credits.count && shown < LINES_A_PAGE; i++) {
        if (payment_statement_fate(&room->s, i) != fate) continue;
        add_line(rq, view_item(arena, list), room, i);
        shown++;
    }
    while (i < room->s.credits.count && payment_statement_fate(&room->s, i) != fate) i++;
    if (i < room->s.credits.count) view_text(arena, rq->view, "next", show_path(rq, fate, i));
    if (from) view_text(arena, rq->view, "first_page", show_path(rq, fate, 0));
}

static void add_filters(Request *rq, const StatementRoom *room, PaymentStatementFate chosen) {
    Arena *arena = rq->ctx.arena;
    View *list = view_list(arena, rq->view, "filters");
    for (int i = 0; i < PAYMENT_STATEMENT_FATE_COUNT; i++) {
        PaymentStatementFate fate = offered[i];
        if (!room->s.fates[fate] && fate != chosen) continue;
        View *item = view_item(arena, list);
        view_text(arena, item, "label", message(rq->ctx.lang, fates[fate].label));
        view_text(arena, item, "path", show_path(rq, fate, 0));
        view_int(arena, item, "count", room->s.fates[fate]);
        view_bool(arena, item, "chosen", fate == chosen);
        if (fate != chosen) continue;
        view_text(arena, rq->view, "shown_label", message(rq->ctx.lang, fates[fate].label));
        view_int(arena, rq->view, "shown_count", room->s.fates[fate]);
        view_text(arena, rq->view, "shown_text", message(rq->ctx.lang, fates[fate].text));
    }
}

static Text unread_lines(Arena *arena, const StatementCredits *credits) {
    Text text = T("");
    for (int i = 0; i < credits->unread && i < STATEMENT_UNREAD_MAX; i++)
        text = arena_printf(arena, "%.*s%s%d", TEXT_ARG(text), i ? ", " : "",
                            credits->unread_lines[i]);
    return text;
}

static void add_missing(Request *rq, const StatementRoom *room) {
    Arena *arena = rq->ctx.arena;
    View *list = view_list(arena, rq->view, "missing");
    for (int i = 0; i < room->missing_count; i++) {
        const PaymentIn *p = &room->missing[i];
        View *item = view_item(arena, list);
        int64_t day = clock_day(p->at, rq->ctx.org->zone_offset_s);
        view_text(arena, item, "path",
                  arena_printf(arena, "/desk/payments/%lld", (long long)p->id));
        view_text(arena, item, "amount", message_rupees(arena, p->amount_paise));
        view_text(arena, item, "day", message_day(arena, rq->ctx.lang, day));
        view_text(arena, item, "utr", p->utr);
    }
    view_int(arena, rq->view, "missing_count", room->missing_count);
    view_bool(arena, rq->view, "more_missing", room->missing_count == STATEMENT_MISSING_MAX);
}

static void add_report(Request *rq, const StatementRoom *room) {
    Arena *arena = rq->ctx.arena;
    const PaymentStatement *s = &room->s;
    PaymentStatementFate fate = chosen_fate(rq, s);
    view_int(arena, rq->view, "credits", s->credits.count);
    view_text(arena, rq->view, "sum", message_rupees(arena, s->credits.sum_paise));
    view_text(arena, rq->view, "first",
              message_day(arena, rq->ctx.lang, s->credits.first_day));
    view_text(arena, rq->view, "last", message_day(arena, rq->ctx.lang, s->credits.last_day));
    view_int(arena, rq->view, "unread", s->credits.unread);
    view_text(arena, rq->view, "unread_lines", unread_lines(arena, &s->credits));
    view_int(arena, rq->view, "matched", s->fates[PAYMENT_STATEMENT_MATCHED]);
    view_int(arena, rq->view, "to_decide",
             s->fates[PAYMENT_STATEMENT_OPEN] + s->fates[PAYMENT_STATEMENT_WAITING]);
    view_int(arena, rq->view, "strange", s->fates[PAYMENT_STATEMENT_STRANGE]);
    view_int(arena, rq->view, "known", s->fates[PAYMENT_STATEMENT_BOOKED]);
    int64_t plain = s->fates[PAYMENT_STATEMENT_MATCHED] + s->fates[PAYMENT_STATEMENT_OPEN] +
                    s->fates[PAYMENT_STATEMENT_PAYOUT];
    view_int(arena, rq->view, "plain", plain);
    view_bool(arena, rq->view, "can_count",
              plain + s->seen + s->fates[PAYMENT_STATEMENT_STRANGE] > 0);
    view_int(arena, rq->view, "seen_found", s->seen);
    add_missing(rq, room);
    add_filters(rq, room, fate);
    add_lines(rq, room, fate);
}

static void add_totals(Request *rq, const StatementImport *i) {
    Arena *arena = rq->ctx.arena;
    view_int(arena, rq->view, "credits", i->credits);
    view_text(arena, rq->view, "sum", message_rupees(arena, i->sum_paise));
    view_text(arena, rq->view, "first", message_day(arena, rq->ctx.lang, i->first_day));
    view_text(arena, rq->view, "last", message_day(arena, rq->ctx.lang, i->last_day));
}

static Status report_page(Request *rq) {
    const StatementRoom *room = rq->state;
    const StatementImport *i = &room->import;
    Arena *arena = rq->ctx.arena;
    if (i->has_file && !i->columns.len) {
        request_redirect(rq, statement_room_path(rq, i->id, "/columns"));
        return OK;
    }
    view_text(arena, rq->view, "here", statement_room_path(rq, i->id, ""));
    view_text(arena, rq->view, "columns", statement_room_path(rq, i->id, "/columns"));
    view_text(arena, rq->view, "count", statement_room_path(rq, i->id, "/count"));
    view_text(arena, rq->view, "drop", statement_room_path(rq, i->id, "/drop"));
    view_bool(arena, rq->view, "counting", is_counting(room));
    view_bool(arena, rq->view, "draft", text_eq(i->state, T("draft")));
    view_bool(arena, rq->view, "done", text_eq(i->state, T("done")));
    if (i->trouble.len) {
        View *failed = view_object(arena, rq->view, "failed");
        view_text(arena, failed, "why", statement_room_trouble(rq, i));
        view_bool(arena, failed, "partly", i->looked > 0);
    }
    view_bool(arena, rq->view, "report", has_report(room));
    view_int(arena, rq->view, "looked", i->looked);
    view_int(arena, rq->view, "of", i->credits);
    view_int(arena, rq->view, "fresh", i->fresh);
    if (has_report(room)) add_report(rq, room);
    else add_totals(rq, i);
    return OK;
}

/* When a file has nothing to count with these columns: back to them, with the sentence. */
static Status report_refused(Request *rq) {
    const StatementRoom *room = rq->state;
    if (!room || !room->import.id) return NOT_FOUND;
    Arena *arena = rq->ctx.arena;
    view_text(arena, rq->view, "columns", statement_room_path(rq, room->import.id, "/columns"));
    view_text(arena, rq->view, "drop", statement_room_path(rq, room->import.id, "/drop"));
    view_bool(arena, rq->view, "refused", true);
    return OK;
}

static Status count_apply(Request *rq) {
    StatementRoom *room = rq->state;
    TRY(statement_import_read(&rq->ctx, request_int(rq, "id"), &room->import));
    return statement_import_confirm(&rq->ctx, &room->import, request_bool(rq, "every"));
}

static Status counted(Request *rq) {
    request_redirect(rq, statement_room_path(rq, request_int(rq, "id"), ""));
    return OK;
}

static Status drop_apply(Request *rq) {
    StatementRoom *room = rq->state;
    TRY(statement_import_read(&rq->ctx, request_int(rq, "id"), &room->import));
    return statement_import_drop(&rq->ctx, &room->import);
}

static Status dropped(Request *rq) {
    request_redirect(rq, T("/desk/statements"));
    return OK;
}

static const Param report_params[] = {
    STATEMENT_ID_PARAM,
    {.name = "show", .place = PARAM_QUERY, .type = PARAM_CHOICE,
     .choices = "open|waiting|strange|payout|matched|booked", .help = "Which lines"},
    {.name = "from", .place = PARAM_QUERY, .type = PARAM_INT, .min = 0, .max = STATEMENT_ROWS_MAX,
     .help = "next of the page before"},
    {0},
};
static const Param id_params[] = {STATEMENT_ID_PARAM, {0}};
static const Param count_params[] = {
    STATEMENT_ID_PARAM,
    {.name = "every", .place = PARAM_FORM, .type = PARAM_BOOL, .help = "Record nobody's, too"},
    {0},
};

extern const Route statement_report_routes[];
const Route statement_report_routes[] = {
    {.method = "GET", .path = "/desk/statements/{id}", .kind = ROUTE_READ, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = report_params, .prepare = statement_room_prepare,
     .apply = report_apply, .render = report_page, .on_error = report_refused,
     .page = "statement_report", .slow = true,
     .summary = "What a statement would bring or has brought"},
    {.method = "POST", .path = "/desk/statements/{id}/count", .kind = ROUTE_WRITE,
     .face = FACE_PAGE, .needs = CAN_ADMINISTER, .params = count_params,
     .prepare = statement_room_prepare, .apply = count_apply, .render = counted,
     .page = "statement_report", .summary = "Lets a statement be counted"},
    {.method = "POST", .path = "/desk/statements/{id}/drop", .kind = ROUTE_WRITE,
     .face = FACE_PAGE, .needs = CAN_ADMINISTER, .params = id_params,
     .prepare = statement_room_prepare, .apply = drop_apply, .render = dropped,
     .page = "statement_report", .summary = "Throws a statement away"},
    {0},
};
