/* The library's error functions must not return, so both directions run below a setjmp in a
 * function that changes no local variable after it; everything they hold is in one struct on the
 * heap, and given back in one place. */
#include "media/photo_jpeg.h"

#include <setjmp.h>

#include <jpeglib.h>

#include <jerror.h>

#include "media/photo_reduce.h"

enum {
    SCANS_MAX = 64, /* progressive files of real programs have about ten; each costs a pass */
    SCALE_DENOMINATOR = 8,
    MEMORY_BESIDES = 8 << 20, /* for the library's rows and tables */
};

typedef struct Reader {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf jump;
    const PhotoLimits *limits;
    const char *problem;
    PhotoReduce reduce;
    uint8_t *row; /* as the library gives it */
} Reader;

static _Noreturn void refuse(Reader *r, const char *problem) {
    r->problem = problem;
    longjmp(r->jump, 1);
}

static void read_error(j_common_ptr jpeg) { refuse(jpeg->client_data, "photo_damaged"); }

/* What the library would mend silently is damage: but for slips of encoders that cost no pixel. */
static void read_message(j_common_ptr jpeg, int level) {
    if (level >= 0) return;
    switch (jpeg->err->msg_code) {
    case JWRN_ADOBE_XFORM:
    case JWRN_BOGUS_PROGRESSION:
    case JWRN_EXTRANEOUS_DATA:
    case JWRN_JFIF_MAJOR:
        return;
    default:
        read_error(jpeg);
    }
}

static void say_nothing(j_common_ptr jpeg) { (void)jpeg; }

static void count_scans(j_common_ptr jpeg) {
    j_decompress_ptr reading = (j_decompress_ptr)jpeg;
    if (reading->input_scan_number > SCANS_MAX) refuse(jpeg->client_data, "photo_too_detailed");
}

static struct jpeg_error_mgr *quiet_errors(struct jpeg_error_mgr *errors,
                                           void (*on_error)(j_common_ptr),
                                           void (*on_message)(j_common_ptr, int)) {
    (void)jpeg_std_error(errors);
    errors->error_exit = on_error;
    errors->emit_message = on_message;
    errors->output_message = say_nothing;
    return errors;
}

/* Pictures of several scans are kept whole as coefficients while they are read. */
static size_t coefficient_bytes(const struct jpeg_decompress_struct *jpeg) {
    size_t blocks = 0;
    for (int i = 0; i < jpeg->num_components; i++) {
        const jpeg_component_info *c = &jpeg->comp_info[i];
        blocks += (size_t)c->width_in_blocks * c->height_in_blocks;
    }
    return blocks * DCTSIZE2 * sizeof(JCOEF);
}

static void check_head(Reader *r) {
    struct jpeg_decompress_struct *jpeg = &r->jpeg;
    const char *problem = photo_reduce_check(jpeg->image_width, jpeg->image_height, r->limits);
    if (problem) refuse(r, problem);
    bool known = jpeg->jpeg_color_space != JCS_UNKNOWN && !jpeg->arith_code;
    if (!known) refuse(r, "photo_kind");
    if (jpeg_has_multiple_scans(jpeg) && coefficient_bytes(jpeg) > r->limits->memory)
        refuse(r, "photo_too_detailed");
}

/* The decoder itself leaves out what the working size has no use for: in eighths. */
static void plan(Reader *r, uint32_t *ret_width, uint32_t *ret_height) {
    struct jpeg_decompress_struct *jpeg = &r->jpeg;
    photo_reduce_plan(jpeg->image_width, jpeg->image_height, ret_width, ret_height);
    jpeg->scale_denom = SCALE_DENOMINATOR;
    jpeg->scale_num = 0;
    do {
        jpeg->scale_num++;
        jpeg_calc_output_dimensions(jpeg);
    } while ((jpeg->output_width < *ret_width || jpeg->output_height < *ret_height) &&
             jpeg->scale_num < SCALE_DENOMINATOR);
}

/* In place: three bytes are never behind four. Adobe's programs store inks inverted, and say so. */
static void rgb_of_inks(uint8_t *row, size_t width, bool inverted) {
    for (size_t x = 0; x < width; x++) {
        unsigned black = inverted ? row[4 * x + 3] : 255u - row[4 * x + 3];
        for (int c = 0; c < 3; c++) {
            unsigned ink = inverted ? row[4 * x + c] : 255u - row[4 * x + c];
            row[3 * x + c] = (uint8_t)((ink * black + 127) / 255);
        }
    }
}

