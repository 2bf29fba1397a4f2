/* A date asked by day, month and year: three fields NAME, NAME_month and NAME_year. Links give NAME
 * alone, as YYYY-MM-DD. */
#ifndef WEB_DATE_FIELDS_H
#define WEB_DATE_FIELDS_H

#include "web/request.h"

/* The parameters of one date, in a query or a form; message is that of a wrong one. */
#define DATE_FIELDS(where, field, words)                                                           \
    {.name = field, .place = where, .type = PARAM_TEXT, .max_bytes = 20, .message = words,         \
     .help = "YYYY-MM-DD, or the day alone"},                                                      \
    {.name = field "_month", .place = where, .type = PARAM_TEXT, .max_bytes = 20,                  \
     .message = words, .help = "with the day alone: its month"},                                   \
    {.name = field "_year", .place = where, .type = PARAM_TEXT, .max_bytes = 20,                   \
     .message = words, .help = "with the day alone: its year"}

/* As YYYY-MM-DD, or what no day is; empty when nothing was typed. */
Text date_fields_iso(Request *rq, const char *name);
/* Fills the three fields in the view with nothing, with a day, or with what was typed. */
void date_fields_empty(Request *rq, const char *name);
void date_fields_show(Request *rq, const char *name, int64_t day);
void date_fields_again(Request *rq, const char *name);

#endif
