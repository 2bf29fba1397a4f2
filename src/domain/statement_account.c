/* See statement_account.h. */
#include "domain/statement_account.h"

enum { NUMBER_CHARS_MIN = 6 };

static bool begins_with(Text text, const char *word) {
    Text w = text_of(word);
    return text.len >= w.len && text_eq_ignoring_case(text_slice(text, 0, w.len), w);
}

/* What follows the word for an account's number; NULL text where there is none. */
static Text after_label(Text cell) {
    static const char *const labels[] = {"account no", "account number", "a/c no", "a/c number",
                                         "acct no",    "account :",      "account:", "खाता"};
    for (size_t at = 0; at < cell.len; at++) {
        Text rest = text_slice(cell, at, cell.len);
        for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
            if (begins_with(rest, labels[i]))
                return text_slice(rest, strlen(labels[i]), rest.len);
    }
    return TEXT_NONE;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_of_number(char c) { return is_digit(c) || c == 'X' || c == 'x' || c == '*'; }

/* "XXXXXX1234", "50100012341234": the digits at its end. */
static Text digits_of(Text text) {
    for (size_t end = text.len; end >= NUMBER_CHARS_MIN; end--) {
        size_t first = end, digits = 0;
        while (first > 0 && is_of_number(text.ptr[first - 1])) first--;
        while (digits < end - first && is_digit(text.ptr[end - digits - 1])) digits++;
        if (end - first >= NUMBER_CHARS_MIN && digits >= STATEMENT_ACCOUNT_DIGITS)
            return (Text){text.ptr + end - STATEMENT_ACCOUNT_DIGITS, STATEMENT_ACCOUNT_DIGITS};
    }
    return TEXT_NONE;
}

Text statement_account_digits(const Statement *s, int64_t header) {
    for (int64_t i = 0; i < header && i < STATEMENT_ACCOUNT_ROWS; i++) {
        const StatementRow *row = &s->rows[i];
        for (int32_t c = 0; c < row->count; c++) {
            Text rest = after_label(row->cells[c]);
            if (!rest.ptr) continue;
            Text digits = digits_of(rest);
            if (!digits.len) digits = digits_of(statement_cell(row, c + 1));
            if (digits.len) return digits;
        }
    }
    return T("");
}
