/* A receipt in words: for the drawn receipt (render/receipt_pdf.h) and the pages. */
#ifndef WEB_RECEIPT_VIEW_H
#define WEB_RECEIPT_VIEW_H

#include "domain/receipt_issued.h"
#include "render/receipt_pdf.h"
#include "web/request.h"

/* How it was paid: "Cash", "Bank transfer". */
Text receipt_view_method(Text method, Lang lang);
/* What render draws, the ctx's language first; receipt_issued_sign must have been called. */
void receipt_view_face(Ctx *ctx, const ReceiptIssued *receipt, ReceiptFace *ret);

/* Signs and draws it, and answers with the file. */
MUST_USE Status receipt_view_answer(Request *rq, ReceiptIssued *receipt);

#endif
