/* Left who and what for, right how much and the code; what is needed to check it at the foot. */
#include "render/receipt_pdf.h"

#include "render/card_colour.h"
#include "render/paper.h"

#define WIDTH 210.0
#define HEIGHT 148.0
#define MARGIN 12.0
#define BAND 25.0
#define SIDE 54.0 /* of the right column */
#define SIDE_LEFT (WIDTH - MARGIN - SIDE)
#define COLUMN (SIDE_LEFT - MARGIN - 8)
#define FOOT_TOP 128.0
#define INK 0x1b1b22
#define QUIET_INK 0x5c5c68
#define STAMP_INK 0xb3261e

/* "Receipt · रसीद". */
static Text both(Ctx *ctx, const ReceiptWords *words) {
    if (!words->alt.len) return words->text;
    return arena_printf(ctx->arena, "%.*s · %.*s", TEXT_ARG(words->text), TEXT_ARG(words->alt));
}

static void draw_band(Ctx *ctx, const CardCanvas *canvas, const ReceiptFace *face) {
    uint32_t ink = card_colour_on(face->accent);
    card_painter_box(canvas->cr, face->accent, 0, 0, WIDTH, BAND);
    CardType name = {.size = 6.4, .size_min = 4.4, .size_wrapped = 3.8, .lines = 2, .bold = true,
                     .colour = ink};
    CardType alt = {.size = 4.0, .size_min = 3.0, .colour = ink};
    CardLine first = card_painter_fit(canvas->painter, face->organisation.text, &name, COLUMN);
    CardLine second = card_painter_fit(canvas->painter, face->organisation.alt, &alt, COLUMN);
    double top = (BAND - first.height - second.height) / 2;
    card_painter_show(canvas, &first, MARGIN, top);
    card_painter_show(canvas, &second, MARGIN, top + first.height);
    CardType title = {.size = 5.0, .size_min = 3.4, .bold = true, .colour = ink,
                      .align = PANGO_ALIGN_RIGHT};
    CardType number = {.size = 4.2, .size_min = 3.0, .colour = ink, .align = PANGO_ALIGN_RIGHT};
    card_painter_text(canvas, both(ctx, &face->title), &title, SIDE_LEFT, 11.2, SIDE);
    card_painter_text(canvas, face->number, &number, SIDE_LEFT, 18.4, SIDE);
}

/* Label, value, the value in the other language. */
typedef struct Row {
    CardLine lines[3];
} Row;

static Row fit_row(Ctx *ctx, const CardCanvas *canvas, const ReceiptWords *label,
                   const ReceiptWords *value) {
    CardType small = {.size = 2.9, .size_min = 2.2, .colour = QUIET_INK};
    CardType strong = {.size = 4.3, .size_min = 3.4, .size_wrapped = 3.0, .lines = 2, .bold = true,
                       .colour = INK};
    CardType alt = {.size = 3.5, .size_min = 2.8, .lines = 2, .colour = INK};
    return (Row){{
        card_painter_fit(canvas->painter, both(ctx, label), &small, COLUMN),
        card_painter_fit(canvas->painter, value->text, &strong, COLUMN),
        card_painter_fit(canvas->painter, value->alt, &alt, COLUMN),
    }};
}

/* As much air between the rows as there is, and no more than looks well. */
static void draw_rows(Ctx *ctx, const CardCanvas *canvas, const ReceiptFace *face) {
    const double top = BAND + 5, most = 4;
    Row rows[RECEIPT_PDF_ROWS];
    double used = 0;
    for (int i = 0; i < face->row_count; i++) {
        rows[i] = fit_row(ctx, canvas, &face->rows[i].label, &face->rows[i].value);
        for (int j = 0; j < 3; j++) used += rows[i].lines[j].height;
    }
    double gap = (FOOT_TOP - 3 - top - used) / face->row_count, y = top;
    for (int i = 0; i < face->row_count; i++) {
        for (int j = 0; j < 3; j++) {
            card_painter_show(canvas, &rows[i].lines[j], MARGIN, y);
            y += rows[i].lines[j].height;
        }
        y += gap < most ? gap : most;
    }
}

