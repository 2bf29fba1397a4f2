/* Files that are no photographs, or meant to harm: refused with the right sentence, before they
 * take memory. */
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#undef fail

#include <sys/resource.h>

#include <zlib.h>

#include "base/buffer.h"
#include "made_photo.h"
#include "media/photo.h"

/* fail_msg() of cmocka, whose name base uses otherwise. */
#define WRONG(...) (print_error(__VA_ARGS__), _fail(__FILE__, __LINE__))

static Ctx ctx;

static int set_up(void **state) {
    *state = arena_new((size_t)256 << 20);
    ctx_init(&ctx, *state);
    return 0;
}

static int tear_down(void **state) {
    arena_delete(*state);
    return 0;
}

/* The bytes in a block of their own, so that a sanitizer sees reading behind them. */
static Status read_alone(Text bytes, const PhotoLimits *limits, Photo *ret) {
    char *copy = malloc(bytes.len ? bytes.len : 1);
    assert_non_null(copy);
    if (bytes.len) memcpy(copy, bytes.ptr, bytes.len);
    ctx_forget_errors(&ctx);
    Status status = photo_read(&ctx, (Text){copy, bytes.len}, limits, ret);
    free(copy);
    return status;
}

static void expect_refused(Text bytes, const PhotoLimits *limits, const char *message) {
    Photo photo = {-1, -1, NULL};
    assert_int_equal(read_alone(bytes, limits, &photo), INVALID);
    assert_string_equal(ctx.errors[0].message, message);
    assert_string_equal(ctx.errors[0].field, "photo");
    assert_int_equal(photo.width, -1);
    assert_null(photo.rgb);
}

static Text changed(Text file, size_t at, Text bytes) {
    Text copy = arena_copy(ctx.arena, file);
    assert_true(at + bytes.len <= copy.len);
    memcpy((char *)copy.ptr + at, bytes.ptr, bytes.len);
    return copy;
}

