/* See statement_room.h. */
#include "web/statement_room.h"

#include "domain/statement_layout.h"
#include "render/messages.h"

Status statement_room_prepare(Request *rq) {
    request_private(rq);
    rq->state = ARENA_NEW(rq->ctx.arena, StatementRoom);
    return OK;
}

static Status read_file(Request *rq, StatementRoom *room) {
    Ctx *ctx = &rq->ctx;
    Text bytes;
    TRY(statement_import_file(ctx, room->import.id, &bytes));
    TRY(statement_read(ctx, message(ctx->lang, "statement_file_word"), bytes, &room->file));
    statement_columns_guess(&room->file, &room->columns);
    if (room->import.columns.len)
        return statement_columns_parse(ctx, room->import.columns, &room->columns);
    return statement_layout_recall(ctx, &room->file, &room->columns, &room->remembered);
}

Status statement_room_load(Request *rq) {
    StatementRoom *room = rq->state;
    *room = (StatementRoom){0};
    TRY(statement_import_read(&rq->ctx, request_int(rq, "id"), &room->import));
    bool counting = text_eq(room->import.state, T("counting"));
    return room->import.has_file && !counting ? read_file(rq, room) : OK;
}

Text statement_room_trouble(Request *rq, const StatementImport *import) {
    static const char *const words[][2] = {{"gone", "statement_failed_gone"},
                                           {"large", "statement_failed_large"},
                                           {"stopped", "statement_failed_stopped"}};
    for (int i = 0; i < 3; i++)
        if (text_eq(import->trouble, text_of(words[i][0])))
            return message(rq->ctx.lang, words[i][1]);
    return message(rq->ctx.lang, "statement_failed_unreadable");
}

Text statement_room_path(Request *rq, int64_t id, const char *rest) {
    return arena_printf(rq->ctx.arena, "/desk/statements/%lld%s", (long long)id, rest);
}
