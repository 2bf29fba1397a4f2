/* libcsv splits the lines; what separates and whether quoting can be trusted is guessed first. */
#include "domain/statement_csv.h"

#include <csv.h>

enum { SAMPLE_BYTES = 1 << 17, SAMPLE_COLUMNS = 64, QUOTED_LINES_MAX = 20 };

typedef struct Reader {
    StatementRows *rows;
    int32_t column;
    int32_t line; /* the present row began on */
    bool row_ended;
} Reader;

/* Takes the next line off *rest, with what ends it. */
static Text next_line(Text *rest) {
    size_t len = 0;
    while (len < rest->len && rest->ptr[len] != '\n' && rest->ptr[len] != '\r') len++;
    if (len < rest->len && rest->ptr[len++] == '\r' && len < rest->len && rest->ptr[len] == '\n')
        len++;
    Text line = text_slice(*rest, 0, len);
    *rest = text_slice(*rest, len, rest->len);
    return line;
}

static int cells_of(Text line, char separator) {
    int cells = 1;
    bool quoted = false;
    for (size_t i = 0; i < line.len; i++) {
        if (line.ptr[i] == '"') quoted = !quoted;
        else if (line.ptr[i] == separator && !quoted) cells++;
    }
    return cells;
}

/* How much of a table the text is with this separator: most rows of a table have the same number
 * of cells, while commas in amounts and narrations come as they like. */
static int64_t table_score(Text text, char separator) {
    int64_t lines_of[SAMPLE_COLUMNS] = {0}, best = 0;
    Text rest = text_slice(text, 0, SAMPLE_BYTES);
    while (rest.len) {
        int cells = cells_of(next_line(&rest), separator);
        if (cells > 1) lines_of[cells < SAMPLE_COLUMNS ? cells : SAMPLE_COLUMNS - 1]++;
    }
    for (int cells = 2; cells < SAMPLE_COLUMNS; cells++) {
        int64_t score = lines_of[cells] * (cells - 1);
        if (score > best) best = score;
    }
    return best;
}

static char guess_separator(Text *text) {
    static const char candidates[] = {',', '\t', ';', '|'};
    Text rest = *text, first = text_trim(next_line(&rest));
    if (first.len == 5 && text_eq_ignoring_case(text_slice(first, 0, 4), T("sep="))) {
        *text = rest; /* what spreadsheets take as a hint */
        return first.ptr[4];
    }
    char best = ',';
    int64_t best_score = 0;
    for (size_t i = 0; i < sizeof candidates; i++) {
        int64_t score = table_score(*text, candidates[i]);
        if (score <= best_score) continue;
        best_score = score;
        best = candidates[i];
    }
    return best;
}

/* Whether the cell ends behind the mark at i, spaces aside: any other mark is a part of it. */
static bool ends_cell(Text text, size_t i, char separator) {
    while (++i < text.len && text.ptr[i] == ' ') {
    }
    return i == text.len || text.ptr[i] == separator || text.ptr[i] == '\n' || text.ptr[i] == '\r';
}

/* false: a quoted cell has so much in it that its mark must be astray. */
static bool quotes_pair(Text text, char separator) {
    bool quoted = false, at_start = true;
    size_t begin = 0;
    int lines = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i], next = i + 1 < text.len ? text.ptr[i + 1] : '\n';
        if (quoted) {
            lines += c == '\n' || (c == '\r' && next != '\n');
            if (lines > QUOTED_LINES_MAX || i - begin > STATEMENT_CELL_BYTES_MAX) return false;
            if (c == '"' && next == '"') {
                i++;
            } else if (c == '"') {
                quoted = !ends_cell(text, i, separator);
                /* One that neither ends it nor is doubled begins a later cell. */
                if (quoted && lines) return false;
            }
            continue;
        }
        if (c == '"' && at_start) {
            quoted = true;
            begin = i;
            lines = 0;
        }
        at_start = c == separator || c == '\n' || c == '\r' || (at_start && c == ' ');
    }
    return !quoted;
}

static void on_cell(void *cell, size_t len, void *data) {
    Reader *reader = data;
    statement_rows_cell(reader->rows, reader->column++, text_bytes(cell, len));
}

static void on_row(int end, void *data) {
    (void)end;
    Reader *reader = data;
    (void)statement_rows_end(reader->rows, reader->line);
    reader->column = 0;
    reader->row_ended = true;
}

/* Tabs separate or stand inside cells: never padding. */
static int is_padding(unsigned char c) { return c == ' '; }

char statement_csv_read(StatementRows *rows, Text text) {
    struct csv_parser parser;
    size_t whole = text.len;
    char separator = guess_separator(&text);
    int32_t line = text.len < whole ? 1 : 0;
    bool across_lines = quotes_pair(text, separator);
    if (csv_init(&parser, 0)) return separator;
    csv_set_delim(&parser, (unsigned char)separator);
    csv_set_space_func(&parser, is_padding);
    Reader reader = {.rows = rows, .row_ended = true};
    while (text.len && !rows->refused) {
        Text part = next_line(&text);
        line++;
        if (reader.row_ended) reader.line = line;
        reader.row_ended = false;
        (void)csv_parse(&parser, part.ptr, part.len, on_cell, on_row, &reader);
        if (!across_lines) (void)csv_fini(&parser, on_cell, on_row, &reader);
        /* libcsv calls no row for a blank line. */
        if (!across_lines || !text_trim(part).len) reader.row_ended |= reader.column == 0;
    }
    (void)csv_fini(&parser, on_cell, on_row, &reader);
    csv_free(&parser);
    return separator;
}
