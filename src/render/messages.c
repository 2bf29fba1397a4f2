/* Looks sentences up in the tables that tools/messages.py makes of po/. */
#include "render/messages.h"

#include "base/buffer.h"
#include "base/clock.h"
#include "messages.gen.h"
#include "render/message_table.h"

Text message_at(Lang lang, int id) { return message_texts[id].text[lang]; }

Text message_by_key(Lang lang, Text key) {
    int low = 0, high = MESSAGE_COUNT;
    while (low < high) {
        int middle = (low + high) / 2;
        int order = text_compare(message_texts[middle].key, key);
        if (order == 0) return message_at(lang, middle);
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return key;
}

Text message(Lang lang, const char *key) { return message_by_key(lang, text_of(key)); }

static const ErrorArg *find_arg(const ErrorArg *args, int count, Text name) {
    for (int i = 0; i < count; i++)
        if (text_eq(text_of(args[i].name), name)) return &args[i];
    return NULL;
}

Text message_with(Arena *arena, Lang lang, const char *key, const ErrorArg *args, int count) {
    Text t = message(lang, key);
    if (count == 0) return t;
    Buffer out = buffer_in(arena, 1 << 16);
    while (t.len) {
        size_t open = text_find_byte(t, '{');
        size_t close = text_find_byte(t, '}');
        if (close == t.len || close < open) break;
        const ErrorArg *arg = find_arg(args, count, text_slice(t, open + 1, close - open - 1));
        buffer_add(&out, text_slice(t, 0, arg ? open : close + 1));
        if (arg) buffer_add(&out, arg->value);
        t = text_slice(t, close + 1, t.len);
    }
    buffer_add(&out, t);
    return buffer_text(&out);
}

Text message_of_error(Arena *arena, Lang lang, const Error *error) {
    return message_with(arena, lang, error->message, error->args, error->arg_count);
}

size_t message_group_digits(int64_t value, char out[32]) {
    char reversed[32];
    size_t n = 0, digits = 0;
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
    do {
        /* thousands once, then by hundreds: 12,34,567 */
        if (digits >= 3 && digits % 2 == 1) reversed[n++] = ',';
        reversed[n++] = (char)('0' + rest % 10);
        digits++;
    } while (rest /= 10);
    if (value < 0) reversed[n++] = '-';
    for (size_t i = 0; i < n; i++) out[i] = reversed[n - 1 - i];
    return n;
}

Text message_number(Arena *arena, int64_t value) {
    char digits[32];
    return arena_copy(arena, (Text){digits, message_group_digits(value, digits)});
}

Text message_rupees(Arena *arena, int64_t paise) {
    char digits[32];
    int len = (int)message_group_digits(paise / 100, digits);
    if (paise % 100 == 0) return arena_printf(arena, "₹%.*s", len, digits);
    return arena_printf(arena, "₹%.*s.%02d", len, digits, (int)(paise % 100));
}

Text message_day(Arena *arena, Lang lang, int64_t day) {
    int year, month, date;
    clock_civil(day, &year, &month, &date);
    Text name = message_at(lang, M_MONTH_01 + month - 1);
    return arena_printf(arena, "%d %.*s %d", date, TEXT_ARG(name), year);
}

Text message_day_short(Arena *arena, Lang lang, int64_t day) {
    int year, month, date;
    clock_civil(day, &year, &month, &date);
    Text name = message_at(lang, M_MONTH_SHORT_01 + month - 1);
    return arena_printf(arena, "%d %.*s", date, TEXT_ARG(name));
}
