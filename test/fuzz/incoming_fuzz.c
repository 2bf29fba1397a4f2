/* What a provider of numbers posts, JSON or form. What is read must be whole; the same bytes give
 * the same event. */
#include "base/ctx.h"
#include "domain/organisation.h"
#include "fuzz.h"
#include "web/incoming.h"

static void read_once(Ctx *ctx, Text body, Status *ret_status, Incoming *ret) {
    const PhoneWays ways = {.field_from = T("from"), .field_text = T("text"),
                            .field_time = T("time"), .field_id = T("id")};
    ctx_forget_errors(ctx);
    *ret_status = incoming_read(ctx, &ways, body, ret);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const Organisation org = {.zone_offset_s = 19800};
    Arena *arena = arena_new(8 << 20);
    Ctx ctx;
    Status status, again;
    Incoming one, two;
    ctx_init(&ctx, arena);
    ctx.org = &org;
    read_once(&ctx, text_bytes(data, size), &status, &one);
    assert((status == OK) == !ctx.error_count);
    read_once(&ctx, text_bytes(data, size), &again, &two);
    assert(status == again);
    if (status == OK) {
        assert(one.from.ptr && one.id.len && one.text.ptr);
        assert(text_eq(one.from, two.from) && text_eq(one.text, two.text) && one.at == two.at);
        assert(one.is_call == two.is_call && (!one.is_call || !one.text.len));
    }
    arena_delete(arena);
    return 0;
}
