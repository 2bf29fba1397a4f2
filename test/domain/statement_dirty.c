/* See statement_dirty.h. */
#include "statement_dirty.h"

#include <stdio.h>

#include "base/buffer.h"

enum { COLUMNS = 6, SHORT_PAISE = 1000, EXCESS_PAISE = 10000, FILE_BYTES = 4 << 20 };

StatementDirty statement_dirty_fate(int i) {
    static const StatementDirty every_hundred[] = {
        [3] = DIRTY_SPACED,      [7] = DIRTY_BY_REFERENCE, [11] = DIRTY_SHORT,
        [19] = DIRTY_EXCESS,     [23] = DIRTY_DOUBLE,      [31] = DIRTY_WRONG_DIGIT,
        [43] = DIRTY_NEVER_PAID, [47] = DIRTY_NEVER_CLAIMED, [59] = DIRTY_FOR_TWO,
        [60] = DIRTY_PAID_FOR,   [71] = DIRTY_SPACED,      [83] = DIRTY_BY_REFERENCE,
        [99] = DIRTY_PLAIN,
    };
    return every_hundred[i % 100];
}

int64_t statement_dirty_count(StatementDirty fate, int from, int to) {
    int64_t count = 0;
    for (int i = from; i < to; i++) count += statement_dirty_fate(i) == fate;
    return count;
}

static int64_t paise_of(int i) {
    switch (statement_dirty_fate(i)) {
    case DIRTY_NEVER_PAID:
    case DIRTY_PAID_FOR: return 0;
    case DIRTY_SHORT: return SHORT_PAISE;
    case DIRTY_EXCESS: return EXCESS_PAISE;
    case DIRTY_FOR_TWO: return 2 * STATEMENT_DIRTY_FEE;
    default: return STATEMENT_DIRTY_FEE;
    }
}

int64_t statement_dirty_lines(int from, int to) {
    int64_t lines = 0;
    for (int i = from; i < to; i++)
        lines += (paise_of(i) > 0) + (statement_dirty_fate(i) == DIRTY_DOUBLE);
    return lines;
}

int64_t statement_dirty_paise(int from, int to) {
    int64_t paise = STATEMENT_DIRTY_FEE * statement_dirty_count(DIRTY_DOUBLE, from, to);
    for (int i = from; i < to; i++) paise += paise_of(i);
    return paise;
}

/* Numbers are spread so that none is near another by chance, but the same in every run. */
static void number_of(int i, int copy, char out[13]) {
    int64_t number = (int64_t)(i + 1) * 97 * 100003 + copy * 50021000017;
    (void)snprintf(out, 13, "6%011lld", (long long)(number % 100000000000));
}

void statement_dirty_type(int i, char out[STATEMENT_DIRTY_TYPED]) {
    StatementDirty fate = statement_dirty_fate(i);
    char utr[13];
    number_of(fate == DIRTY_PAID_FOR ? i - 1 : i, 0, utr);
    if (fate == DIRTY_WRONG_DIGIT) utr[6] = utr[6] == '9' ? '0' : (char)(utr[6] + 1);
    if (fate == DIRTY_BY_REFERENCE || fate == DIRTY_NEVER_CLAIMED) utr[0] = 0;
    for (int at = 0; fate == DIRTY_SPACED && utr[at]; at++)
        if (utr[at] == '0') utr[at] = "Oo"[i % 2];
    const char *form = fate == DIRTY_SPACED ? " %.4s %.4s-%.4s " : "%.4s%.4s%.4s";
    (void)snprintf(out, STATEMENT_DIRTY_TYPED, form, utr, utr[0] ? utr + 4 : "",
                   utr[0] ? utr + 8 : "");
}

typedef struct Sheet {
    Arena *arena;
    Buffer out;
    bool xml;
    const Text *references;
} Sheet;

static void add_cell(Sheet *s, int column, Text cell) {
    if (s->xml) {
        if (cell.len)
            buffer_printf(&s->out, "<c t=\"inlineStr\"><is><t>%.*s</t></is></c>", TEXT_ARG(cell));
        else
            buffer_add(&s->out, T("<c/>"));
        return;
    }
    bool quoted = cell.len && (column == 1 || column >= 4);
    if (column) buffer_add(&s->out, T(","));
    if (quoted) buffer_add(&s->out, T("\""));
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.ptr[i] == '"') buffer_add(&s->out, T("\""));
        buffer_add(&s->out, (Text){cell.ptr + i, 1});
    }
    if (quoted) buffer_add(&s->out, T("\""));
}

