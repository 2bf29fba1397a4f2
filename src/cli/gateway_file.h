/* A gateway's settings as a JSON file: what `gateway set` reads and `gateway show` prints.
 *
 *   {"kind": "http", "url": "https://…", "method": "POST", "headers": {"Name": "value"},
 *    "body": "…", "secret": "…", "entity_id": "…", "header": "…", "success_text": "…",
 *    "timeout_ms": 10000, "daily_cap": 20000,
 *    "templates": {"code": {"hi": {"id": "…", "text": "…"}, "en": {…}}}}
 *
 * Only kind is needed. Without "secret" the one kept stays; it is never printed. */
#ifndef CLI_GATEWAY_FILE_H
#define CLI_GATEWAY_FILE_H

#include "cli/command.h"
#include "domain/gateway.h"

/* INVALID gateway_file_form naming the key that is unknown or of another type. The words of codes
 * that the file leaves out are those of po/. */
MUST_USE Status gateway_file_read(Ctx *ctx, Text json, Gateway *ret);
/* What to begin with: no organisation's own. */
void gateway_file_example(Gateway *ret);
/* To standard output. */
void gateway_file_print(Ctx *ctx, const Gateway *gateway);

#endif
