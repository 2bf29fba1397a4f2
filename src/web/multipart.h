/* multipart/form-data (RFC 7578) for forms with a file, read strictly: what two readers may
 * understand differently is refused, and nothing is copied. */
#ifndef WEB_MULTIPART_H
#define WEB_MULTIPART_H

#include "base/text.h"

enum { MULTIPART_PARTS_MAX = 16, MULTIPART_HEAD_BYTES = 1024, MULTIPART_BOUNDARY_MAX = 70 };

typedef struct MultipartPart {
    Text name;    /* of the field, as sent: letters, digits, "_", "-", "." */
    bool is_file; /* a file name was given; it is not kept */
    Text value;   /* within the body */
} MultipartPart;

/* The boundary of a Content-Type "multipart/form-data; boundary=…"; false for anything else
 * (RFC 2046 §5.1.1: 1 to 70 of its characters). */
bool multipart_boundary(Text content_type, Text *ret);
/* All parts of a body. False unless it begins with the boundary, each part has exactly one
 * Content-Disposition and no transfer encoding, lines end in CRLF, the last boundary is closed,
 * nothing follows it, and there are at most MULTIPART_PARTS_MAX parts. */
bool multipart_read(Text body, Text boundary, MultipartPart *ret, int *ret_count);

#endif
