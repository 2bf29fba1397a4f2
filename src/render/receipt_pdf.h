/* A receipt for a fee on half an A4 sheet (A5 across), both languages beside one another. */
#ifndef RENDER_RECEIPT_PDF_H
#define RENDER_RECEIPT_PDF_H

#include "base/buffer.h"
#include "render/card_painter.h"

enum { RECEIPT_PDF_ROWS = 7 };

/* A line in both languages; alt is left out where it says the same. */
typedef struct ReceiptWords {
    Text text, alt;
} ReceiptWords;

typedef struct ReceiptFace {
    ReceiptWords organisation, title;
    uint32_t accent; /* 0xRRGGBB */
    Text number;     /* "GKC/26-27/B017/0042" */
    struct {
        ReceiptWords label, value;
    } rows[RECEIPT_PDF_ROWS];
    int row_count;
    Text amount;        /* "₹11" */
    ReceiptWords stamp; /* in red: "Money returned"; or empty */
    Text check_url;     /* of the QR */
    ReceiptWords scan, note;
    Text registration, address, helpline; /* may be empty */
} ReceiptFace;

/* Adds the file to out. painter may be NULL. IO card_not_drawn when cairo or the code fails. */
MUST_USE Status receipt_pdf_write(Ctx *ctx, CardPainter *painter, const ReceiptFace *face,
                                  Buffer *out);

#endif
