/* The check code on a card's front: proves, with the organisation's key alone, that a card with
 * this number and issue was made, without a signature that would not fit a coarse print. */
#include "crypto/check_code.h"

#include "crypto/base32.h"

enum { TAG_BYTES = 5 };

static void make_tag(const Keyring *ring, const Number *number, int64_t issue,
                     char out[CHECK_TAG_CHARS]) {
    uint8_t tag[TAG_BYTES], issue_bytes[8];
    const Text parts[] = {T("check code"), text_of(number->code), text_of(number->digits),
                          keyring_part_int(issue, issue_bytes)};
    keyring_hash(ring, KEY_CHECK_TAG, parts, 4, tag, sizeof tag);
    (void)base32_encode(tag, sizeof tag, out);
}

size_t check_code_make(const Keyring *ring, const Number *number, int64_t issue, char *out) {
    char tag[CHECK_TAG_CHARS];
    make_tag(ring, number, issue, tag);
    return (size_t)snprintf(out, CHECK_CODE_MAX, "%s%s-%.*s", number->code, number->digits,
                            CHECK_TAG_CHARS, tag);
}

bool check_code_parse(Text typed, Number *ret_number, char ret_tag[CHECK_TAG_CHARS + 1]) {
    Number number;
    char tag[CHECK_TAG_CHARS];
    uint8_t bytes[TAG_BYTES];
    size_t at = 0;
    if (number_parse_prefix(typed, &at, TEXT_NONE, &number) != NUMBER_OK) return false;
    for (int i = 0; i < CHECK_TAG_CHARS; i++)
        if (!(tag[i] = number_next_symbol(typed, &at))) return false;
    if (number_next_symbol(typed, &at)) return false;
    if (!base32_decode((Text){tag, sizeof tag}, bytes, sizeof bytes)) return false;
    *ret_number = number;
    (void)base32_encode(bytes, sizeof bytes, ret_tag); /* I, L and O as what they stand for */
    ret_tag[CHECK_TAG_CHARS] = 0;
    return true;
}

bool check_code_verify(const Keyring *ring, const Number *number, int64_t issue,
                       const char tag[CHECK_TAG_CHARS + 1]) {
    char right[CHECK_TAG_CHARS];
    make_tag(ring, number, issue, right);
    return secret_eq(right, tag, CHECK_TAG_CHARS);
}
