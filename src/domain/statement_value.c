/* No bank writes like another; all of these were seen in what they publish as samples. */
#include "domain/statement_value.h"

#include "base/clock.h"

enum { VALUE_BYTES_MAX = 64 };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80; }

/* Small letters, Devanagari digits as ASCII, odd spaces as spaces; "" when it is too long. */
static Text plain(Text t, char out[VALUE_BYTES_MAX]) {
    size_t len = 0;
    if (t.len >= VALUE_BYTES_MAX) return T("");
    for (size_t at = 0; at < t.len;) {
        size_t from = at;
        uint32_t cp = text_plain_digit(text_next_codepoint(t, &at));
        if (cp == 0xA0 || cp == 0x202F || cp < 0x20) out[len++] = ' ';
        else if (cp == 0x2212 || cp == 0x2013) out[len++] = '-'; /* minus, en dash */
        else if (cp < 0x80) out[len++] = lower((char)cp);
        else
            for (; from < at; from++) out[len++] = t.ptr[from];
    }
    return text_trim((Text){out, len});
}

static bool cut_start(Text *t, Text start) {
    if (!text_starts_with(*t, start)) return false;
    *t = text_trim(text_slice(*t, start.len, t->len));
    return true;
}

static bool cut_end(Text *t, Text end) {
    if (!text_ends_with(*t, end)) return false;
    *t = text_trim(text_slice(*t, 0, t->len - end.len));
    return true;
}

typedef struct SignWord {
    const char *word;
    StatementSign sign;
} SignWord;

static const SignWord beside[] = {
    {"(cr)", STATEMENT_SIGN_CREDIT}, {"(dr)", STATEMENT_SIGN_DEBIT}, {"cr.", STATEMENT_SIGN_CREDIT},
    {"dr.", STATEMENT_SIGN_DEBIT},   {"cr", STATEMENT_SIGN_CREDIT},  {"dr", STATEMENT_SIGN_DEBIT},
    {"जमा", STATEMENT_SIGN_CREDIT},   {"नामे", STATEMENT_SIGN_DEBIT},  {"c", STATEMENT_SIGN_CREDIT},
    {"d", STATEMENT_SIGN_DEBIT},
};

static StatementSign cut_sign(Text *t) {
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        Text word = text_of(beside[i].word);
        if (cut_end(t, word) || cut_start(t, word)) return beside[i].sign;
    }
    return STATEMENT_SIGN_NONE;
}

static void cut_currency(Text *t) {
    static const char *const marks[] = {"₹", "rs.", "rs", "inr", "रु.", "रु"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        Text mark = text_of(marks[i]);
        if (!cut_start(t, mark)) (void)cut_end(t, mark);
    }
}

static bool cut_minus(Text *t) {
    bool minus = cut_start(t, T("-"));
    if (cut_end(t, T("-"))) minus = true;
    if (!minus) (void)cut_start(t, T("+"));
    if (text_starts_with(*t, T("(")) && text_ends_with(*t, T(")")))
        return cut_start(t, T("(")) && cut_end(t, T(")"));
    return minus;
}

static bool digits_paise(Text t, int64_t *ret_paise) {
    int64_t paise = 0;
    int decimals = -1, digits = 0;
    for (size_t i = 0; i < t.len; i++) {
        char c = t.ptr[i];
        if ((c == ',' || c == ' ') && decimals < 0 && digits) continue;
        if (c == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (!is_digit(c) || (decimals >= 2 && c != '0')) return false;
        digits++;
        if (decimals >= 2) continue;
        if (decimals >= 0) decimals++;
        paise = paise * 10 + (c - '0');
        if (paise > STATEMENT_VALUE_PAISE_MAX) return false;
    }
    for (int i = decimals < 0 ? 0 : decimals; i < 2; i++) paise *= 10;
    if (!digits || paise > STATEMENT_VALUE_PAISE_MAX) return false;
    *ret_paise = paise;
    return true;
}

bool statement_value_paise(Text t, int64_t *ret_paise, StatementSign *ret_sign) {
    char bytes[VALUE_BYTES_MAX];
    Text value = plain(t, bytes);
    StatementSign sign = cut_sign(&value);
    (void)cut_end(&value, T("/-")); /* "only", behind rupees without paise: no minus */
    bool minus = cut_minus(&value);
    cut_currency(&value);
    if (cut_minus(&value)) minus = true;
    if (sign == STATEMENT_SIGN_NONE) sign = cut_sign(&value);
    if (!digits_paise(value, ret_paise)) return false;
    if (minus) *ret_paise = -*ret_paise;
    *ret_sign = sign;
    return true;
}

StatementSign statement_value_sign(Text t) {
    static const SignWord words[] = {
        {"cr", STATEMENT_SIGN_CREDIT},        {"cr.", STATEMENT_SIGN_CREDIT},
        {"c", STATEMENT_SIGN_CREDIT},         {"credit", STATEMENT_SIGN_CREDIT},
        {"credited", STATEMENT_SIGN_CREDIT},  {"deposit", STATEMENT_SIGN_CREDIT},
        {"payment", STATEMENT_SIGN_CREDIT},   {"sale", STATEMENT_SIGN_CREDIT},
        {"acquiring", STATEMENT_SIGN_CREDIT}, {"received", STATEMENT_SIGN_CREDIT},
        {"collect", STATEMENT_SIGN_CREDIT},   {"upi", STATEMENT_SIGN_CREDIT},
        {"जमा", STATEMENT_SIGN_CREDIT},        {"क्रेडिट", STATEMENT_SIGN_CREDIT},
        {"dr", STATEMENT_SIGN_DEBIT},         {"dr.", STATEMENT_SIGN_DEBIT},
        {"d", STATEMENT_SIGN_DEBIT},          {"debit", STATEMENT_SIGN_DEBIT},
        {"debited", STATEMENT_SIGN_DEBIT},    {"withdrawal", STATEMENT_SIGN_DEBIT},
        {"refund", STATEMENT_SIGN_DEBIT},     {"chargeback", STATEMENT_SIGN_DEBIT},
        {"reversal", STATEMENT_SIGN_DEBIT},   {"adjustment", STATEMENT_SIGN_DEBIT},
        {"settlement", STATEMENT_SIGN_DEBIT}, {"transfer", STATEMENT_SIGN_DEBIT},
        {"नामे", STATEMENT_SIGN_DEBIT},        {"डेबिट", STATEMENT_SIGN_DEBIT},
    };
    char bytes[VALUE_BYTES_MAX];
    Text value = plain(t, bytes);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_eq(value, text_of(words[i].word))) return words[i].sign;
    return STATEMENT_SIGN_NONE;
}

