/* Four lines of a bank account; see bank_account.h. */
#include "domain/bank_account.h"

enum { NUMBER_MIN = 6, NUMBER_MAX = 18, IFSC_CHARS = 11, LINE_BYTES_MAX = 120 };

static bool is_line(Text text) {
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < 0x20) return false;
    return text.len && text.len <= LINE_BYTES_MAX && text_is_utf8(text);
}

static Text without_blanks(Arena *arena, Text text) {
    char *out = ARENA_ARRAY(arena, char, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == ' ' || c == '-') continue;
        out[len++] = c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
    }
    return (Text){out, len};
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

static bool is_number(Text number) {
    for (size_t i = 0; i < number.len; i++)
        if (!is_digit(number.ptr[i])) return false;
    return number.len >= NUMBER_MIN && number.len <= NUMBER_MAX;
}

static bool is_ifsc(Text ifsc) {
    if (ifsc.len != IFSC_CHARS || ifsc.ptr[4] != '0') return false;
    for (size_t i = 0; i < IFSC_CHARS; i++)
        if (!is_letter(ifsc.ptr[i]) && (i < 4 || !is_digit(ifsc.ptr[i]))) return false;
    return true;
}

Status bank_account_check(Ctx *ctx, BankAccount *a) {
    a->holder = text_trim(a->holder);
    a->bank = text_trim(a->bank);
    a->number = without_blanks(ctx->arena, a->number);
    a->ifsc = without_blanks(ctx->arena, a->ifsc);
    if (!is_line(a->holder)) (void)fail(ctx, INVALID, "holder", "bank_holder");
    if (!is_number(a->number)) (void)fail(ctx, INVALID, "account", "bank_number");
    if (!is_ifsc(a->ifsc)) (void)fail(ctx, INVALID, "ifsc", "bank_ifsc");
    if (!is_line(a->bank)) (void)fail(ctx, INVALID, "bank", "bank_name");
    return ctx->error_count ? INVALID : OK;
}

Text bank_account_write(Arena *arena, const BankAccount *a) {
    return arena_printf(arena, "%.*s\n%.*s\n%.*s\n%.*s", TEXT_ARG(a->holder), TEXT_ARG(a->number),
                        TEXT_ARG(a->ifsc), TEXT_ARG(a->bank));
}

bool bank_account_read(Text kept, BankAccount *ret) {
    Text *lines[] = {&ret->holder, &ret->number, &ret->ifsc, &ret->bank};
    Text rest = kept;
    *ret = (BankAccount){T(""), T(""), T(""), T("")};
    bool good = true;
    for (int i = 0; i < 4; i++) good = good && rest.len && text_split(&rest, '\n', lines[i]);
    if (good && !rest.len && is_number(ret->number) && is_ifsc(ret->ifsc)) return true;
    *ret = (BankAccount){T(""), T(""), T(""), T("")};
    return false;
}
