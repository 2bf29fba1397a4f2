/* JSON Schema 2020-12 of what is declared beside the routes: parameters in, fields of answers. */
#ifndef WEB_OPENAPI_SCHEMA_H
#define WEB_OPENAPI_SCHEMA_H

#include "render/view.h"
#include "web/route.h"

/* Says of one value what it may be. */
void openapi_schema_value(Arena *arena, View *schema, const Param *param);
/* "fee.amount_paise" → properties.fee.properties.amount_paise, required at both levels when it is:
 * an object is needed where one of its own is. */
void openapi_schema_param(Arena *arena, View *schema, const Param *param);
/* All fields of an answer, and no others; fields NULL adds none. */
void openapi_schema_answer(Arena *arena, View *schema, const AnswerField *fields);
/* Finds or makes the object of that name. */
View *openapi_schema_child(Arena *arena, View *object, const char *name);

#endif
