/* Handlers of the three kinds of parts. What they do not know they pass over. */
#include "domain/statement_xlsx_sheet.h"

#include <math.h>

#include "base/clock.h"

enum { EXCEL_DAYS_TO_1970 = 25569, DAYS_1900_TO_1904 = 1462, SHEET_ROWS_MAX = 1048576 };

static bool is(const char *name, const char *other) { return strcmp(name, other) == 0; }

static int number_of(const char **attributes, const char *name) {
    int64_t value;
    bool good = text_to_int(statement_xlsx_part_attribute(attributes, name), &value);
    return good && value >= 0 && value <= INT32_MAX ? (int)value : -1;
}

/* ECMA-376 part 1, 18.8.30: the ids that mean dates in every language. */
static bool built_in_date(int id) {
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
}

/* A format code with a year or day in it, outside of quotes, brackets and escapes. */
static bool code_is_date(Text code) {
    bool quoted = false, bracketed = false;
    for (size_t i = 0; i < code.len; i++) {
        char c = code.ptr[i];
        if (c == '"') quoted = !quoted;
        else if (quoted) continue;
        else if (c == '\\' || c == '_' || c == '*') i++;
        else if (c == '[') bracketed = true;
        else if (c == ']') bracketed = false;
        else if (!bracketed && strchr("dDyY", c)) return true;
    }
    return false;
}

typedef struct StylesPart {
    StatementXlsxStyles *styles;
    bool in_cells;
} StylesPart;

static bool format_is_date(const StatementXlsxStyles *styles, int id) {
    for (int i = 0; i < styles->format_count; i++)
        if (styles->formats[i] == id) return true;
    return built_in_date(id);
}

static void styles_start(void *argument, const char *name, const char **attributes) {
    StylesPart *part = argument;
    StatementXlsxStyles *styles = part->styles;
    if (is(name, "cellXfs")) part->in_cells = true;
    if (is(name, "numFmt") && styles->format_count < STATEMENT_XLSX_FORMATS_MAX &&
        code_is_date(statement_xlsx_part_attribute(attributes, "formatCode")))
        styles->formats[styles->format_count++] = number_of(attributes, "numFmtId");
    if (is(name, "xf") && part->in_cells && styles->count < STATEMENT_XLSX_STYLES_MAX)
        styles->is_date[styles->count++] =
            format_is_date(styles, number_of(attributes, "numFmtId"));
}

static void styles_end(void *argument, const char *name) {
    StylesPart *part = argument;
    if (is(name, "cellXfs")) part->in_cells = false;
}

StatementXlsxEnd statement_xlsx_sheet_styles(StatementXlsxZip *zip, Text part,
                                             StatementXlsxStyles *ret) {
    StylesPart styles = {ret, false};
    StatementXlsxReader reader = {styles_start, styles_end, NULL, &styles, false};
    return part.len ? statement_xlsx_part_read(zip, part, &reader) : STATEMENT_XLSX_MISSING;
}

/* A value in pieces, as the parser gives it. */
typedef struct Value {
    char bytes[STATEMENT_CELL_BYTES_MAX + 1]; /* one more than a cell may have: then it is told */
    size_t len;
} Value;

static void value_add(Value *value, Text piece) {
    size_t room = sizeof value->bytes - value->len;
    size_t len = piece.len < room ? piece.len : room;
    if (len) memcpy(value->bytes + value->len, piece.ptr, len);
    value->len += len;
}

typedef struct StringsPart {
    StatementRows *rows;
    StatementXlsxStrings *strings;
    StatementXlsxReader *reader;
    int64_t room;
    bool in_text, in_reading; /* <rPh>: how it is pronounced */
    Value value;
} StringsPart;

static void strings_start(void *argument, const char *name, const char **attributes) {
    (void)attributes;
    StringsPart *part = argument;
    if (is(name, "si")) part->value.len = 0;
    if (is(name, "rPh")) part->in_reading = true;
    part->in_text = is(name, "t") && !part->in_reading;
}

static bool strings_keep(StringsPart *part) {
    StatementXlsxStrings *strings = part->strings;
    Arena *arena = part->rows->into->arena;
    if (strings->count == part->room) {
        int64_t room = part->room ? part->room * 2 : 256;
        Text *wider = arena_try(arena, sizeof *wider * (size_t)room);
        if (!wider) return false;
        if (strings->count) memcpy(wider, strings->list, sizeof *wider * (size_t)strings->count);
        strings->list = wider;
        part->room = room;
    }
    char *copy = arena_try(arena, part->value.len);
    if (!copy) return false;
    if (part->value.len) memcpy(copy, part->value.bytes, part->value.len);
    strings->list[strings->count++] = (Text){copy, part->value.len};
    return true;
}

static void strings_end(void *argument, const char *name) {
    StringsPart *part = argument;
    part->in_text = false;
    if (is(name, "rPh")) part->in_reading = false;
    if (is(name, "si") && !strings_keep(part)) {
        part->rows->refused = "statement_large";
        part->reader->enough = true;
    }
}

static void strings_text(void *argument, Text piece) {
    StringsPart *part = argument;
    if (part->in_text) value_add(&part->value, piece);
}

StatementXlsxEnd statement_xlsx_sheet_strings(StatementXlsxZip *zip, StatementRows *rows,
                                              Text part, StatementXlsxStrings *ret) {
    StringsPart strings = {.rows = rows, .strings = ret};
    StatementXlsxReader reader = {strings_start, strings_end, strings_text, &strings, false};
    strings.reader = &reader;
    return part.len ? statement_xlsx_part_read(zip, part, &reader) : STATEMENT_XLSX_MISSING;
}

