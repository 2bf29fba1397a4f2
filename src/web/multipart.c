/* One pass over the body, by its boundary. */
#include "web/multipart.h"

static bool is_boundary_char(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c && strchr("'()+_,-./:=?", c));
}

static Text unquoted(Text t) {
    bool quoted = t.len >= 2 && t.ptr[0] == '"' && t.ptr[t.len - 1] == '"';
    return quoted ? text_slice(t, 1, t.len - 2) : t;
}

bool multipart_boundary(Text content_type, Text *ret) {
    Text rest = content_type, part;
    int count = 0;
    if (!text_split(&rest, ';', &part) ||
        !text_eq_ignoring_case(text_trim(part), T("multipart/form-data")))
        return false;
    while (rest.ptr && text_split(&rest, ';', &part)) {
        part = text_trim(part);
        if (!text_eq_ignoring_case(text_slice(part, 0, 9), T("boundary="))) continue;
        *ret = unquoted(text_slice(part, 9, part.len));
        count++;
    }
    if (count != 1 || !ret->len || ret->len > MULTIPART_BOUNDARY_MAX) return false;
    for (size_t i = 0; i < ret->len; i++)
        if (!is_boundary_char(ret->ptr[i])) return false;
    return true;
}

/* Takes what is expected off the front. */
static bool take(Text *rest, Text wanted) {
    if (!text_starts_with(*rest, wanted)) return false;
    *rest = text_slice(*rest, wanted.len, rest->len);
    return true;
}

static bool take_line(Text *rest, Text *ret) {
    size_t end = text_find_byte(text_slice(*rest, 0, MULTIPART_HEAD_BYTES), '\n');
    if (end >= rest->len || end < 1 || rest->ptr[end] != '\n' || rest->ptr[end - 1] != '\r')
        return false;
    *ret = text_slice(*rest, 0, end - 1);
    *rest = text_slice(*rest, end + 1, rest->len);
    return true;
}

static bool is_field_name(Text t) {
    if (!t.len) return false;
    for (size_t i = 0; i < t.len; i++) {
        char c = t.ptr[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!plain && c != '_' && c != '-' && c != '.') return false;
    }
    return true;
}

/* Where a quoted text ends; browsers write quotes and line ends in it as %22, %0D, %0A. */
static bool take_quoted(Text *rest, Text *ret) {
    if (!take(rest, T("\""))) return false;
    size_t end = text_find_byte(*rest, '"');
    if (end == rest->len) return false;
    *ret = text_slice(*rest, 0, end);
    *rest = text_slice(*rest, end + 1, rest->len);
    return true;
}

/* form-data; name="photo"; filename="a.jpg": these, once each. */
static bool read_disposition(Text value, MultipartPart *part) {
    Text file;
    if (!take(&value, T("form-data; name=")) || !take_quoted(&value, &part->name)) return false;
    if (!is_field_name(part->name)) return false;
    if (!value.len) return true;
    part->is_file = true;
    return take(&value, T("; filename=")) && take_quoted(&value, &file) && !value.len;
}

static bool read_head(Text *rest, MultipartPart *part) {
    int dispositions = 0;
    Text line;
    for (int lines = 0; lines < 4; lines++) {
        if (!take_line(rest, &line)) return false;
        if (!line.len) return dispositions == 1;
        size_t colon = text_find_byte(line, ':');
        Text name = text_slice(line, 0, colon);
        Text value = text_trim(text_slice(line, colon + 1, line.len));
        if (colon == line.len) return false;
        if (text_eq_ignoring_case(name, T("Content-Disposition"))) {
            if (dispositions++ || !read_disposition(value, part)) return false;
        } else if (!text_eq_ignoring_case(name, T("Content-Type"))) {
            return false;
        }
    }
    return false;
}

/* The value ends before the next CRLF "--" boundary. */
static bool read_value(Text *rest, Text boundary, Text *ret) {
    size_t at = 0;
    for (;;) {
        const char *found = memmem(rest->ptr + at, rest->len - at, "\r\n--", 4);
        if (!found) return false;
        size_t end = (size_t)(found - rest->ptr);
        if (text_starts_with(text_slice(*rest, end + 4, rest->len), boundary)) {
            *ret = text_slice(*rest, 0, end);
            *rest = text_slice(*rest, end + 4 + boundary.len, rest->len);
            return true;
        }
        at = end + 4;
    }
}

bool multipart_read(Text body, Text boundary, MultipartPart *ret, int *ret_count) {
    Text rest = body;
    *ret_count = 0;
    if (!take(&rest, T("--")) || !take(&rest, boundary)) return false;
    for (;;) {
        if (take(&rest, T("--"))) return (!rest.len || text_eq(rest, T("\r\n"))) && *ret_count;
        if (!take(&rest, T("\r\n")) || *ret_count == MULTIPART_PARTS_MAX) return false;
        MultipartPart part = {0};
        if (!read_head(&rest, &part)) return false;
        if (!read_value(&rest, boundary, &part.value)) return false;
        ret[(*ret_count)++] = part;
    }
}
