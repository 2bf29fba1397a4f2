/* See reason.h. */
#include "domain/reason.h"

#include "base/limits.h"

Status reason_check(Ctx *ctx, Text *reason) {
    *reason = text_trim(*reason);
    bool good = !text_is_empty(*reason) && reason->len <= LIMIT_REASON_BYTES;
    return good ? OK : fail(ctx, INVALID, "reason", "reason_form");
}
