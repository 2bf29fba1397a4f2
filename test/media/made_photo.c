/* Whole pictures are held as RGBA; each writer takes of it what its kind of file has. */
#include "made_photo.h"

#include <assert.h>

#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>

#include "base/buffer.h"

enum { FILE_BYTES_MAX = 48 << 20 };

uint32_t made_photo_colour(char quarter) {
    switch (quarter) {
    case 'R': return 0xE02020;
    case 'G': return 0x20C020;
    case 'B': return 0x2020E0;
    case 'Y': return 0xE0E020;
    case 'H': return 0x808080;
    case 'K': return 0x000000;
    default: return 0xFFFFFF;
    }
}

static void put_pixel(char quarter, uint32_t *noise, uint8_t rgba[4]) {
    uint32_t colour = quarter == 'T' ? made_photo_colour('R') : made_photo_colour(quarter);
    if (quarter == 'N') {
        *noise = *noise * 1664525 + 1013904223; /* Numerical Recipes' generator */
        colour = *noise >> 8;
    }
    rgba[0] = (uint8_t)(colour >> 16);
    rgba[1] = (uint8_t)(colour >> 8);
    rgba[2] = (uint8_t)colour;
    rgba[3] = quarter == 'T' ? 0 : 255;
}

static void put_row(const Made *m, int y, uint32_t *noise, uint8_t *rgba) {
    for (int x = 0; x < m->width; x++)
        put_pixel(m->quarters[(y >= m->height / 2) * 2 + (x >= m->width / 2)], noise, rgba + 4 * x);
}

/* In place, from RGBA to what the JPEG's samples are. */
static void jpeg_samples(MadeKind kind, int width, uint8_t *row) {
    for (int x = 0; x < width; x++) {
        uint8_t *p = row + 4 * x;
        if (kind == MADE_JPEG_GREY) row[x] = p[1];
        else if (kind == MADE_JPEG_INKS) p[3] = 255; /* no black; colours are inverted inks */
        else memmove(row + 3 * x, p, 3);
    }
}

static void jpeg_kind(struct jpeg_compress_struct *jpeg, MadeKind kind) {
    jpeg->input_components = kind == MADE_JPEG_GREY ? 1 : kind == MADE_JPEG_INKS ? 4 : 3;
    jpeg->in_color_space = kind == MADE_JPEG_GREY   ? JCS_GRAYSCALE
                           : kind == MADE_JPEG_INKS ? JCS_CMYK
                                                    : JCS_RGB;
    jpeg_set_defaults(jpeg);
    jpeg_set_quality(jpeg, 92, TRUE);
    if (kind == MADE_JPEG_PROGRESSIVE) jpeg_simple_progression(jpeg);
}

static Text made_jpeg(Arena *arena, const Made *m) {
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *out = NULL;
    unsigned long len = 0;
    uint32_t noise = 1;
    jpeg.err = jpeg_std_error(&errors); /* ends the test when it fails */
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &out, &len);
    jpeg.image_width = (JDIMENSION)m->width;
    jpeg.image_height = (JDIMENSION)m->height;
    jpeg_kind(&jpeg, m->kind);
    jpeg_start_compress(&jpeg, TRUE);
    if (m->exif.len) {
        Text exif = arena_printf(arena, "Exif%c%c", 0, 0);
        Buffer b = buffer_in(arena, 65000);
        buffer_add(&b, exif);
        buffer_add(&b, m->exif);
        jpeg_write_marker(&jpeg, JPEG_APP0 + 1, (const JOCTET *)b.ptr, (unsigned)b.len);
    }
    if (m->comment.len)
        jpeg_write_marker(&jpeg, JPEG_COM, (const JOCTET *)m->comment.ptr,
                          (unsigned)m->comment.len);
    uint8_t *row = arena_alloc(arena, (size_t)m->width * 4);
    for (int y = 0; y < m->height; y++) {
        put_row(m, y, &noise, row);
        jpeg_samples(m->kind, m->width, row);
        (void)jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    Text file = arena_copy(arena, text_bytes(out, len));
    free(out);
    return file;
}

static void write_png(png_structp png, png_bytep bytes, size_t len) {
    buffer_add(png_get_io_ptr(png), text_bytes(bytes, len));
}

static void flush_png(png_structp png) { (void)png; }

/* In place, from RGBA to what the PNG's samples are. The palette's colours are the letters'. */
static void png_samples(const Made *m, int y, uint8_t *row) {
    for (int x = m->width - 1; m->kind == MADE_PNG_16 && x >= 0; x--)
        for (int c = 3; c >= 0; c--) row[8 * x + 2 * c] = row[8 * x + 2 * c + 1] = row[4 * x + c];
    for (int x = 0; m->kind == MADE_PNG_GREY && x < m->width; x++) row[x] = row[4 * x + 1];
    for (int x = 0; m->kind == MADE_PNG_PALETTE && x < m->width; x++)
        row[x] = (uint8_t)((y >= m->height / 2) * 2 + (x >= m->width / 2));
}

static void png_palette(png_structp png, png_infop info, const char *quarters) {
    png_color colours[4];
    png_byte alpha[4];
    for (int i = 0; i < 4; i++) {
        uint8_t rgba[4];
        put_pixel(quarters[i], NULL, rgba);
        colours[i] = (png_color){rgba[0], rgba[1], rgba[2]};
        alpha[i] = rgba[3];
    }
    png_set_PLTE(png, info, colours, 4);
    png_set_tRNS(png, info, alpha, 4, NULL);
}

static void png_chunk(png_structp png, const char *name, Text content) {
    png_write_chunk(png, (png_const_bytep)name, (png_const_bytep)content.ptr, content.len);
}

