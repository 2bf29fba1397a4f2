/* A sheet as the file that a route's path ends with: PDF, XLSX or CSV. */
#ifndef WEB_SHEET_ANSWER_H
#define WEB_SHEET_ANSWER_H

#include "render/sheet.h"
#include "web/request.h"

/* name: of the file, without ending and organisation. */
MUST_USE Status sheet_answer(Request *rq, const Sheet *sheet, Text name);

#endif
