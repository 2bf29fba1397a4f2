/* Runs of letters and digits are looked at one by one. */
#include "domain/statement_utr.h"

enum { UPI_DIGITS = 12, BANK_LETTERS = 4, PADDED_DIGITS_MAX = 20 };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static char upper(char c) { return c >= 'a' && c <= 'z' ? (char)(c - 32) : c; }
static bool is_letter(char c) { return upper(c) >= 'A' && upper(c) <= 'Z'; }

static Text next_run(Text *rest) {
    size_t from = 0, to;
    while (from < rest->len && !is_digit(rest->ptr[from]) && !is_letter(rest->ptr[from])) from++;
    to = from;
    while (to < rest->len && (is_digit(rest->ptr[to]) || is_letter(rest->ptr[to]))) to++;
    Text run = text_slice(*rest, from, to - from);
    *rest = text_slice(*rest, to, rest->len);
    return run;
}

static size_t letters_of(Text run) {
    size_t count = 0;
    while (count < run.len && is_letter(run.ptr[count])) count++;
    return count;
}

static size_t digits_from(Text run, size_t from) {
    size_t at = from;
    while (at < run.len && is_digit(run.ptr[at])) at++;
    return at - from;
}

/* What says that the number of a transfer follows. */
static bool is_sign(Text letters) {
    static const char *const signs[] = {"UPI", "IMPS", "UTR", "RRN", "CR", "P2A", "P2M", "REF",
                                        "UPIREF", "RRNO", "UTRNO", "NO"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (text_eq_ignoring_case(letters, text_of(signs[i]))) return true;
    return false;
}

static bool is_bank_number(Text run, size_t letters) {
    if ((run.len != 16 && run.len != 22) || letters < BANK_LETTERS) return false;
    return digits_from(run, run.len - 8) == 8;
}

bool statement_utr_is_bank(Text utr) { return is_bank_number(utr, letters_of(utr)); }

static size_t copy(Text t, char *out) {
    for (size_t i = 0; i < t.len; i++) out[i] = upper(t.ptr[i]);
    return t.len;
}

/* The twelve digits in the run: alone, behind a sign, or filled up with zeros. */
static Text twelve_of(Text run, size_t letters) {
    if (letters && !is_sign(text_slice(run, 0, letters))) return TEXT_NONE;
    Text digits = text_slice(run, letters, run.len);
    if (digits.len < UPI_DIGITS || digits.len > PADDED_DIGITS_MAX ||
        digits_from(digits, 0) != digits.len)
        return TEXT_NONE;
    for (size_t i = 0; i + UPI_DIGITS < digits.len; i++)
        if (digits.ptr[i] != '0') return TEXT_NONE;
    digits = text_slice(digits, digits.len - UPI_DIGITS, UPI_DIGITS);
    for (size_t i = 0; i < digits.len; i++)
        if (digits.ptr[i] != '0') return digits;
    return TEXT_NONE; /* how an empty cheque number is filled up */
}

size_t statement_utr_find(Text narration, char out[STATEMENT_UTR_BYTES_MAX]) {
    Text rest = narration, first = TEXT_NONE;
    bool signed_before = false;
    while (rest.len) {
        Text run = next_run(&rest);
        size_t letters = letters_of(run);
        Text twelve = twelve_of(run, letters);
        if (!twelve.len && is_bank_number(run, letters)) twelve = run;
        if (rest.len && rest.ptr[0] == '@') twelve = TEXT_NONE; /* a phone's, as a VPA */
        if (twelve.len && (signed_before || letters)) return copy(twelve, out);
        if (twelve.len && !first.len) first = twelve;
        signed_before = letters == run.len ? is_sign(run) : false;
        signed_before |= text_eq_ignoring_case(run, T("P2A")) ||
                         text_eq_ignoring_case(run, T("P2M"));
    }
    return copy(first, out);
}

static char as_digit(char c) {
    c = upper(c);
    if (c == 'O') return '0';
    return c == 'I' || c == 'L' ? '1' : c;
}

size_t statement_utr_typed(Text typed, char out[STATEMENT_UTR_BYTES_MAX]) {
    char all[64];
    size_t len = 0;
    for (size_t i = 0; i < typed.len && len < sizeof all; i++)
        if (is_digit(typed.ptr[i]) || is_letter(typed.ptr[i])) all[len++] = typed.ptr[i];
    Text value = {all, len};
    static const char *const before[] = {"UPI", "IMPS", "UTR", "RRN", "REF", "NO"};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        Text word = text_of(before[i]);
        if (value.len >= word.len + UPI_DIGITS &&
            text_eq_ignoring_case(text_slice(value, 0, word.len), word))
            value = text_slice(value, word.len, value.len);
    }
    while (value.len > UPI_DIGITS && value.len <= PADDED_DIGITS_MAX && value.ptr[0] == '0')
        value = text_slice(value, 1, value.len);
    if (value.len < UPI_DIGITS || value.len > STATEMENT_UTR_BYTES_MAX) return 0;
    for (size_t i = 0; i < value.len; i++) out[i] = as_digit(value.ptr[i]);
    return value.len;
}