static Text made_png(Arena *arena, const Made *m) {
    Buffer out = buffer_in(arena, FILE_BYTES_MAX);
    uint32_t noise = 1;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, &out, write_png, flush_png);
    int type = m->kind == MADE_PNG_GREY      ? PNG_COLOR_TYPE_GRAY
               : m->kind == MADE_PNG_PALETTE ? PNG_COLOR_TYPE_PALETTE
                                             : PNG_COLOR_TYPE_RGBA;
    bool interlaced = m->kind == MADE_PNG_INTERLACED;
    png_set_IHDR(png, info, (png_uint_32)m->width, (png_uint_32)m->height,
                 m->kind == MADE_PNG_16 ? 16 : 8, type,
                 interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (m->kind == MADE_PNG_PALETTE) png_palette(png, info, m->quarters);
    png_set_compression_level(png, 1);
    png_write_info(png, info);
    if (m->moves) png_chunk(png, "acTL", T("\0\0\0\2\0\0\0\0"));
    if (m->exif.len) png_chunk(png, "eXIf", m->exif);
    if (m->comment.len) png_chunk(png, "tEXt", m->comment);
    int passes = interlaced ? png_set_interlace_handling(png) : 1;
    uint8_t *row = arena_alloc(arena, (size_t)m->width * 8);
    for (int pass = 0; pass < passes; pass++)
        for (int y = 0; y < m->height; y++) {
            put_row(m, y, &noise, row);
            png_samples(m, y, row);
            png_write_row(png, row);
        }
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    assert(!out.overflowed);
    return buffer_text(&out);
}

static void little(Buffer *b, uint32_t value, int bytes) {
    for (int i = 0; i < bytes; i++) buffer_byte(b, (char)(value >> 8 * i));
}

static void riff_chunk(Buffer *b, Text name, Text content) {
    buffer_add(b, name);
    little(b, (uint32_t)content.len, 4);
    buffer_add(b, content);
    if (content.len & 1) buffer_byte(b, 0);
}

/* The plain file's only chunk, among those of the extended form. */
static Text extended_webp(Arena *arena, const Made *m, Text plain) {
    enum { MOVES = 0x02, XMP = 0x04, EXIF = 0x08, ALPHA = 0x10, RIFF_HEAD = 12 };
    Buffer inner = buffer_in(arena, FILE_BYTES_MAX), out = buffer_in(arena, FILE_BYTES_MAX);
    buffer_add(&inner, T("WEBPVP8X"));
    little(&inner, 10, 4);
    little(&inner, (m->moves ? MOVES : 0) | (m->exif.len ? EXIF : 0) | (m->comment.len ? XMP : 0) |
                       ALPHA, 4);
    little(&inner, (uint32_t)m->width - 1, 3);
    little(&inner, (uint32_t)m->height - 1, 3);
    if (m->moves) riff_chunk(&inner, T("ANIM"), T("\0\0\0\0\0\0"));
    buffer_add(&inner, text_slice(plain, RIFF_HEAD, plain.len));
    if (m->exif.len) riff_chunk(&inner, T("EXIF"), m->exif);
    if (m->comment.len) riff_chunk(&inner, T("XMP "), m->comment);
    riff_chunk(&out, T("RIFF"), buffer_text(&inner));
    return buffer_text(&out);
}

static Text made_webp(Arena *arena, const Made *m) {
    uint8_t *rgba = malloc((size_t)m->width * (size_t)m->height * 4), *out = NULL;
    uint32_t noise = 1;
    assert(rgba);
    for (int y = 0; y < m->height; y++)
        put_row(m, y, &noise, rgba + (size_t)y * (size_t)m->width * 4);
    size_t len = m->kind == MADE_WEBP
                     ? WebPEncodeRGBA(rgba, m->width, m->height, m->width * 4, 90, &out)
                     : WebPEncodeLosslessRGBA(rgba, m->width, m->height, m->width * 4, &out);
    assert(len);
    Text file = arena_copy(arena, text_bytes(out, len));
    WebPFree(out);
    free(rgba);
    bool plain = !m->exif.len && !m->comment.len && !m->moves;
    return plain ? file : extended_webp(arena, m, file);
}

Text made_photo(Arena *arena, const Made *made) {
    if (made->kind <= MADE_JPEG_INKS) return made_jpeg(arena, made);
    return made->kind <= MADE_PNG_PALETTE ? made_png(arena, made) : made_webp(arena, made);
}

static void put(Buffer *b, uint32_t value, int bytes, bool big_endian) {
    for (int i = 0; i < bytes; i++)
        buffer_byte(b, (char)(value >> 8 * (big_endian ? bytes - 1 - i : i)));
}

Text made_photo_exif(Arena *arena, int orientation, bool big_endian) {
    Buffer b = buffer_in(arena, 200);
    buffer_add(&b, big_endian ? T("MM") : T("II"));
    put(&b, 42, 2, big_endian);
    put(&b, 8, 4, big_endian);
    put(&b, 2, 2, big_endian);
    put(&b, 0x010F, 2, big_endian); /* the camera's maker, in 13 bytes behind the table */
    put(&b, 2, 2, big_endian);
    put(&b, 13, 4, big_endian);
    put(&b, 38, 4, big_endian);
    put(&b, 0x0112, 2, big_endian);
    put(&b, 3, 2, big_endian);
    put(&b, 1, 4, big_endian);
    put(&b, (uint32_t)orientation, 2, big_endian);
    put(&b, 0, 2, big_endian);
    put(&b, 0, 4, big_endian);
    buffer_add(&b, T("GPS-28.6139N\0"));
    return buffer_text(&b);
}