/* 1 to 12, or 0. At least three letters, as far as they go. */
static int month_of(Text word) {
    static const char *const english[] = {"january",   "february", "march",    "april",
                                          "may",       "june",     "july",     "august",
                                          "september", "october",  "november", "december"};
    static const char *const hindi[] = {"जनवरी", "फ़रवरी", "मार्च",    "अप्रैल",  "मई",     "जून",
                                        "जुलाई",  "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर"};
    for (int i = 0; i < 12; i++) {
        if (word.len >= 3 && text_starts_with(text_of(english[i]), word)) return i + 1;
        if (text_eq(word, text_of(hindi[i]))) return i + 1;
    }
    if (text_eq(word, T("sept"))) return 9;
    return text_eq(word, T("फरवरी")) ? 2 : 0;
}

typedef struct DayPart {
    Text word;
    int64_t number; /* -1: letters */
} DayPart;

/* Up to three words of digits or letters; what is behind them must stand apart. */
static int day_parts(Text t, DayPart parts[3]) {
    size_t at = 0;
    int count = 0;
    while (count < 3 && at < t.len) {
        size_t from = at;
        bool digit = is_digit(t.ptr[at]);
        while (at < t.len && (digit ? is_digit(t.ptr[at]) : is_letter(t.ptr[at]))) at++;
        if (at == from) return 0;
        parts[count].word = text_slice(t, from, at - from);
        parts[count].number = -1;
        if (digit && !text_to_int(parts[count].word, &parts[count].number)) return 0;
        count++;
        if (count == 1 && parts[0].word.len == 8) break;
        if (count == 3) break;
        /* "1,011.00" is an amount: a comma only stands before a blank. */
        if (at + 1 < t.len && t.ptr[at] == ',' && t.ptr[at + 1] != ' ') return 0;
        while (at < t.len && strchr("/-., ", t.ptr[at])) at++;
    }
    if (at < t.len && !strchr(" ,t:", t.ptr[at])) return 0;
    return count;
}

static bool make_day(int64_t year, int64_t month, int64_t day, int64_t *ret) {
    int y, m, d;
    if (year < 100) year += 2000;
    if (year < 2000 || year > 2099 || month < 1 || month > 12 || day < 1 || day > 31) return false;
    int64_t number = clock_day_of((int)year, (int)month, (int)day);
    clock_civil(number, &y, &m, &d);
    if (d != day) return false; /* the 31st of a shorter month */
    *ret = number;
    return true;
}

bool statement_value_day(Text t, bool month_first, int64_t *ret_day) {
    char bytes[VALUE_BYTES_MAX];
    DayPart p[3] = {{TEXT_NONE, 0}, {TEXT_NONE, 0}, {TEXT_NONE, 0}};
    int count = day_parts(plain(t, bytes), p);
    if (count == 1 && p[0].word.len == 8 && p[0].number > 0)
        return make_day(p[0].number / 10000, p[0].number / 100 % 100, p[0].number % 100, ret_day);
    if (count != 3 || p[2].number < 0) return false;
    if (p[0].number < 0) return make_day(p[2].number, month_of(p[0].word), p[1].number, ret_day);
    if (p[0].word.len == 4) {
        int64_t month = p[1].number < 0 ? month_of(p[1].word) : p[1].number;
        return make_day(p[0].number, month, p[2].number, ret_day);
    }
    if (p[0].word.len > 2 || (p[1].number >= 0 && p[1].word.len > 2)) return false;
    if (p[2].word.len != 2 && p[2].word.len != 4) return false;
    if (p[1].number < 0) return make_day(p[2].number, month_of(p[1].word), p[0].number, ret_day);
    if (month_first) return make_day(p[2].number, p[0].number, p[1].number, ret_day);
    return make_day(p[2].number, p[1].number, p[0].number, ret_day);
}

Text statement_value_words(Arena *arena, Text t) {
    char *out = arena_alloc(arena, t.len + 1);
    size_t len = 0;
    bool apart = false;
    for (size_t at = 0; at < t.len;) {
        size_t from = at;
        uint32_t cp = text_plain_digit(text_next_codepoint(t, &at));
        char c = cp < 0x80 ? lower((char)cp) : (char)0x80;
        if ((c >= 'a' && c <= 'z') || is_digit(c)) {
            if (apart && len) out[len++] = ' ';
            out[len++] = c;
        } else if (cp >= 0x80 && cp != 0xA0 && !(cp >= 0x2000 && cp <= 0x20CF)) {
            if (apart && len) out[len++] = ' ';
            for (; from < at; from++) out[len++] = t.ptr[from];
        } else {
            apart = true;
            continue;
        }
        apart = false;
    }
    return (Text){out, len};
}
