/* Writing UPI links; see upi.h. */
#include "domain/upi.h"

#include "base/buffer.h"

enum { UPI_LINK_BYTES_MAX = 2000 };

static bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool upi_vpa_is_valid(Text vpa) {
    size_t at = text_find_byte(vpa, '@');
    if (vpa.len > UPI_VPA_BYTES || at < 2 || at + 3 > vpa.len) return false;
    for (size_t i = 0; i < vpa.len; i++) {
        char c = vpa.ptr[i];
        bool sign = c == '.' || (i < at && (c == '-' || c == '_'));
        if (i != at && !is_letter_or_digit(c) && !sign) return false;
    }
    return true;
}

static void add_encoded(Buffer *out, const char *name, Text value) {
    buffer_printf(out, "%c%s=", out->len > 10 ? '&' : '?', name);
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        if (is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~')
            buffer_byte(out, c);
        else
            buffer_printf(out, "%%%02X", (unsigned char)c);
    }
}

Text upi_link(Arena *arena, Text vpa, Text payee, int64_t paise, Text reference, Text note) {
    Buffer out = buffer_in(arena, UPI_LINK_BYTES_MAX);
    buffer_add(&out, T("upi://pay"));
    add_encoded(&out, "pa", vpa);
    add_encoded(&out, "pn", payee);
    add_encoded(&out, "am", arena_rupees(arena, paise));
    add_encoded(&out, "cu", T("INR"));
    add_encoded(&out, "tr", reference);
    add_encoded(&out, "tn", note);
    return buffer_text(&out);
}
