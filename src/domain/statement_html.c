/* No document is built: tags begin and end rows and cells, all other markup is left out. What
 * would need more understanding than that is refused rather than guessed. */
#include "domain/statement_html.h"

enum { TAG_NAME_MAX = 12, ATTRIBUTE_BYTES_MAX = 400 };

typedef struct Reader {
    StatementRows *rows;
    Text text;
    size_t at;
    int32_t line, row_line; /* of the file */
    int32_t column, span;
    int tables;             /* open ones */
    bool in_row, in_cell, refused;
    char *cell; /* STATEMENT_CELL_BYTES_MAX */
    size_t len;
} Reader;

typedef struct Tag {
    char name[TAG_NAME_MAX + 1]; /* lower case; cut when longer */
    bool ends;
    Text attributes;
} Tag;

bool statement_html_is(Text text) {
    static const char *const starts[] = {"<html", "<table", "<!doctype", "<?xml", "<head",
                                         "<body", "<meta",  "<style",    "<!--",  "<div"};
    Text start = text_trim(text_slice(text, 0, 512));
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        Text tag = text_of(starts[i]);
        if (text_eq_ignoring_case(text_slice(start, 0, tag.len), tag)) return true;
    }
    return false;
}

static void put(Reader *r, Text piece) {
    if (!r->in_cell || r->rows->refused) return;
    if (piece.len > STATEMENT_CELL_BYTES_MAX - r->len) {
        r->rows->refused = "statement_cell";
        r->rows->line = r->line;
        return;
    }
    memcpy(r->cell + r->len, piece.ptr, piece.len);
    r->len += piece.len;
}

static void put_space(Reader *r) {
    if (r->len && r->cell[r->len - 1] != ' ') put(r, T(" "));
}

static void end_cell(Reader *r) {
    if (!r->in_cell) return;
    statement_rows_cell(r->rows, r->column, (Text){r->cell, r->len});
    r->column += r->span;
    if (r->column > STATEMENT_COLUMNS_MAX) r->column = STATEMENT_COLUMNS_MAX;
    r->in_cell = false;
    r->len = 0;
}

static void end_row(Reader *r) {
    end_cell(r);
    if (!r->in_row) return;
    (void)statement_rows_end(r->rows, r->row_line);
    r->in_row = false;
}