typedef struct SheetPart {
    StatementRows *rows;
    const StatementXlsxStyles *styles;
    const StatementXlsxStrings *strings;
    StatementXlsxReader *reader;
    int32_t line, column; /* line from 1, column from 0 */
    int style;
    char type; /* n number, s shared, t text, d date, - none */
    bool in_value;
    Value value;
} SheetPart;

/* "C12" is column 2; a cell without place follows the one before. */
static int32_t column_of(Text place, int32_t next) {
    int32_t column = 0;
    size_t i = 0;
    for (; i < place.len && i < 4 && place.ptr[i] >= 'A' && place.ptr[i] <= 'Z'; i++)
        column = column * 26 + (place.ptr[i] - 'A' + 1);
    return i ? column - 1 : next;
}

static char type_of(Text type) {
    if (!type.len || text_eq(type, T("n"))) return 'n';
    if (text_eq(type, T("s"))) return 's';
    if (text_eq(type, T("inlineStr")) || text_eq(type, T("str"))) return 't';
    if (text_eq(type, T("d"))) return 'd';
    return '-'; /* truth values and errors */
}

static void sheet_start(void *argument, const char *name, const char **attributes) {
    SheetPart *part = argument;
    if (is(name, "row")) {
        int line = number_of(attributes, "r");
        part->line = line > part->line && line <= SHEET_ROWS_MAX ? line : part->line + 1;
        part->column = -1;
    } else if (is(name, "c")) {
        Text place = statement_xlsx_part_attribute(attributes, "r");
        int32_t column = column_of(place, part->column + 1);
        /* Each once, and in order: a second cell at a place is passed over. */
        part->type = column > part->column
                         ? type_of(statement_xlsx_part_attribute(attributes, "t")) : '-';
        if (column > part->column) part->column = column;
        part->style = number_of(attributes, "s");
        part->value.len = 0;
    }
    part->in_value = is(name, "v") || is(name, "t");
}

static Text date_text(char out[64], double serial, bool from_1904) {
    if (from_1904) serial += DAYS_1900_TO_1904;
    if (!(serial >= 1) || serial >= 2958466) return TEXT_NONE; /* the years 1900 to 9999 */
    int64_t minutes = (int64_t)floor(serial * 1440 + 0.5);
    int64_t day = minutes / 1440 - EXCEL_DAYS_TO_1970, minute = minutes % 1440;
    char iso[11];
    if (minutes / 1440 < 60) day++; /* before the 29 February 1900 that never was */
    clock_iso_day(day, iso);
    int hour = (int)(minute / 60);
    int len = minute ? snprintf(out, 64, "%s %02d:%02d", iso, hour, (int)(minute % 60))
                     : snprintf(out, 64, "%s", iso);
    return (Text){out, (size_t)len};
}

/* As somebody reads it in the sheet: 412345678901, not 4.12345678901E11; 11, not 11.000000001. */
static Text number_text(char out[64], double value) {
    if (!isfinite(value) || fabs(value) >= 1e18) return TEXT_NONE;
    int len = snprintf(out, 64, "%.4f", value);
    while (out[len - 1] == '0') len--;
    if (out[len - 1] == '.') len--;
    return (Text){out, (size_t)len};
}

static Text number_value(SheetPart *part, char out[64]) {
    char digits[64];
    Text raw = text_trim(text_bytes(part->value.bytes, part->value.len));
    if (!raw.len || raw.len >= sizeof digits) return TEXT_NONE;
    memcpy(digits, raw.ptr, raw.len);
    digits[raw.len] = 0;
    char *end = NULL;
    double value = strtod(digits, &end);
    if (end != digits + raw.len) return TEXT_NONE;
    bool date = part->style >= 0 && part->style < part->styles->count &&
                part->styles->is_date[part->style];
    Text text = TEXT_NONE;
    if (date) text = date_text(out, value, part->styles->from_1904);
    return text.len ? text : number_text(out, value);
}

static void cell_end(SheetPart *part) {
    char number[64];
    Text text = {part->value.bytes, part->value.len};
    int64_t index;
    if (part->type == '-' || !text.len) return;
    if (part->type == 'n') text = number_value(part, number);
    if (part->type == 's') {
        bool good = text_to_int(text_trim(text), &index) && index >= 0 &&
                    index < part->strings->count;
        text = good ? part->strings->list[index] : TEXT_NONE;
    }
    statement_rows_cell(part->rows, part->column, text);
}

static void sheet_end(void *argument, const char *name) {
    SheetPart *part = argument;
    part->in_value = false;
    if (is(name, "c")) cell_end(part);
    if (is(name, "row") && !statement_rows_end(part->rows, part->line))
        part->reader->enough = true;
    if (is(name, "sheetData")) part->reader->enough = true;
}

static void sheet_text(void *argument, Text piece) {
    SheetPart *part = argument;
    if (part->in_value) value_add(&part->value, piece);
}

StatementXlsxEnd statement_xlsx_sheet_read(StatementXlsxZip *zip, StatementRows *rows, Text part,
                                           const StatementXlsxStyles *styles,
                                           const StatementXlsxStrings *strings) {
    SheetPart sheet = {.rows = rows, .styles = styles, .strings = strings, .type = '-'};
    StatementXlsxReader reader = {sheet_start, sheet_end, sheet_text, &sheet, false};
    sheet.reader = &reader;
    return statement_xlsx_part_read(zip, part, &reader);
}
