/* libzip writes them in memory: nothing binary is kept. */
#include "statement_zip.h"

#include <assert.h>
#include <zip.h>

Text statement_zip_of(Arena *arena, const StatementZipPart *parts, int count) {
    zip_error_t error;
    zip_stat_t stat;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    assert(zip);
    zip_source_keep(source);
    for (int i = 0; i < count; i++) {
        zip_source_t *part =
            zip_source_buffer(zip, parts[i].content.ptr, parts[i].content.len, 0);
        if (zip_file_add(zip, parts[i].name, part, ZIP_FL_ENC_UTF_8) < 0) assert(!"added");
    }
    if (zip_close(zip) != 0) assert(!"closed");
    if (zip_source_stat(source, &stat) != 0) assert(!"measured");
    char *bytes = arena_alloc(arena, stat.size);
    if (zip_source_open(source) != 0) assert(!"opened");
    zip_int64_t len = zip_source_read(source, bytes, stat.size);
    assert(len == (zip_int64_t)stat.size);
    zip_source_close(source);
    zip_source_free(source);
    return text_bytes(bytes, (size_t)len);
}

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

Text statement_zip_workbook(Arena *arena, Text rows, Text strings) {
    Text sheet = arena_printf(arena,
                              "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"" MAIN
                              "\"><sheetData>%.*s</sheetData></worksheet>",
                              TEXT_ARG(rows));
    Text words = arena_printf(arena, "<sst xmlns=\"" MAIN "\">%.*s</sst>", TEXT_ARG(strings));
    const StatementZipPart parts[] = {
        {"[Content_Types].xml",
         T("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>")},
        {"xl/workbook.xml",
         T("<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><sheets>"
           "<sheet name=\"Notes\" sheetId=\"1\" r:id=\"rId9\"/>"
           "<sheet name=\"Statement\" sheetId=\"2\" r:id=\"rId1\"/></sheets></workbook>")},
        {"xl/_rels/workbook.xml.rels",
         T("<Relationships>"
           "<Relationship Id=\"rId1\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/s2.xml\"/>"
           "<Relationship Id=\"rId9\" Type=\"" OFFICE "/worksheet\" Target=\"/xl/empty.xml\"/>"
           "<Relationship Id=\"rId2\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/>"
           "<Relationship Id=\"rId3\" Type=\"" OFFICE "/sharedStrings\" Target=\"words.xml\"/>"
           "</Relationships>")},
        {"xl/styles.xml",
         T("<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"dd\\-mmm\\-yyyy\"/>"
           "<numFmt numFmtId=\"171\" formatCode=\"&quot;day&quot; #,##0.00\"/></numFmts>"
           "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
           "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/>"
           "<xf numFmtId=\"171\"/></cellXfs></styleSheet>")},
        {"xl/empty.xml", T("<worksheet><sheetData><row r=\"1\"/></sheetData></worksheet>")},
        {"xl/words.xml", words},
        {"xl/worksheets/s2.xml", sheet},
    };
    return statement_zip_of(arena, parts, (int)(sizeof parts / sizeof *parts));
}
