/* What people type as a number, a check code or a receipt's number or code. What was understood,
 * written properly, must be understood the same. */
#include "crypto/check_code.h"
#include "crypto/receipt_code.h"
#include "fuzz.h"

static void number(Text typed, Text default_code) {
    Number read, again;
    char text[NUMBER_TEXT_MAX];
    if (number_parse(typed, default_code, &read) != NUMBER_OK) return;
    size_t len = number_text(&read, text);
    assert(len == strlen(text) && len < NUMBER_TEXT_MAX);
    assert(number_parse((Text){text, len}, TEXT_NONE, &again) == NUMBER_OK);
    assert(memcmp(&read, &again, sizeof read) == 0);
}

static void check_code(const Keyring *ring, Text typed) {
    Number read, again;
    char tag[CHECK_TAG_CHARS + 1], tag_again[CHECK_TAG_CHARS + 1], code[CHECK_CODE_MAX];
    if (!check_code_parse(typed, &read, tag)) return;
    (void)check_code_verify(ring, &read, 1, tag);
    size_t len = check_code_make(ring, &read, 1, code);
    memcpy(code + len - CHECK_TAG_CHARS, tag, CHECK_TAG_CHARS);
    assert(check_code_parse((Text){code, len}, &again, tag_again));
    assert(memcmp(&read, &again, sizeof read) == 0 && strcmp(tag, tag_again) == 0);
    assert(number_parse(typed, TEXT_NONE, &again) == NUMBER_NOT_ONE); /* never both */
}

static void receipt_code(const Keyring *ring, Text typed) {
    ReceiptCode read, again;
    char code[RECEIPT_CODE_MAX];
    if (!receipt_code_parse(typed, &read)) return;
    (void)receipt_code_verify(ring, &read);
    size_t len = receipt_code_make(ring, &read, code);
    assert(len == strlen(code) && len < RECEIPT_CODE_MAX);
    assert(receipt_code_parse((Text){code, len}, &again));
    assert(receipt_code_verify(ring, &again));
    memcpy(again.tag, read.tag, sizeof again.tag);
    assert(memcmp(&read, &again, sizeof read) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static Keyring ring;
    static bool ready;
    if (!ready && (!crypto_start() || !keyring_read(T(FUZZ_KEYS), &ring))) abort();
    ready = true;
    Text typed = text_bytes(data, size);
    number(typed, TEXT_NONE);
    number(typed, T("GKC"));
    check_code(&ring, typed);
    receipt_code(&ring, typed);
    return 0;
}
