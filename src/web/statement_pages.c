/* Account statements at the desk: the file is brought, then its columns are shown, corrected and
 * confirmed. What becomes of it is statement_report_pages.c. */
#include "base/clock.h"
#include "base/limits.h"
#include "domain/statement_account.h"
#include "render/messages.h"
#include "web/route.h"
#include "web/statement_room.h"
#include "web/work_room.h"

enum { UPLOAD_BYTES = LIMIT_STATEMENT_BYTES + (16 << 10), ROWS_SHOWN = 8, CELL_SHOWN_BYTES = 60 };

static const char *const labels[STATEMENT_COLUMN_COUNT] = {
    [STATEMENT_DATE] = "statement_column_date",
    [STATEMENT_NARRATION] = "statement_column_narration",
    [STATEMENT_REFERENCE] = "statement_column_reference",
    [STATEMENT_DEBIT] = "statement_column_debit",
    [STATEMENT_CREDIT] = "statement_column_credit",
    [STATEMENT_AMOUNT] = "statement_column_amount",
    [STATEMENT_FLAG] = "statement_column_flag",
    [STATEMENT_BALANCE] = "statement_column_balance",
    [STATEMENT_PAYER] = "statement_column_payer",
    [STATEMENT_ORDER] = "statement_column_order",
    [STATEMENT_STATUS] = "statement_column_status",
};

static Status list_apply(Request *rq) {
    StatementRoom *room = rq->state;
    return statement_import_list(&rq->ctx, STATEMENT_ROOM_MAX, room->list, &room->count);
}

static Text day_text(Request *rq, int64_t day) {
    return message_day(rq->ctx.arena, rq->ctx.lang, day);
}

static void add_import(Request *rq, View *item, const StatementImport *i) {
    Arena *arena = rq->ctx.arena;
    bool counted = i->credits > 0;
    view_text(arena, item, "path", statement_room_path(rq, i->id, ""));
    view_text(arena, item, "day",
              day_text(rq, clock_day(i->at, rq->ctx.org->zone_offset_s)));
    view_bool(arena, item, "counted", counted);
    view_bool(arena, item, "draft", text_eq(i->state, T("draft")));
    view_bool(arena, item, "failed", text_eq(i->state, T("failed")));
    view_bool(arena, item, "counting", text_eq(i->state, T("counting")));
    view_text(arena, item, "account", i->account);
    if (i->trouble.len) view_text(arena, item, "trouble", statement_room_trouble(rq, i));
    if (!counted) return;
    view_text(arena, item, "first", day_text(rq, i->first_day));
    view_text(arena, item, "last", day_text(rq, i->last_day));
    view_int(arena, item, "credits", i->credits);
    view_int(arena, item, "fresh", i->fresh);
    view_text(arena, item, "sum", message_rupees(arena, i->sum_paise));
}

static Status list_page(Request *rq) {
    const StatementRoom *room = rq->state;
    Arena *arena = rq->ctx.arena;
    View *list = view_list(arena, rq->view, "imports");
    for (int i = 0; i < room->count; i++)
        add_import(rq, view_item(arena, list), &room->list[i]);
    view_int(arena, rq->view, "count", room->count);
    view_int(arena, rq->view, "megabytes", LIMIT_STATEMENT_BYTES >> 20);
    return OK;
}

/* Drawn again with its errors; the list is that of the store. */
static Status list_again(Request *rq) {
    if (!rq->state) TRY(statement_room_prepare(rq));
    TRY(list_apply(rq));
    return list_page(rq);
}

typedef struct Upload {
    StatementRoom room; /* first: list_again */
    StatementFile file;
} Upload;

static Status read_upload(Request *rq) {
    Upload *upload = rq->state;
    Text bytes = request_text(rq, "file");
    Status status = statement_read(&rq->ctx, message(rq->ctx.lang, "statement_file_word"), bytes,
                                   &upload->room.file);
    for (int i = 0; i < rq->ctx.error_count; i++) rq->ctx.errors[i].field = "file";
    TRY(status);
    StatementColumns columns;
    statement_columns_guess(&upload->room.file, &columns);
    Text account = statement_account_digits(&upload->room.file, columns.header);
    statement_import_seal(&rq->ctx, rq->ctx.arena, bytes, &upload->file);
    upload->file.account = arena_copy(rq->ctx.arena, account);
    return OK;
}

static Status upload_prepare(Request *rq) {
    request_private(rq);
    rq->state = ARENA_NEW(rq->ctx.arena, Upload);
    return work_room_within(rq, read_upload);
}

static Status upload_apply(Request *rq) {
    return statement_import_add(&rq->ctx, &((const Upload *)rq->state)->file);
}

