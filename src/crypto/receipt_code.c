/* See receipt_code.h. */
#include "crypto/receipt_code.h"

#include "crypto/base32.h"

enum {
    TAG_BYTES = 5,
    YEAR_DIGITS = 4,
    NUMBER_DIGITS_LEAST = 4, /* numbers are padded: what is longer than that and a tag has one */
    SYMBOLS_MAX = RECEIPT_CODE_MAX + 3, /* and slashes */
};

static void make_tag(const Keyring *ring, const ReceiptCode *r, char out[RECEIPT_CODE_TAG_CHARS]) {
    uint8_t tag[TAG_BYTES], year[8], book[8], number[8];
    const Text parts[] = {T("receipt code"), text_of(r->code), keyring_part_int(r->year, year),
                          keyring_part_int(r->book, book), keyring_part_int(r->number, number)};
    keyring_hash(ring, KEY_RECEIPT, parts, 5, tag, sizeof tag);
    (void)base32_encode(tag, sizeof tag, out);
}

size_t receipt_code_make(const Keyring *ring, const ReceiptCode *r, char *out) {
    char tag[RECEIPT_CODE_TAG_CHARS];
    make_tag(ring, r, tag);
    return (size_t)snprintf(out, RECEIPT_CODE_MAX, "%s%02d%02dB%03lldR%04lld-%.*s", r->code,
                            (int)(r->year % 100), (int)((r->year + 1) % 100), (long long)r->book,
                            (long long)r->number, RECEIPT_CODE_TAG_CHARS, tag);
}

/* What was typed as letters, digits and slashes; -1 when there is anything else, or too much. */
static int symbols_of(Text typed, char out[SYMBOLS_MAX]) {
    int count = 0;
    char c;
    for (size_t at = 0; (c = number_next_symbol(typed, &at)) != 0;) {
        bool slash = c == '?' && typed.ptr[at - 1] == '/';
        if ((c == '?' && !slash) || count == SYMBOLS_MAX) return -1;
        out[count++] = slash ? '/' : c;
    }
    return count;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static int digits_from(Text t) {
    int count = 0;
    while ((size_t)count < t.len && is_digit(t.ptr[count])) count++;
    return count;
}

/* Takes count digits off the front. */
static bool take_number(Text *rest, int count, int64_t *ret) {
    if (count < 1 || count > RECEIPT_CODE_DIGITS_MAX || digits_from(*rest) < count) return false;
    (void)text_to_int(text_slice(*rest, 0, (size_t)count), ret);
    *rest = text_slice(*rest, (size_t)count, rest->len);
    return true;
}

static bool take_symbol(Text *rest, char wanted) {
    if (!rest->len || rest->ptr[0] != wanted) return false;
    *rest = text_slice(*rest, 1, rest->len);
    return true;
}

static bool take_code(Text *rest, char out[NUMBER_CODE_MAX + 1]) {
    size_t len = 0;
    while (len < rest->len && rest->ptr[len] >= 'A' && rest->ptr[len] <= 'Z') len++;
    if (len < 2 || len > NUMBER_CODE_MAX) return false;
    memcpy(out, rest->ptr, len);
    out[len] = 0;
    *rest = text_slice(*rest, len, rest->len);
    return true;
}

static bool take_year(Text *rest, int64_t *ret) {
    int64_t both;
    if (!take_number(rest, YEAR_DIGITS, &both)) return false;
    *ret = 2000 + both / 100;
    return both % 100 == (both / 100 + 1) % 100;
}

static bool take_tag(Text tag, char out[RECEIPT_CODE_TAG_CHARS + 1]) {
    uint8_t bytes[TAG_BYTES];
    if (!base32_decode(tag, bytes, sizeof bytes)) return false;
    (void)base32_encode(bytes, sizeof bytes, out); /* I, L and O as what they stand for */
    out[RECEIPT_CODE_TAG_CHARS] = 0;
    return true;
}

bool receipt_code_parse(Text typed, ReceiptCode *ret) {
    char symbols[SYMBOLS_MAX];
    ReceiptCode found = {.tag = ""};
    int count = symbols_of(typed, symbols);
    if (count < 0) return false;
    Text rest = {symbols, (size_t)count};
    if (!take_code(&rest, found.code)) return false;
    (void)take_symbol(&rest, '/');
    if (!take_year(&rest, &found.year)) return false;
    (void)take_symbol(&rest, '/');
    if (!take_symbol(&rest, 'B') || !take_number(&rest, digits_from(rest), &found.book))
        return false;
    if (!take_symbol(&rest, 'R') && !take_symbol(&rest, '/')) return false;
    if (rest.len >= NUMBER_DIGITS_LEAST + RECEIPT_CODE_TAG_CHARS) {
        size_t digits = rest.len - RECEIPT_CODE_TAG_CHARS;
        if (!take_tag(text_slice(rest, digits, rest.len), found.tag)) return false;
        rest.len = digits;
    }
    if (rest.len > NUMBER_DIGITS_LEAST && rest.ptr[0] == '0') return false; /* one too many */
    if (!take_number(&rest, (int)rest.len, &found.number)) return false;
    *ret = found;
    return found.book > 0 && found.number > 0;
}

bool receipt_code_verify(const Keyring *ring, const ReceiptCode *r) {
    char right[RECEIPT_CODE_TAG_CHARS];
    make_tag(ring, r, right);
    return r->tag[0] && secret_eq(right, r->tag, sizeof right);
}