static void says_what_it_takes(void **state) {
    (void)state;
    expect_refused(TEXT_NONE, &photo_limits, "photo_empty");
    const Text others[] = {
        T("GIF89a\1\0\1\0\0\0\0;"), T("%PDF-1.7"), T("<svg xmlns='http://www.w3.org/2000/svg'/>"),
        T("\0\0\0\x18" "ftypheic\0\0\0\0mif1heic"), T("BM6\0\0\0"), T("x"), T("\xFF\xD8"),
        T("RIFF\4\0\0\0WAVE"), T("RIFF\4\0\0\0WEB"), T("RIFF"), T("\x89PNG\r\n"), T("MZ"),
        T("<html>\xFF\xD8\xFF"), T("II*\0\x8\0\0\0"),
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        expect_refused(others[i], &photo_limits, "photo_kind");
    const Text beginnings[] = {T("\xFF\xD8\xFF"), T("\x89PNG\r\n\x1A\n"), T("RIFF\4\0\0\0WEBP")};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        expect_refused(beginnings[i], &photo_limits, "photo_damaged");
}

static void goes_by_content_and_limits_bytes(void **state) {
    (void)state;
    Text file = made_photo(ctx.arena, &(Made){.kind = MADE_PNG, .width = 300, .height = 300,
                                              .quarters = "RGBY"});
    PhotoLimits limits = photo_limits;
    limits.bytes = file.len;
    Photo photo;
    assert_int_equal(read_alone(file, &limits, &photo), OK);
    limits.bytes--;
    expect_refused(file, &limits, "photo_too_heavy");
    assert_int_equal(photo_limits.bytes, 8 << 20);
    assert_int_equal(photo_limits.pixels, 40000000);
}

static void refuses_what_is_cut_short(void **state) {
    (void)state;
    PhotoLimits limits = photo_limits;
    limits.side_min = 1;
    for (int kind = 0; kind < MADE_KINDS; kind++) {
        Made made = {.kind = (MadeKind)kind, .width = 24, .height = 20, .quarters = "RGBY",
                     .exif = made_photo_exif(ctx.arena, 6, true)};
        Text file = made_photo(ctx.arena, &made);
        Photo photo = {0, 0, NULL};
        if (read_alone(file, &limits, &photo) != OK) WRONG("kind %d", kind);
        /* a WebP's picture is whole before its metadata ends */
        size_t whole = made.kind >= MADE_WEBP ? file.len - 8 - made.exif.len - 1 : file.len;
        for (size_t len = 0; len < whole; len++)
            if (read_alone(text_slice(file, 0, len), &limits, &photo) != INVALID)
                WRONG("kind %d was taken with %zu of %zu bytes", kind, len, file.len);
        for (size_t len = whole; len < file.len; len++)
            (void)read_alone(text_slice(file, 0, len), &limits, &photo);
    }
}

static void survives_changed_bytes(void **state) {
    (void)state;
    PhotoLimits limits = {.bytes = 1 << 20, .pixels = 200000, .memory = 1 << 20, .side_min = 1};
    for (int kind = 0; kind < MADE_KINDS; kind++) {
        Text file = made_photo(ctx.arena, &(Made){.kind = (MadeKind)kind, .width = 24,
                                                  .height = 20, .quarters = "RGBY"});
        for (size_t at = 0; at < file.len && at < 700; at++) {
            Photo photo = {0, 0, NULL};
            char flipped = (char)(file.ptr[at] ^ (1 << at % 8));
            Status status = read_alone(changed(file, at, (Text){&flipped, 1}), &limits, &photo);
            assert_true(status == OK || status == INVALID);
            if (status != OK) continue;
            assert_in_range((int64_t)photo.width * photo.height, 1, limits.pixels);
        }
    }
}

/* A PNG that is all head: its sizes, and then nothing. */
static Text png_head(uint32_t width, uint32_t height) {
    Buffer b = buffer_in(ctx.arena, 100);
    char sizes[17] = "IHDR";
    for (int i = 0; i < 4; i++) {
        sizes[4 + i] = (char)(width >> (24 - 8 * i));
        sizes[8 + i] = (char)(height >> (24 - 8 * i));
    }
    sizes[12] = 8;
    sizes[13] = 6;
    uint32_t sum = (uint32_t)crc32(0, (const Bytef *)sizes, sizeof sizes);
    buffer_add(&b, T("\x89PNG\r\n\x1A\n\0\0\0\x0D"));
    buffer_add(&b, (Text){sizes, sizeof sizes});
    for (int i = 0; i < 4; i++) buffer_byte(&b, (char)(sum >> (24 - 8 * i)));
    buffer_add(&b, T("\0\0\0\0IDAT\x35\xaf\x06\x1e"));
    return buffer_text(&b);
}

static size_t frame_of(Text jpeg) {
    for (size_t at = 2; at + 4 < jpeg.len;) {
        const uint8_t *p = (const uint8_t *)jpeg.ptr + at;
        if (p[1] == 0xC0) return at;
        at += 2 + (size_t)(p[2] << 8 | p[3]);
    }
    return 0;
}

static void refuses_sizes_before_it_takes_memory(void **state) {
    (void)state;
    expect_refused(png_head(60000, 60000), &photo_limits, "photo_too_many_pixels");
    expect_refused(png_head(0x7FFFFFFF, 0x7FFFFFFF), &photo_limits, "photo_too_many_pixels");
    expect_refused(png_head(6325, 6325), &photo_limits, "photo_too_many_pixels");
    expect_refused(png_head(6324, 6324), &photo_limits, "photo_damaged");
    expect_refused(png_head(40000000, 1), &photo_limits, "photo_too_small");
    expect_refused(png_head(239, 300), &photo_limits, "photo_too_small");
    expect_refused(png_head(240, 961), &photo_limits, "photo_too_narrow");
    expect_refused(png_head(0, 300), &photo_limits, "photo_damaged");
    Text jpeg = made_photo(ctx.arena, &(Made){.width = 300, .height = 300, .quarters = "RGBY"});
    size_t frame = frame_of(jpeg);
    expect_refused(changed(jpeg, frame + 5, T("\xFF\xDC\xFF\xDC")), &photo_limits,
                   "photo_too_many_pixels");
    expect_refused(changed(jpeg, frame + 5, T("\0\0\1\0")), &photo_limits, "photo_damaged");
    Text webp = made_photo(ctx.arena, &(Made){.kind = MADE_WEBP_LOSSLESS, .width = 300,
                                              .height = 300, .quarters = "RGBY",
                                              .exif = T("II*")});
    expect_refused(changed(webp, 24, T("\xFF\xFF\0\xFF\xFF\0")), &photo_limits,
                   "photo_damaged"); /* canvas and picture contradict each other */
    struct rusage used;
    assert_int_equal(getrusage(RUSAGE_SELF, &used), 0);
    assert_in_range(used.ru_maxrss, 1, 400 * 1024); /* kilobytes */
}

static void refuses_what_moves(void **state) {
    (void)state;
    const MadeKind kinds[] = {MADE_PNG, MADE_WEBP, MADE_WEBP_LOSSLESS};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        expect_refused(made_photo(ctx.arena, &(Made){.kind = kinds[i], .width = 300, .height = 300,
                                                     .quarters = "RGBY", .moves = true}),
                       &photo_limits, "photo_animated");
}

static void limits_memory_where_it_cannot_stream(void **state) {
    (void)state;
    PhotoLimits limits = photo_limits;
    limits.memory = 100 * 1000;
    for (int kind = 0; kind < MADE_KINDS; kind++) {
        Made made = {.kind = (MadeKind)kind, .width = 300, .height = 300, .quarters = "RGBY"};
        Text file = made_photo(ctx.arena, &made);
        Photo photo = {0, 0, NULL};
        if (kind == MADE_JPEG_PROGRESSIVE || kind == MADE_PNG_INTERLACED ||
            kind == MADE_WEBP_LOSSLESS)
            expect_refused(file, &limits, "photo_too_detailed");
        else if (read_alone(file, &limits, &photo) != OK)
            WRONG("kind %d: %s", kind, ctx.errors[0].message);
    }
    expect_refused(made_photo(ctx.arena, &(Made){.kind = MADE_WEBP, .width = 300, .height = 300,
                                                 .quarters = "RTTB"}),
                   &limits, "photo_too_detailed");
}

/* Where the next marker of this code begins, or any marker (0), at or behind at. */
static size_t marker_from(Text jpeg, size_t at, uint8_t code) {
    for (; at + 1 < jpeg.len; at++) {
        uint8_t found = (uint8_t)jpeg.ptr[at + 1];
        if ((uint8_t)jpeg.ptr[at] == 0xFF && (code ? found == code : found != 0)) return at;
    }
    return jpeg.len;
}

/* The first scan of a progressive picture over and over: each costs a pass over all of it. */
static void refuses_endless_scans(void **state) {
    (void)state;
    Text file = made_photo(ctx.arena, &(Made){.kind = MADE_JPEG_PROGRESSIVE, .width = 300,
                                              .height = 300, .quarters = "RGBY"});
    size_t scan = marker_from(file, 2, 0xDA), behind = marker_from(file, scan + 2, 0);
    Text first = text_slice(file, scan, behind - scan);
    const struct {
        int times;
        const char *message;
    } cases[] = {{5, NULL}, {200, "photo_too_detailed"}};
    for (size_t i = 0; i < 2; i++) {
        Buffer b = buffer_in(ctx.arena, 1 << 20);
        buffer_add(&b, text_slice(file, 0, scan));
        for (int k = 0; k < cases[i].times; k++) buffer_add(&b, first);
        buffer_add(&b, text_slice(file, behind, file.len));
        Photo photo = {0, 0, NULL};
        if (cases[i].message) expect_refused(buffer_text(&b), &photo_limits, cases[i].message);
        else assert_int_equal(read_alone(buffer_text(&b), &photo_limits, &photo), OK);
    }
}

/* Forty megapixels as a camera writes them, in much less memory than their pixels. */
static void reads_the_largest_pictures_in_little_memory(void **state) {
    (void)state;
    const MadeKind kinds[] = {MADE_JPEG, MADE_PNG};
    for (size_t i = 0; i < 2; i++) {
        Text file = made_photo(ctx.arena, &(Made){.kind = kinds[i], .width = 7300, .height = 5475,
                                                  .quarters = "RGBY"});
        struct rusage before, after;
        Photo photo = {0, 0, NULL};
        assert_int_equal(getrusage(RUSAGE_SELF, &before), 0);
        assert_int_equal(read_alone(file, &photo_limits, &photo), OK);
        assert_int_equal(getrusage(RUSAGE_SELF, &after), 0);
        assert_int_equal(photo.width, 1600);
        assert_int_equal(photo.height, 1200);
        assert_in_range(after.ru_maxrss - before.ru_maxrss, 0, 40 * 1024); /* pixels: 117 MB */
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        /* first: it looks at how much memory the process ever had */
        cmocka_unit_test_setup_teardown(reads_the_largest_pictures_in_little_memory, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(says_what_it_takes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(goes_by_content_and_limits_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_what_is_cut_short, set_up, tear_down),
        cmocka_unit_test_setup_teardown(survives_changed_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_sizes_before_it_takes_memory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_what_moves, set_up, tear_down),
        cmocka_unit_test_setup_teardown(limits_memory_where_it_cannot_stream, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_endless_scans, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
