/* Membership numbers: a serial permuted so that nobody counts through them, and what people make
 * of one when they type it. */
#include "crypto/number.h"

enum { HALF_END = 100000, ROUNDS = 4, CODE_MIN = 2 };

static uint32_t round_value(const Keyring *ring, int round, uint32_t half) {
    uint8_t round_bytes[8], half_bytes[8], tag[8];
    uint64_t value = 0;
    const Text parts[] = {T("number"), keyring_part_int(round, round_bytes),
                          keyring_part_int(half, half_bytes)};
    keyring_hash(ring, KEY_NUMBER, parts, 3, tag, sizeof tag);
    for (int i = 7; i >= 0; i--) value = value << 8 | tag[i];
    return (uint32_t)(value % HALF_END);
}

char number_damm(const char *digits, size_t count) {
    static const char quasigroup[10][11] = {
        "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
        "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
    };
    char interim = '0';
    for (size_t i = 0; i < count; i++) interim = quasigroup[interim - '0'][digits[i] - '0'];
    return interim;
}

Number number_of_serial(const Keyring *ring, Text code, int64_t serial) {
    Number number = {.code = ""};
    uint32_t left = (uint32_t)(serial / HALF_END), right = (uint32_t)(serial % HALF_END);
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t mixed = (left + round_value(ring, round, right)) % HALF_END;
        left = right;
        right = mixed;
    }
    memcpy(number.code, code.ptr, code.len < NUMBER_CODE_MAX ? code.len : NUMBER_CODE_MAX);
    uint64_t digits = (uint64_t)left * HALF_END + right;
    for (int i = NUMBER_DIGITS - 2; i >= 0; i--, digits /= 10)
        number.digits[i] = (char)('0' + digits % 10);
    number.digits[NUMBER_DIGITS - 1] = number_damm(number.digits, NUMBER_DIGITS - 1);
    return number;
}

static uint32_t half_of(const char *digits) {
    uint32_t value = 0;
    for (int i = 0; i < 5; i++) value = value * 10 + (uint32_t)(digits[i] - '0');
    return value;
}

int64_t number_serial(const Keyring *ring, const Number *number) {
    uint32_t left = half_of(number->digits), right = half_of(number->digits + 5);
    for (int round = ROUNDS - 1; round >= 0; round--) {
        uint32_t mixed = (right + HALF_END - round_value(ring, round, left)) % HALF_END;
        right = left;
        left = mixed;
    }
    return (int64_t)left * HALF_END + right;
}

size_t number_text(const Number *number, char *out) {
    size_t len = strlen(number->code);
    memcpy(out, number->code, len);
    for (int i = 0; i < NUMBER_DIGITS; i++) {
        if (i == 0 || i == 3 || i == 7) out[len++] = '-';
        out[len++] = number->digits[i];
    }
    out[len] = 0;
    return len;
}

Text number_text_in(Arena *arena, const Number *number) {
    char text[NUMBER_TEXT_MAX];
    size_t len = number_text(number, text);
    return arena_copy(arena, (Text){text, len});
}

static bool is_separator(uint32_t cp) {
    if (cp < 0x80) return cp == ' ' || cp == '-' || cp == '.' || cp == '_' || cp == '\t' ||
                          cp == '\n' || cp == '\r';
    return (cp >= 0x2000 && cp <= 0x2015) || /* spaces, joiners, hyphens, dashes */
           cp == 0xA0 || cp == 0xAD || cp == 0x202F || cp == 0x2060 || cp == 0x2212 ||
           cp == 0x3000 || cp == 0xFE58 || cp == 0xFE63 || cp == 0xFEFF || cp == 0xFF0D;
}

static int digit_of(uint32_t cp) {
    static const uint16_t zeros[] = {
        '0',    0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66,
        0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x1C50, 0xABF0, 0xFF10,
    };
    for (size_t i = 0; i < sizeof zeros / sizeof zeros[0]; i++)
        if (cp >= zeros[i] && cp <= zeros[i] + 9u) return (int)(cp - zeros[i]);
    return -1;
}

char number_next_symbol(Text typed, size_t *at) {
    while (*at < typed.len) {
        uint32_t cp = text_next_codepoint(typed, at);
        if (is_separator(cp)) continue;
        if (cp >= 'a' && cp <= 'z') return (char)(cp - 32);
        if (cp >= 'A' && cp <= 'Z') return (char)cp;
        int digit = digit_of(cp);
        return digit >= 0 ? (char)('0' + digit) : '?';
    }
    return 0;
}

static bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

/* The default code takes the same form as a typed one. */
static bool take_default(Text code, Number *number) {
    if (code.len < CODE_MIN || code.len > NUMBER_CODE_MAX) return false;
    for (size_t i = 0, at = 0; i < code.len; i++)
        if (!is_letter(number->code[i] = number_next_symbol(code, &at))) return false;
    return true;
}

NumberParse number_parse_prefix(Text typed, size_t *at, Text default_code, Number *ret) {
    Number number = {.code = ""};
    int letters = 0;
    char symbol;
    while (is_letter(symbol = number_next_symbol(typed, at))) {
        if (letters == NUMBER_CODE_MAX) return NUMBER_NOT_ONE;
        number.code[letters++] = symbol;
    }
    if (letters ? letters < CODE_MIN : !take_default(default_code, &number)) return NUMBER_NOT_ONE;
    for (int i = 0; i < NUMBER_DIGITS; i++) {
        if (i) symbol = number_next_symbol(typed, at);
        if (symbol < '0' || symbol > '9') return NUMBER_NOT_ONE;
        number.digits[i] = symbol;
    }
    /* Over all eleven a right check digit leaves 0. */
    if (number_damm(number.digits, NUMBER_DIGITS) != '0') return NUMBER_WRONG_DIGIT;
    *ret = number;
    return NUMBER_OK;
}

NumberParse number_parse(Text typed, Text default_code, Number *ret) {
    Number number;
    size_t at = 0;
    NumberParse result = number_parse_prefix(typed, &at, default_code, &number);
    if (result == NUMBER_NOT_ONE || number_next_symbol(typed, &at)) return NUMBER_NOT_ONE;
    if (result == NUMBER_OK) *ret = number;
    return result;
}