static Status draw_side(Ctx *ctx, const CardCanvas *canvas, const ReceiptFace *face) {
    const double top = BAND + 6, box = 19, code = 46;
    card_painter_box(canvas->cr, card_colour_tint(face->accent, 0.1), SIDE_LEFT, top, SIDE, box);
    CardType amount = {.size = 10, .size_min = 5, .bold = true,
                       .colour = card_colour_ink(face->accent), .align = PANGO_ALIGN_CENTER};
    CardLine line = card_painter_fit(canvas->painter, face->amount, &amount, SIDE - 4);
    card_painter_show(canvas, &line, SIDE_LEFT + 2, top + (box - line.height) / 2);
    double y = top + box + 3;
    TRY(card_painter_code(ctx, canvas, face->check_url, SIDE_LEFT + (SIDE - code) / 2, y, code));
    CardType scan = {.size = 2.9, .size_min = 2.3, .lines = 2, .colour = QUIET_INK,
                     .align = PANGO_ALIGN_CENTER};
    y += code + 3;
    y += card_painter_text(canvas, face->scan.text, &scan, SIDE_LEFT, y, SIDE);
    card_painter_text(canvas, face->scan.alt, &scan, SIDE_LEFT, y, SIDE);
    return OK;
}

/* Upright: a text askew comes out of a PDF in shreds. */
static void draw_stamp(Ctx *ctx, const CardCanvas *canvas, const ReceiptWords *words) {
    if (text_is_empty(words->text)) return;
    const double height = 11, top = FOOT_TOP - height - 3;
    CardType type = {.size = 4.6, .size_min = 3, .bold = true, .colour = STAMP_INK,
                     .align = PANGO_ALIGN_CENTER};
    CardLine line = card_painter_fit(canvas->painter, both(ctx, words), &type, SIDE - 4);
    card_painter_colour(canvas->cr, STAMP_INK);
    cairo_set_line_width(canvas->cr, 0.7);
    cairo_rectangle(canvas->cr, SIDE_LEFT, top, SIDE, height);
    cairo_stroke(canvas->cr);
    card_painter_show(canvas, &line, SIDE_LEFT + 2, top + (height - line.height) / 2);
}

/* "Registration … · address · helpline", what there is of it. */
static Text foot_line(Ctx *ctx, const ReceiptFace *face) {
    const Text parts[] = {face->registration, face->address, face->helpline};
    Text line = TEXT_NONE;
    for (int i = 0; i < 3; i++) {
        if (!parts[i].len) continue;
        line = line.len ? arena_printf(ctx->arena, "%.*s · %.*s", TEXT_ARG(line),
                                       TEXT_ARG(parts[i]))
                        : parts[i];
    }
    return line;
}

static void draw_foot(Ctx *ctx, const CardCanvas *canvas, const ReceiptFace *face) {
    card_painter_box(canvas->cr, card_colour_tint(face->accent, 0.1), 0, FOOT_TOP, WIDTH,
             HEIGHT - FOOT_TOP);
    const Text texts[] = {face->note.text, face->note.alt, foot_line(ctx, face)};
    CardType type = {.size = 2.9, .size_min = 2.2, .colour = INK};
    double y = FOOT_TOP + 3;
    for (int i = 0; i < 3; i++) {
        CardLine line = card_painter_fit(canvas->painter, texts[i], &type, WIDTH - 2 * MARGIN);
        card_painter_show(canvas, &line, MARGIN, y);
        y += line.height + 1;
    }
}

static Status draw(Ctx *ctx, Paper *paper, const ReceiptFace *face) {
    CardCanvas canvas = paper_canvas(paper);
    draw_band(ctx, &canvas, face);
    draw_rows(ctx, &canvas, face);
    TRY(draw_side(ctx, &canvas, face));
    draw_foot(ctx, &canvas, face);
    draw_stamp(ctx, &canvas, &face->stamp);
    TRY(paper_show(ctx, paper));
    return paper_finish(ctx, paper);
}

Status receipt_pdf_write(Ctx *ctx, CardPainter *painter, const ReceiptFace *face, Buffer *out) {
    Paper *paper = paper_new(painter, WIDTH, HEIGHT, paper_to_buffer, out);
    paper_describe(ctx, paper, arena_printf(ctx->arena, "%.*s · %.*s",
                                            TEXT_ARG(face->organisation.text),
                                            TEXT_ARG(face->number)));
    Status status = draw(ctx, paper, face);
    paper_delete(paper);
    return status;
}
