/* Charts, maps, codes and cards write markup without a template; they escape here. */
#include "render/markup.h"

void markup_escape(Buffer *out, Text text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        switch (c) {
        case '&': buffer_add(out, T("&amp;")); break;
        case '<': buffer_add(out, T("&lt;")); break;
        case '>': buffer_add(out, T("&gt;")); break;
        case '"': buffer_add(out, T("&quot;")); break;
        case '\'': buffer_add(out, T("&#39;")); break;
        default:
            if (c >= 0x20 || c == '\n' || c == '\t') buffer_byte(out, (char)c);
        }
    }
}
