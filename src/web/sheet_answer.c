/* See sheet_answer.h. */
#include "web/sheet_answer.h"

#include <assert.h>

#include "web/app.h"
#include "web/card_tools.h"
#include "web/route.h"

enum { FILE_BYTES_MAX = 64 << 20 };

static const char *const types[SHEET_FACE_COUNT] = {
    [SHEET_PDF] = "application/pdf",
    [SHEET_XLSX] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    [SHEET_CSV] = "text/csv; charset=utf-8",
};

Status sheet_answer(Request *rq, const Sheet *sheet, Text name) {
    Ctx *ctx = &rq->ctx;
    Text path = text_of(rq->route->path);
    SheetFace face = SHEET_CSV;
    bool known = sheet_face_of(path, &face);
    assert(known);
    (void)known;
    Buffer out = buffer_in(ctx->arena, FILE_BYTES_MAX);
    CardPainter *painter = card_tools_painter(rq->app->card_tools);
    Status status = sheet_write(ctx, painter, sheet, face, &out);
    card_tools_return(rq->app->card_tools, painter);
    TRY(status);
    if (out.overflowed) return fail_io(ctx, "sheet_not_written", "more than a file may hold");
    const char *ending = strrchr(rq->route->path, '.');
    request_answer_bytes(rq, types[face], buffer_text(&out),
                         arena_printf(ctx->arena, "%.*s-%.*s%s", TEXT_ARG(ctx->org->code),
                                      TEXT_ARG(name), ending).ptr);
    return OK;
}