static void read_rows(Reader *r, Text file) {
    struct jpeg_decompress_struct *jpeg = &r->jpeg;
    jpeg_create_decompress(jpeg);
    jpeg->progress = &r->progress;
    jpeg->mem->max_memory_to_use = (long)r->limits->memory + MEMORY_BESIDES;
    jpeg_mem_src(jpeg, (const unsigned char *)file.ptr, file.len);
    (void)jpeg_read_header(jpeg, TRUE);
    check_head(r);
    bool inks = jpeg->jpeg_color_space == JCS_CMYK || jpeg->jpeg_color_space == JCS_YCCK;
    jpeg->out_color_space = inks ? JCS_CMYK : JCS_RGB;
    uint32_t width, height;
    plan(r, &width, &height);
    (void)jpeg_start_decompress(jpeg);
    photo_reduce_start(&r->reduce, jpeg->output_width, jpeg->output_height, width, height);
    r->row = photo_reduce_memory(jpeg->output_width, (size_t)jpeg->output_components);
    while (jpeg->output_scanline < jpeg->output_height) {
        (void)jpeg_read_scanlines(jpeg, &r->row, 1);
        if (inks) rgb_of_inks(r->row, jpeg->output_width, jpeg->saw_Adobe_marker);
        photo_reduce_row(&r->reduce, r->row);
    }
    (void)jpeg_finish_decompress(jpeg);
}

const char *photo_jpeg_read(Text file, const PhotoLimits *limits, Photo *ret) {
    Reader *r = photo_reduce_memory(1, sizeof *r);
    r->limits = limits;
    r->progress.progress_monitor = count_scans;
    r->jpeg.client_data = r;
    r->jpeg.err = quiet_errors(&r->errors, read_error, read_message);
    if (setjmp(r->jump) == 0) read_rows(r, file);
    jpeg_destroy_decompress(&r->jpeg);
    const char *problem = r->problem;
    if (!problem) {
        *ret = (Photo){(int)r->reduce.out_width, (int)r->reduce.out_height, r->reduce.rgb};
        r->reduce.rgb = NULL;
    }
    photo_reduce_release(&r->reduce);
    free(r->row);
    free(r);
    return problem;
}

typedef struct Writer {
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    struct jpeg_destination_mgr out;
    jmp_buf jump;
    uint8_t *bytes;
    size_t max;
    size_t len; /* 0 until it is complete */
} Writer;

static void write_error(j_common_ptr jpeg) {
    Writer *w = jpeg->client_data;
    longjmp(w->jump, 1);
}

static void write_message(j_common_ptr jpeg, int level) {
    (void)jpeg;
    (void)level;
}

static void begin_bytes(j_compress_ptr jpeg) {
    Writer *w = jpeg->client_data;
    w->out.next_output_byte = w->bytes;
    w->out.free_in_buffer = w->max;
}

static boolean bytes_are_full(j_compress_ptr jpeg) {
    write_error((j_common_ptr)jpeg);
    return FALSE;
}

static void end_bytes(j_compress_ptr jpeg) {
    Writer *w = jpeg->client_data;
    w->len = w->max - w->out.free_in_buffer;
}

static void write_rows(Writer *w, const Photo *photo, int quality) {
    struct jpeg_compress_struct *jpeg = &w->jpeg;
    jpeg_create_compress(jpeg);
    w->out = (struct jpeg_destination_mgr){.init_destination = begin_bytes,
                                           .empty_output_buffer = bytes_are_full,
                                           .term_destination = end_bytes};
    jpeg->dest = &w->out;
    jpeg->image_width = (JDIMENSION)photo->width;
    jpeg->image_height = (JDIMENSION)photo->height;
    jpeg->input_components = 3;
    jpeg->in_color_space = JCS_RGB;
    jpeg_set_defaults(jpeg);
    jpeg_set_quality(jpeg, quality, TRUE);
    jpeg->optimize_coding = TRUE;
    jpeg_start_compress(jpeg, TRUE);
    size_t stride = (size_t)photo->width * 3;
    while (jpeg->next_scanline < jpeg->image_height) {
        JSAMPROW row = photo->rgb + jpeg->next_scanline * stride;
        (void)jpeg_write_scanlines(jpeg, &row, 1);
    }
    jpeg_finish_compress(jpeg);
}

size_t photo_jpeg_write(const Photo *photo, int quality, uint8_t *out, size_t max) {
    Writer *w = photo_reduce_memory(1, sizeof *w);
    w->bytes = out;
    w->max = max;
    w->jpeg.client_data = w;
    w->jpeg.err = quiet_errors(&w->errors, write_error, write_message);
    if (setjmp(w->jump) == 0) write_rows(w, photo, quality);
    jpeg_destroy_compress(&w->jpeg);
    size_t len = w->len;
    free(w);
    return len;
}
