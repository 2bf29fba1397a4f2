/* As photo_jpeg.c: all that is held is in one struct on the heap, below one setjmp. Chunks besides
 * the picture's own are skipped unread: they are where packed text would unpack to gigabytes. */
#include "media/photo_png.h"

#include <png.h>

#include "media/photo_exif.h"
#include "media/photo_reduce.h"

typedef struct Reader {
    png_structp png;
    png_infop info;
    Text rest; /* of the file */
    const PhotoLimits *limits;
    const char *problem;
    PhotoReduce reduce;
    uint8_t *rgba;    /* a row; the whole picture when it is interlaced */
    uint8_t *scratch; /* a row without alpha */
} Reader;

static _Noreturn void refuse(Reader *r, const char *problem) {
    r->problem = problem;
    png_longjmp(r->png, 1);
}

static _Noreturn void read_error(png_structp png, png_const_charp message) {
    (void)message;
    refuse(png_get_error_ptr(png), "photo_damaged");
}

static void say_nothing(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static void read_bytes(png_structp png, png_bytep out, size_t len) {
    Reader *r = png_get_io_ptr(png);
    if (len > r->rest.len) refuse(r, "photo_damaged");
    if (len) memcpy(out, r->rest.ptr, len);
    r->rest = text_slice(r->rest, len, r->rest.len);
}

/* Whatever is stored becomes 8 bits of red, green, blue and alpha. */
static void ask_for_rgba(png_structp png) {
    png_set_scale_16(png);
    png_set_expand(png); /* palettes, few bits, a transparent colour */
    png_set_gray_to_rgb(png);
    png_set_add_alpha(png, 255, PNG_FILLER_AFTER);
}

static void read_head(Reader *r) {
    png_set_keep_unknown_chunks(r->png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_set_user_limits(r->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX); /* ours are judged below */
    png_read_info(r->png, r->info);
    size_t width = png_get_image_width(r->png, r->info);
    size_t height = png_get_image_height(r->png, r->info);
    const char *problem = photo_reduce_check((int64_t)width, (int64_t)height, r->limits);
    if (problem) refuse(r, problem);
    bool interlaced = png_get_interlace_type(r->png, r->info) != PNG_INTERLACE_NONE;
    if (interlaced && width * height * 4 > r->limits->memory) refuse(r, "photo_too_detailed");
    ask_for_rgba(r->png);
    int passes = png_set_interlace_handling(r->png);
    png_read_update_info(r->png, r->info);
    if (png_get_rowbytes(r->png, r->info) != width * 4) refuse(r, "photo_damaged");
    r->rgba = photo_reduce_memory(width * 4, passes > 1 ? height : 1);
    r->scratch = photo_reduce_memory(width, 3);
    uint32_t out_width, out_height;
    photo_reduce_plan((uint32_t)width, (uint32_t)height, &out_width, &out_height);
    photo_reduce_start(&r->reduce, (uint32_t)width, (uint32_t)height, out_width, out_height);
}

static void read_interlaced(Reader *r) {
    size_t stride = (size_t)r->reduce.in_width * 4;
    for (int pass = 0; pass < PNG_INTERLACE_ADAM7_PASSES; pass++)
        for (uint32_t y = 0; y < r->reduce.in_height; y++)
            png_read_row(r->png, r->rgba + y * stride, NULL);
    for (uint32_t y = 0; y < r->reduce.in_height; y++)
        photo_reduce_row_alpha(&r->reduce, r->rgba + y * stride, r->scratch);
}

static void read_picture(Reader *r) {
    png_set_read_fn(r->png, r, read_bytes);
    read_head(r);
    if (png_get_interlace_type(r->png, r->info) != PNG_INTERLACE_NONE) {
        read_interlaced(r);
    } else {
        for (uint32_t y = 0; y < r->reduce.in_height; y++) {
            png_read_row(r->png, r->rgba, NULL);
            photo_reduce_row_alpha(&r->reduce, r->rgba, r->scratch);
        }
    }
    png_read_end(r->png, NULL);
}

const char *photo_png_read(Text file, const PhotoLimits *limits, Photo *ret) {
    if (photo_exif_png_is_animated(file)) return "photo_animated";
    Reader *r = photo_reduce_memory(1, sizeof *r);
    r->rest = file;
    r->limits = limits;
    r->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, r, read_error, say_nothing);
    if (r->png) r->info = png_create_info_struct(r->png);
    if (!r->png || !r->info) abort();
    if (setjmp(png_jmpbuf(r->png)) == 0) read_picture(r);
    png_destroy_read_struct(&r->png, &r->info, NULL);
    const char *problem = r->problem;
    if (!problem) {
        *ret = (Photo){(int)r->reduce.out_width, (int)r->reduce.out_height, r->reduce.rgb};
        r->reduce.rgb = NULL;
    }
    photo_reduce_release(&r->reduce);
    free(r->rgba);
    free(r->scratch);
    free(r);
    return problem;
}