static Status uploaded(Request *rq) {
    const Upload *upload = rq->state;
    request_redirect(rq, statement_room_path(rq, upload->file.id, "/columns"));
    return OK;
}

static Status columns_apply(Request *rq) {
    TRY(work_room_within(rq, statement_room_load));
    const StatementRoom *room = rq->state;
    return room->import.has_file ? OK
                                 : fail(&rq->ctx, NOT_FOUND, NULL, "statement_import_over");
}

/* Short enough for a table on a phone, cut between characters. */
static Text shown(Arena *arena, Text cell) {
    size_t len = cell.len;
    if (len <= CELL_SHOWN_BYTES) return cell;
    for (len = CELL_SHOWN_BYTES; len && ((unsigned char)cell.ptr[len] & 0xC0) == 0x80;) len--;
    return arena_printf(arena, "%.*s…", (int)len, cell.ptr);
}

static Text heading_of(Arena *arena, const StatementRoom *room, int32_t column) {
    int64_t header = room->columns.header;
    Text cell = header >= 0 ? statement_cell(&room->file.rows[header], column) : TEXT_NONE;
    return shown(arena, cell);
}

static int32_t width_of(const StatementRoom *room) {
    int32_t width = 0;
    for (int64_t i = room->columns.header + 1; i < room->file.rows_count; i++)
        if (room->file.rows[i].count > width) width = room->file.rows[i].count;
    return width;
}

static void add_table(Request *rq, const StatementRoom *room, int32_t width) {
    Arena *arena = rq->ctx.arena;
    View *heads = view_list(arena, rq->view, "heads"), *rows = view_list(arena, rq->view, "rows");
    for (int32_t c = 0; c < width; c++) {
        View *head = view_item(arena, heads);
        view_int(arena, head, "nth", c + 1);
        view_text(arena, head, "heading", heading_of(arena, room, c));
    }
    int64_t first = room->columns.header + 1;
    for (int64_t i = first; i < room->file.rows_count && i < first + ROWS_SHOWN; i++) {
        View *row = view_item(arena, rows);
        view_int(arena, row, "line", room->file.rows[i].line);
        View *cells = view_list(arena, row, "cells");
        for (int32_t c = 0; c < width; c++)
            view_item_text(arena, cells, shown(arena, statement_cell(&room->file.rows[i], c)));
    }
}

static void add_choice(Request *rq, View *choices, const StatementRoom *room, int32_t column,
                       bool chosen) {
    Arena *arena = rq->ctx.arena;
    View *choice = view_item(arena, choices);
    view_text(arena, choice, "value", arena_printf(arena, "%d", column + 1));
    view_text(arena, choice, "text",
              arena_printf(arena, "%d %.*s", column + 1,
                           TEXT_ARG(heading_of(arena, room, column))));
    view_bool(arena, choice, "chosen", chosen);
}

static Text error_at(const Request *rq, const char *field) {
    const Ctx *ctx = &rq->ctx;
    for (int i = 0; i < ctx->error_count; i++)
        if (ctx->errors[i].field && strcmp(ctx->errors[i].field, field) == 0)
            return message_of_error(ctx->arena, ctx->lang, &ctx->errors[i]);
    return TEXT_NONE;
}

static void add_fields(Request *rq, const StatementRoom *room, int32_t width) {
    Arena *arena = rq->ctx.arena;
    View *fields = view_list(arena, rq->view, "fields");
    for (int i = 0; i < STATEMENT_COLUMN_COUNT; i++) {
        Text name = statement_columns_name((StatementColumn)i);
        View *field = view_item(arena, fields);
        view_text(arena, field, "name", name);
        view_text(arena, field, "label", message(rq->ctx.lang, labels[i]));
        Text error = error_at(rq, arena_cstr(arena, name));
        if (error.len) view_text(arena, field, "error", error);
        view_bool(arena, field, "none", room->columns.at[i] < 0);
        View *choices = view_list(arena, field, "choices");
        for (int32_t c = 0; c < width; c++)
            add_choice(rq, choices, room, c, room->columns.at[i] == c);
    }
}

static Status columns_page(Request *rq) {
    const StatementRoom *room = rq->state;
    Arena *arena = rq->ctx.arena;
    int32_t width = width_of(room);
    view_text(arena, rq->view, "action", statement_room_path(rq, room->import.id, "/columns"));
    view_text(arena, rq->view, "drop", statement_room_path(rq, room->import.id, "/drop"));
    view_bool(arena, rq->view, "remembered", room->remembered);
    view_bool(arena, rq->view, "confirmed", room->import.columns.len > 0);
    view_bool(arena, rq->view, "no_heading", room->columns.header < 0);
    view_bool(arena, rq->view, "month_first", room->columns.month_first);
    view_int(arena, rq->view, "lines", room->file.rows_count - room->columns.header - 1);
    add_table(rq, room, width);
    add_fields(rq, room, width);
    return OK;
}

