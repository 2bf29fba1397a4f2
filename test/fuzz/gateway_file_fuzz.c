/* The file of `gateway set`. What is read must be whole; a refusal must name the key. */
#include "cli/gateway_file.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > 1 << 16) return 0;
    Arena *arena = arena_new(4 << 20);
    Ctx ctx;
    Gateway gateway;
    ctx_init(&ctx, arena);
    Status status = gateway_file_read(&ctx, text_bytes(data, size), &gateway);
    assert((status == OK) == !ctx.error_count);
    if (status == OK) {
        assert(gateway.template_count <= GATEWAY_TEMPLATES_MAX);
        for (int i = 0; i < gateway.template_count; i++) {
            const GatewayTemplate *t = &gateway.templates[i];
            assert(gateway_purpose(t->purpose) && t->lang < LANG_COUNT);
            for (int j = 0; j < i; j++)
                assert(gateway.templates[j].lang != t->lang ||
                       !text_eq(gateway.templates[j].purpose, t->purpose));
        }
    }
    arena_delete(arena);
    return 0;
}
