/* libcsv is given one line at a time, so that the line is known. */
#include "domain/unit_csv.h"

#include <csv.h>

typedef struct Reader {
    UnitCsvRow row;
    bool (*give)(void *argument, const UnitCsvRow *row);
    void *argument;
    char bytes[4096]; /* the fields of one row; libcsv reuses its own buffer */
    size_t used;
    bool row_ended, stopped;
} Reader;

static void on_field(void *field, size_t len, void *data) {
    Reader *reader = data;
    int at = reader->row.count++;
    if (at >= UNIT_CSV_COLUMNS_MAX) return;
    Text value = text_trim(text_bytes(field, len));
    /* One too long for the buffer is far too long for its column: its beginning says so too. */
    size_t room = sizeof reader->bytes - reader->used;
    value = text_slice(value, 0, room < 512 ? room : 512);
    char *copy = reader->bytes + reader->used;
    if (value.len) memcpy(copy, value.ptr, value.len);
    reader->used += value.len;
    reader->row.fields[at] = (Text){copy, value.len};
}

static void on_row(int end, void *data) {
    (void)end;
    Reader *reader = data;
    reader->row_ended = true;
    bool blank = reader->row.count == 1 && !reader->row.fields[0].len;
    if (!blank && reader->row.count && !reader->stopped)
        reader->stopped = !reader->give(reader->argument, &reader->row);
    reader->row.count = 0;
    reader->used = 0;
}

/* With its end: a line feed, a return, or both, as libcsv takes them. */
static size_t line_length(Text rest) {
    size_t feed = text_find_byte(rest, '\n'), ret = text_find_byte(rest, '\r');
    size_t len = feed < ret ? feed : ret;
    if (ret + 1 == feed) len = feed;
    return len < rest.len ? len + 1 : rest.len;
}

static UnitCsvEnd read_lines(struct csv_parser *parser, Reader *reader, Text rest,
                             int32_t *ret_line) {
    int32_t line = 0;
    while (rest.len && !reader->stopped) {
        Text text = text_slice(rest, 0, line_length(rest));
        rest = text_slice(rest, text.len, rest.len);
        line++;
        if (reader->row_ended) *ret_line = reader->row.line = line;
        if (!text_is_utf8(text)) {
            *ret_line = line;
            return UNIT_CSV_NOT_TEXT;
        }
        reader->row_ended = false;
        if (csv_parse(parser, text.ptr, text.len, on_field, on_row, reader) != text.len)
            return UNIT_CSV_QUOTES;
        /* libcsv calls no row for a blank line. */
        if (!reader->row.count && text_trim(text).len == 0) reader->row_ended = true;
    }
    if (reader->stopped) return UNIT_CSV_STOPPED;
    return csv_fini(parser, on_field, on_row, reader) ? UNIT_CSV_QUOTES : UNIT_CSV_DONE;
}

UnitCsvEnd unit_csv_read(Text bytes, bool (*row)(void *argument, const UnitCsvRow *row),
                         void *argument, int32_t *ret_line) {
    struct csv_parser parser;
    *ret_line = 1;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI)) return UNIT_CSV_STOPPED;
    Reader reader = {.give = row, .argument = argument, .row_ended = true};
    if (text_starts_with(bytes, T("\xEF\xBB\xBF"))) bytes = text_slice(bytes, 3, bytes.len);
    UnitCsvEnd end = read_lines(&parser, &reader, bytes, ret_line);
    csv_free(&parser);
    return end;
}