static void add_row(Sheet *s, const Text cells[COLUMNS]) {
    if (s->xml) buffer_add(&s->out, T("<row>"));
    for (int i = 0; i < COLUMNS; i++) add_cell(s, i, cells[i]);
    buffer_add(&s->out, s->xml ? T("</row>") : T("\n"));
}
#define ROW(s, ...) add_row(s, (const Text[COLUMNS]){__VA_ARGS__})

static Text narration_of(Sheet *s, int i, const char *utr) {
    static const char *const forms[] = {
        "UPI/CR/%s/ASHA, DEVI/SBIN", "UPI-RAVI-9876543210@YBL-SBIN0001234-%s",
        "IMPS-%s-ASHA \"DIDI\" JOS\xC3\x89", "  upi/%s/\t98765 43210", "BY TRANSFER-UPI/CR/%s/X--",
    };
    return arena_printf(s->arena, forms[i % 5], utr);
}

static void add_line(Sheet *s, int i, int copy, int64_t paise, bool prints_order) {
    char utr[13], lower[40] = "";
    number_of(i, copy, utr);
    Text reference = s->references[i];
    for (size_t k = 0; k < reference.len && k + 1 < sizeof lower; k++)
        lower[k] = (char)(reference.ptr[k] | (reference.ptr[k] >= 'A' ? 0x20 : 0));
    Text narration = narration_of(s, i, utr);
    if (prints_order)
        narration = arena_printf(s->arena, "%.*s/%s ", TEXT_ARG(narration), lower);
    ROW(s, arena_printf(s->arena, "%02d/04/2026%s", 1 + i % 28, i % 3 ? "" : " 10:11"), narration,
        arena_printf(s->arena, "%s%s%s", i % 7 ? "" : "'", i % 2 ? "0000" : "", i % 2 ? utr : ""),
        T(""), arena_printf(s->arena, "%lld.%02lld", (long long)paise / 100,
                            (long long)paise % 100), T(""));
    if (i % 250 == 0)
        ROW(s, arena_printf(s->arena, "%02d/04/2026", 1 + i % 28), T("SMS CHARGES"), T(""),
            T("1.18"), T(""), T(""));
}

static void add_heading(Sheet *s) {
    ROW(s, T("Date"), T("Narration"), T("Ref No."), T("Debit"), T("Credit"), T("Balance"));
}

static Text sheet_of(Arena *arena, bool xml, const Text *references, int from, int to) {
    Sheet s = {arena, buffer_in(arena, FILE_BYTES), xml, references};
    ROW(&s, T("Account Name"), T("INVENTED SABHA"), T(""), T(""), T(""), T(""));
    ROW(&s, T(""), T(""), T(""), T(""), T(""), T(""));
    add_heading(&s);
    for (int i = from; i < to; i++) {
        StatementDirty fate = statement_dirty_fate(i);
        bool prints = fate == DIRTY_BY_REFERENCE || fate == DIRTY_DOUBLE;
        if (paise_of(i)) add_line(&s, i, 0, paise_of(i), prints);
        if (fate == DIRTY_DOUBLE) add_line(&s, i, 1, STATEMENT_DIRTY_FEE, true);
        if (i % 1000 != 999) continue;
        ROW(&s, T(""), T("PAGE TOTAL"), T(""), T(""), T("12,345.00"), T(""));
        add_heading(&s);
    }
    ROW(&s, T(""), T(""), T(""), T("Grand total"), T("33,000.00"), T(""));
    ROW(&s, T("This is computer generated"), T(""), T(""), T(""), T(""), T(""));
    return buffer_text(&s.out);
}

Text statement_dirty_csv(Arena *arena, const Text *references, int from, int to) {
    return sheet_of(arena, false, references, from, to);
}

Text statement_dirty_rows(Arena *arena, const Text *references, int from, int to) {
    return sheet_of(arena, true, references, from, to);
}
