/* The OpenAPI 3.1 document, made from the route table: what is not in the table is not there. */
#ifndef WEB_OPENAPI_H
#define WEB_OPENAPI_H

#include "domain/organisation.h"
#include "render/view.h"

/* Fills document with openapi, info, servers, paths (those with the API's face) and components.
 * org NULL: of no register in particular. */
void openapi_document(Arena *arena, const Organisation *org, View *document);

#endif
