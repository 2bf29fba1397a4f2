/* What anybody types or scans to have a card or a receipt checked: numbers, codes, whole addresses.
 * Nothing that is no code of ours may come out as a card or a receipt of ours. */
#include "domain/check.h"
#include "domain/receipt_issued.h"
#include "fuzz.h"

static void card(Ctx *ctx, Text typed) {
    Check read, again;
    assert(check_read(ctx, typed, &read) == OK);
    assert(check_verdict_text(read.verdict).len && !read.shows_person);
    assert(text_is_utf8(read.number));
    if (!read.number.len) {
        assert(read.verdict != CHECK_VALID);
        return;
    }
    assert(check_read(ctx, read.number, &again) == OK); /* shown, it is read the same */
    assert(text_eq(read.number, again.number) && again.kind == CHECK_BY_NUMBER);
}

static void receipt(Ctx *ctx, Text typed) {
    ReceiptCheck read;
    receipt_issued_read(ctx, typed, &read);
    assert(receipt_issued_state_text(read.issued.state).len && !read.issued.paise);
    assert(text_is_utf8(read.issued.number));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static Organisation org;
    if (!org.code.len && (!crypto_start() || !keyring_read(T(FUZZ_KEYS), &org.keys))) abort();
    org.code = T("GKC");
    org.host = T("gkc.example");
    org.base_url = T("https://gkc.example");
    if (size > 4096) return 0;
    Arena *arena = arena_new(1 << 20);
    Ctx ctx;
    ctx_init(&ctx, arena);
    ctx.org = &org;
    Text typed = text_bytes(data, size);
    if (text_is_utf8(typed)) { /* as everything that a declared parameter lets through */
        card(&ctx, typed);
        receipt(&ctx, typed);
    }
    arena_delete(arena);
    return 0;
}
