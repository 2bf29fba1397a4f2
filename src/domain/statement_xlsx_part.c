/* libzip reads the archive from memory, expat the XML; neither is told of any file or address, and
 * a document type is refused, so that there are no entities. */
#include "domain/statement_xlsx_part.h"

#include <expat.h>
#include <zip.h>

enum { CHUNK_BYTES = 1 << 15, RATIO_FROM_BYTES = 1 << 20, NAME_BYTES_MAX = 256 };

typedef struct Part {
    StatementXlsxReader *reader;
    XML_Parser parser;
    int depth;
    bool refused;
} Part;

static void discard(void *zip) { zip_discard(zip); }

bool statement_xlsx_part_open(Arena *arena, Text bytes, StatementXlsxZip *ret) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes.ptr, bytes.len, 0, &error);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    zip_error_fini(&error);
    if (!zip) {
        if (source) zip_source_free(source);
        return false;
    }
    arena_defer(arena, discard, zip);
    *ret = (StatementXlsxZip){.zip = zip};
    return zip_get_num_entries(zip, 0) <= STATEMENT_XLSX_PARTS_MAX;
}

static const char *local(const char *name) {
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

Text statement_xlsx_part_attribute(const char **attributes, const char *name) {
    for (; *attributes; attributes += 2)
        if (strcmp(local(attributes[0]), name) == 0) return text_of(attributes[1]);
    return T("");
}

static void stop(Part *part) { (void)XML_StopParser(part->parser, XML_FALSE); }

static void refuse(Part *part) {
    part->refused = true;
    stop(part);
}

static void on_start(void *data, const char *name, const char **attributes) {
    Part *part = data;
    if (++part->depth > STATEMENT_XLSX_DEPTH_MAX) {
        refuse(part);
        return;
    }
    part->reader->start(part->reader->argument, local(name), attributes);
    if (part->reader->enough) stop(part);
}

static void on_end(void *data, const char *name) {
    Part *part = data;
    part->depth--;
    part->reader->end(part->reader->argument, local(name));
    if (part->reader->enough) stop(part);
}

static void on_text(void *data, const char *piece, int len) {
    Part *part = data;
    part->reader->text(part->reader->argument, text_bytes(piece, (size_t)len));
}

static void on_doctype(void *data, const char *name, const char *system, const char *public,
                       int internal) {
    (void)name, (void)system, (void)public, (void)internal;
    refuse(data);
}

/* A token that goes on and on would be gathered, and looked at again with each piece. */
static bool token_is_long(XML_Parser parser, int64_t given) {
    return given - (int64_t)XML_GetCurrentByteIndex(parser) > STATEMENT_XLSX_TOKEN_BYTES_MAX;
}

static bool parse(StatementXlsxZip *zip, zip_file_t *file, int64_t packed, Part *part) {
    int64_t given = 0;
    while (!part->refused) {
        void *chunk = XML_GetBuffer(part->parser, CHUNK_BYTES);
        if (!chunk) return false;
        zip_int64_t len = zip_fread(file, chunk, CHUNK_BYTES);
        if (len < 0) return false;
        given += len;
        zip->inflated += len;
        if (zip->inflated > STATEMENT_XLSX_INFLATED_MAX) return false;
        if (given > RATIO_FROM_BYTES && given / STATEMENT_XLSX_RATIO_MAX > packed) return false;
        if (XML_ParseBuffer(part->parser, (int)len, len == 0) != XML_STATUS_OK)
            return part->reader->enough && !part->refused;
        if (len == 0) return true;
        if (token_is_long(part->parser, given)) return false;
    }
    return false;
}

static XML_Parser parser_of(Part *part) {
    XML_Parser parser = XML_ParserCreate(NULL);
    if (!parser) return NULL;
    XML_SetUserData(parser, part);
    XML_SetElementHandler(parser, on_start, on_end);
    if (part->reader->text) XML_SetCharacterDataHandler(parser, on_text);
    XML_SetStartDoctypeDeclHandler(parser, on_doctype);
    return parser;
}

StatementXlsxEnd statement_xlsx_part_read(StatementXlsxZip *zip, Text name,
                                          StatementXlsxReader *reader) {
    char path[NAME_BYTES_MAX];
    zip_stat_t stat;
    if (name.len >= sizeof path) return STATEMENT_XLSX_MISSING;
    (void)snprintf(path, sizeof path, "%.*s", TEXT_ARG(name));
    zip_int64_t index = zip_name_locate(zip->zip, path, ZIP_FL_NOCASE);
    if (index < 0) return STATEMENT_XLSX_MISSING;
    if (zip_stat_index(zip->zip, (zip_uint64_t)index, 0, &stat) != 0 ||
        !(stat.valid & ZIP_STAT_COMP_SIZE) || !(stat.valid & ZIP_STAT_COMP_METHOD) ||
        (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE))
        return STATEMENT_XLSX_BROKEN;
    zip_file_t *file = zip_fopen_index(zip->zip, (zip_uint64_t)index, 0);
    if (!file) return STATEMENT_XLSX_BROKEN;
    Part part = {.reader = reader};
    part.parser = parser_of(&part);
    bool good = part.parser && parse(zip, file, (int64_t)stat.comp_size, &part);
    XML_ParserFree(part.parser);
    (void)zip_fclose(file);
    return good ? STATEMENT_XLSX_DONE : STATEMENT_XLSX_BROKEN;
}