static Status typed_columns(Request *rq, StatementColumns *ret) {
    *ret = (StatementColumns){.month_first = request_bool(rq, "month_first")};
    for (int i = 0; i < STATEMENT_COLUMN_COUNT; i++) {
        const char *name = statement_columns_name((StatementColumn)i).ptr;
        ret->at[i] = (int32_t)request_int(rq, name) - 1;
    }
    return statement_columns_check(&rq->ctx, ret);
}

static Status confirm_prepare(Request *rq) {
    StatementColumns columns;
    TRY(statement_room_prepare(rq));
    return typed_columns(rq, &columns);
}

static Status confirm_apply(Request *rq) {
    StatementRoom *room = rq->state;
    StatementColumns columns;
    TRY(statement_import_read(&rq->ctx, request_int(rq, "id"), &room->import));
    TRY(typed_columns(rq, &columns));
    return statement_import_set_columns(&rq->ctx, &room->import,
                                        statement_columns_text(rq->ctx.arena, &columns));
}

static Status confirmed(Request *rq) {
    request_redirect(rq, statement_room_path(rq, request_int(rq, "id"), ""));
    return OK;
}

/* With what was chosen. */
static Status columns_again(Request *rq) {
    StatementColumns columns;
    Ctx *ctx = &rq->ctx;
    Error errors[ERROR_MAX];
    int count = ctx->error_count;
    memcpy(errors, ctx->errors, sizeof errors);
    if (!rq->state) TRY(statement_room_prepare(rq));
    TRY(columns_apply(rq));
    StatementRoom *room = rq->state;
    Status status = typed_columns(rq, &columns);
    (void)status; /* said already */
    memcpy(ctx->errors, errors, sizeof errors);
    ctx->error_count = count;
    memcpy(room->columns.at, columns.at, sizeof columns.at);
    room->columns.month_first = columns.month_first;
    return columns_page(rq);
}

static const Param upload_params[] = {
    {.name = "file", .place = PARAM_FORM, .type = PARAM_FILE, .required = true,
     .max_bytes = LIMIT_STATEMENT_BYTES, .message = "statement_choose", .help = "CSV or XLSX"},
    {0},
};
static const Param id_params[] = {STATEMENT_ID_PARAM, {0}};
#define COLUMN(column_name)                                                                        \
    {                                                                                              \
        .name = column_name, .place = PARAM_FORM, .type = PARAM_INT, .min = 0,                     \
        .max = STATEMENT_COLUMNS_MAX, .help = "Which column, from 1; 0: none"                      \
    }
static const Param columns_params[] = {
    STATEMENT_ID_PARAM,
    COLUMN("date"), COLUMN("narration"), COLUMN("reference"), COLUMN("debit"), COLUMN("credit"),
    COLUMN("amount"), COLUMN("flag"), COLUMN("balance"), COLUMN("payer"), COLUMN("order"),
    COLUMN("status"),
    {.name = "month_first", .place = PARAM_FORM, .type = PARAM_BOOL, .help = "Dates as 04/30/2026"},
    {0},
};

extern const Route statement_routes[];
const Route statement_routes[] = {
    {.method = "GET", .path = "/desk/statements", .kind = ROUTE_READ, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .prepare = statement_room_prepare, .apply = list_apply,
     .render = list_page, .page = "statements", .summary = "Asks for an account statement"},
    {.method = "POST", .path = "/desk/statements", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = upload_params, .prepare = upload_prepare,
     .apply = upload_apply, .render = uploaded, .on_error = list_again, .page = "statements",
     .body_max = UPLOAD_BYTES, .too_large = "statement_too_heavy", .slow = true,
     .summary = "Takes an account statement"},
    {.method = "GET", .path = "/desk/statements/{id}/columns", .kind = ROUTE_READ,
     .face = FACE_PAGE, .needs = CAN_ADMINISTER, .params = id_params,
     .prepare = statement_room_prepare, .apply = columns_apply, .render = columns_page,
     .page = "statement_columns", .slow = true,
     .summary = "How the columns of a statement are understood"},
    {.method = "POST", .path = "/desk/statements/{id}/columns", .kind = ROUTE_WRITE,
     .face = FACE_PAGE, .needs = CAN_ADMINISTER, .params = columns_params,
     .prepare = confirm_prepare, .apply = confirm_apply, .render = confirmed,
     .on_error = columns_again, .page = "statement_columns", .slow = true,
     .summary = "Confirms these columns"},
    {0},
};
