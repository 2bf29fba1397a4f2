/* A PDF file being written page by page: whatever is printed here is drawn on one of these. It is
 * handed on as it grows, so that memory does not go with the number of pages, but for some 100
 * bytes that cairo keeps of every page and picture. Units are millimetres. */
#ifndef RENDER_PAPER_H
#define RENDER_PAPER_H

#include "base/buffer.h"
#include "render/card_painter.h"

#define PAPER_POINTS_PER_MM (72.0 / 25.4)

typedef struct Paper Paper;
/* Takes the next bytes of the file; false stops the work (disk full, reader gone). */
typedef bool (*PaperWrite)(void *data, Text bytes);
/* The usual one; data is a Buffer. */
bool paper_to_buffer(void *buffer, Text bytes);

/* Pages of that size, written through write(data, …). painter may be NULL (one is made, which
 * costs more than a page). Never NULL. */
Paper *paper_new(CardPainter *painter, double width_mm, double height_mm, PaperWrite write,
                 void *data);
/* What a reader's window says; and the ctx's day as the file's date instead of the second it was
 * drawn: the same thing is the same file all day. Before the first page is shown. */
void paper_describe(Ctx *ctx, Paper *paper, Text title);
/* To draw the present page with, its origin in the top left corner; codes as stencil masks. */
CardCanvas paper_canvas(Paper *paper);
/* The page is done; IO card_not_drawn when cairo failed or write said no. */
MUST_USE Status paper_show(Ctx *ctx, Paper *paper);
/* Writes what is still missing of the file. IO as above. */
MUST_USE Status paper_finish(Ctx *ctx, Paper *paper);
/* After finish, or instead of it. */
void paper_delete(Paper *paper);

#endif