/* Moves behind the next such bytes, or to the end. */
static void skip_past(Reader *r, Text bytes) {
    while (r->at < r->text.len) {
        bool here = text_starts_with(text_slice(r->text, r->at, bytes.len), bytes);
        r->line += r->text.ptr[r->at] == '\n';
        r->at += here ? bytes.len : 1;
        if (here) return;
    }
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* r->at is at "<"; false: it is no tag, but text. */
static bool read_tag(Reader *r, Tag *ret) {
    size_t at = r->at + 1, len = 0, begin;
    char quote = 0;
    *ret = (Tag){.ends = at < r->text.len && r->text.ptr[at] == '/'};
    at += ret->ends;
    if (at >= r->text.len || !is_letter(r->text.ptr[at])) return false;
    for (; at < r->text.len && (is_letter(r->text.ptr[at]) ||
                                (r->text.ptr[at] >= '0' && r->text.ptr[at] <= '9')); at++)
        if (len < TAG_NAME_MAX) ret->name[len++] = (char)(r->text.ptr[at] | 0x20);
    for (begin = at; at < r->text.len && (quote || r->text.ptr[at] != '>'); at++) {
        char c = r->text.ptr[at];
        r->line += c == '\n';
        if (quote ? c == quote : c == '"' || c == '\'') quote = quote ? 0 : c;
    }
    ret->attributes = text_slice(r->text, begin, at - begin);
    r->at = at < r->text.len ? at + 1 : at;
    return true;
}

/* A number such as colspan's; 1 when it is not there. */
static int64_t number_of(Text attributes, Text name) {
    attributes = text_slice(attributes, 0, ATTRIBUTE_BYTES_MAX);
    for (size_t i = 0; i + name.len < attributes.len; i++) {
        if (!text_eq_ignoring_case(text_slice(attributes, i, name.len), name)) continue;
        Text rest = text_trim(text_slice(attributes, i + name.len, attributes.len));
        if (!text_starts_with(rest, T("="))) continue;
        int64_t value = 0;
        for (size_t d = 1; d < rest.len && value < 1000; d++) {
            if (rest.ptr[d] >= '0' && rest.ptr[d] <= '9') value = value * 10 + rest.ptr[d] - '0';
            else if (value || !strchr(" '\"", rest.ptr[d])) break;
        }
        return value ? value : 1;
    }
    return 1;
}

static bool is(const Tag *tag, const char *name) { return strcmp(tag->name, name) == 0; }

static void begin_cell(Reader *r, const Tag *tag) {
    end_cell(r);
    if (!r->tables) return;
    if (!r->in_row) {
        r->row_line = r->line;
        r->column = 0;
    }
    r->in_row = r->in_cell = true;
    r->span = (int32_t)number_of(tag->attributes, T("colspan"));
    r->refused |= number_of(tag->attributes, T("rowspan")) > 1;
}

static void on_table(Reader *r, bool ends) {
    r->refused |= !ends && r->in_cell;
    end_row(r);
    r->tables += ends ? -1 : 1;
    if (r->tables < 0) r->tables = 0;
}

static void on_tag(Reader *r, const Tag *tag) {
    bool row = is(tag, "tr"), cell = is(tag, "td") || is(tag, "th");
    if (is(tag, "table")) {
        on_table(r, tag->ends);
    } else if (row || is(tag, "thead") || is(tag, "tbody") || is(tag, "tfoot")) {
        end_row(r);
        if (!row || tag->ends || !r->tables) return;
        r->in_row = true;
        r->row_line = r->line;
        r->column = 0;
    } else if (cell) {
        if (tag->ends) end_cell(r);
        else begin_cell(r, tag);
    } else if (is(tag, "br") || is(tag, "p") || is(tag, "div")) {
        put_space(r);
    } else if (!tag->ends && is(tag, "script")) {
        skip_past(r, T("</script>"));
    } else if (!tag->ends && is(tag, "style")) {
        skip_past(r, T("</style>"));
    } else {
        r->refused |= is(tag, "workbook");
    }
}

/* The letter of a reference at "&"; 0: it is none that is known. */
static uint32_t reference(Text text, size_t at, size_t *ret_len) {
    static const struct {
        const char *name;
        uint32_t cp;
    } named[] = {{"&nbsp;", ' '}, {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'},
                 {"&quot;", '"'}, {"&apos;", '\''}, {"&#8377;", 0x20B9}};
    Text rest = text_slice(text, at, 10);
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        *ret_len = strlen(named[i].name);
        if (text_starts_with(rest, text_of(named[i].name))) return named[i].cp;
    }
    int64_t cp;
    size_t end = text_find_byte(rest, ';');
    *ret_len = end + 1;
    bool number = text_starts_with(rest, T("&#")) && end < rest.len &&
                  text_to_int(text_slice(rest, 2, end - 2), &cp);
    if (!number || cp < 0x20 || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000)) return 0;
    return cp == 0xA0 ? ' ' : (uint32_t)cp;
}

static void on_text(Reader *r) {
    char c = r->text.ptr[r->at], letter[4];
    size_t len = 1;
    uint32_t cp = c == '&' ? reference(r->text, r->at, &len) : 0;
    if (!cp) len = 1;
    r->line += c == '\n';
    if (cp) put(r, (Text){letter, text_encode_codepoint(cp, letter)});
    else if (c == '\n' || c == '\r' || c == '\t' || c == ' ') put_space(r);
    else put(r, text_slice(r->text, r->at, 1));
    r->at += len;
}

bool statement_html_read(StatementRows *rows, Text text) {
    Reader r = {.rows = rows, .text = text, .line = 1,
                .cell = arena_try(rows->into->arena, STATEMENT_CELL_BYTES_MAX)};
    if (!r.cell) return false;
    while (r.at < text.len && !r.refused && !rows->refused) {
        Tag tag;
        Text rest = text_slice(text, r.at, 4);
        if (text_starts_with(rest, T("<!--"))) skip_past(&r, T("-->"));
        else if (text_starts_with(rest, T("<!")) || text_starts_with(rest, T("<?")))
            skip_past(&r, T(">"));
        else if (text.ptr[r.at] == '<' && read_tag(&r, &tag)) on_tag(&r, &tag);
        else on_text(&r);
    }
    end_row(&r);
    return rows->into->rows_count && !r.refused;
}
