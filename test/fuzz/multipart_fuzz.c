/* Forms with files. The first line is the Content-Type, the rest the body; what is read must lie
 * within the body, and no value may hold the boundary. */
#include "fuzz.h"
#include "web/multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Text input = text_bytes(data, size), boundary;
    size_t line = text_find_byte(input, '\n');
    Text body = text_slice(input, line + 1, size);
    MultipartPart parts[MULTIPART_PARTS_MAX];
    int count;
    if (!multipart_boundary(text_slice(input, 0, line), &boundary)) return 0;
    assert(boundary.len > 0 && boundary.len <= MULTIPART_BOUNDARY_MAX);
    if (!multipart_read(body, boundary, parts, &count)) return 0;
    assert(count > 0 && count <= MULTIPART_PARTS_MAX);
    for (int i = 0; i < count; i++) {
        Text value = parts[i].value, name = parts[i].name;
        assert(name.len > 0 && name.ptr > body.ptr && name.ptr + name.len < body.ptr + body.len);
        assert(value.ptr > name.ptr && value.ptr + value.len < body.ptr + body.len);
        for (const char *at = value.ptr; value.len >= boundary.len + 4;) {
            at = memmem(at, value.len - (size_t)(at - value.ptr), "\r\n--", 4);
            if (!at) break;
            at += 4;
            Text rest = text_slice(value, (size_t)(at - value.ptr), value.len);
            assert(!text_starts_with(rest, boundary));
        }
    }
    return 0;
}
