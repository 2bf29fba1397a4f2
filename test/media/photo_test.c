/* Photographs as people send them: which way up, which colours, what is cut, what is left of them
 * in the file that is kept. */
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#undef fail

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

static Photo read_made(const Made *made) {
    Photo photo = {0, 0, NULL};
    Status status = photo_read(&ctx, made_photo(ctx.arena, made), &photo_limits, &photo);
    if (status != OK) WRONG("kind %d: %s", (int)made->kind, ctx.errors[0].message);
    return photo;
}

static bool is_near(const uint8_t *rgb, uint32_t colour, int by) {
    for (int c = 0; c < 3; c++)
        if (abs(rgb[c] - (int)(colour >> (16 - 8 * c) & 0xFF)) > by) return false;
    return true;
}

static const uint8_t *pixel(const Photo *photo, int x, int y) {
    return photo->rgb + ((size_t)y * (size_t)photo->width + (size_t)x) * 3;
}

/* The middle of each quarter, and near the corners too. */
static void expect_quarters(const Photo *photo, const char *quarters) {
    for (int i = 0; i < 4; i++)
        for (int part = 1; part <= 3; part += 2) {
            int x = (2 * (i % 2) * 4 + 1 + part) * photo->width / 16;
            int y = (2 * (i / 2) * 4 + 1 + part) * photo->height / 16;
            const uint8_t *rgb = pixel(photo, x, y);
            if (!is_near(rgb, made_photo_colour(quarters[i]), 12))
                WRONG("%s: quarter %d is %02x%02x%02x", quarters, i, rgb[0], rgb[1], rgb[2]);
        }
}

static void reads_every_kind(void **state) {
    (void)state;
    for (int kind = 0; kind < MADE_KINDS; kind++) {
        bool grey = kind == MADE_JPEG_GREY || kind == MADE_PNG_GREY;
        const char *quarters = grey ? "WHKH" : "RGBY";
        Made made = {.kind = (MadeKind)kind, .width = 400, .height = 300, .quarters = quarters};
        Photo photo = read_made(&made);
        assert_int_equal(photo.width, 400);
        assert_int_equal(photo.height, 300);
        expect_quarters(&photo, quarters);
    }
}

static void lays_what_is_transparent_onto_white(void **state) {
    (void)state;
    const MadeKind kinds[] = {MADE_PNG,         MADE_PNG_INTERLACED, MADE_PNG_16,
                              MADE_PNG_PALETTE, MADE_WEBP,           MADE_WEBP_LOSSLESS};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        Photo photo = read_made(&(Made){.kind = kinds[i], .width = 320, .height = 320,
                                        .quarters = "TRGT"});
        expect_quarters(&photo, "WRGW");
    }
}

/* What is stored, by what stands in row 0 and column 0 (EXIF 2.3, 4.6.4 A), of a picture whose
 * upright quarters are RGBY. */
static const char *const stored[] = {"RGBY", "RGBY", "GRYB", "YBGR", "BYRG",
                                     "RBGY", "GYRB", "YGBR", "BRYG"};

static void turns_upright(void **state) {
    (void)state;
    const MadeKind kinds[] = {MADE_JPEG, MADE_PNG, MADE_WEBP_LOSSLESS};
    for (int orientation = 1; orientation <= 8; orientation++)
        for (size_t i = 0; i < 2 * sizeof kinds / sizeof *kinds; i++) {
            bool lies = orientation >= 5;
            Made made = {.kind = kinds[i / 2], .width = lies ? 260 : 390,
                         .height = lies ? 390 : 260, .quarters = stored[orientation],
                         .exif = made_photo_exif(ctx.arena, orientation, i % 2)};
            Photo photo = read_made(&made);
            assert_int_equal(photo.width, 390);
            assert_int_equal(photo.height, 260);
            expect_quarters(&photo, "RGBY");
        }
}

static void takes_no_notice_of_a_broken_orientation(void **state) {
    (void)state;
    Text good = made_photo_exif(ctx.arena, 6, false);
    for (size_t len = 1; len < 32; len++) { /* until the orientation's value */
        Photo photo = read_made(&(Made){.width = 260, .height = 390, .quarters = "GYRB",
                                        .exif = text_slice(good, 0, len)});
        assert_int_equal(photo.width, 260);
    }
    const int wrong[] = {0, 9, 0xFFFF};
    for (size_t i = 0; i < 3; i++) {
        Photo photo = read_made(&(Made){.width = 260, .height = 390, .quarters = "GYRB",
                                        .exif = made_photo_exif(ctx.arena, wrong[i], true)});
        expect_quarters(&photo, "GYRB");
    }
}

static void reduces_large_pictures_to_their_mean(void **state) {
    (void)state;
    for (int kind = 0; kind < MADE_KINDS; kind++) {
        if (kind == MADE_JPEG_GREY || kind == MADE_PNG_GREY) continue;
        Photo photo = read_made(&(Made){.kind = (MadeKind)kind, .width = 1850, .height = 1301,
                                        .quarters = "RGBY"});
        assert_int_equal(photo.height, PHOTO_WORK_PX);
        assert_int_equal(photo.width, (1850 * PHOTO_WORK_PX + 650) / 1301);
        expect_quarters(&photo, "RGBY");
    }
}

/* Reads what was written; it has this size. */
static Photo read_again(Text jpeg, int width, int height) {
    PhotoLimits limits = photo_limits;
    Photo photo = {0, 0, NULL};
    limits.side_min = 1;
    assert_int_equal(photo_read(&ctx, jpeg, &limits, &photo), OK);
    assert_int_equal(photo.width, width);
    assert_int_equal(photo.height, height);
    return photo;
}

/* How far the samples are from the middle, in the mean: noise has less of it when averaged. */
static int64_t mean_distance(const Photo *photo) {
    size_t samples = (size_t)photo->width * (size_t)photo->height * 3;
    int64_t sum = 0;
    for (size_t i = 0; i < samples; i++) sum += abs(photo->rgb[i] - 127);
    return sum / (int64_t)samples;
}

static void averages_what_it_reduces(void **state) {
    (void)state;
    Made noise = {.kind = MADE_PNG, .width = 2400, .height = 2400, .quarters = "NNNN"};
    PhotoLimits limits = photo_limits;
    Photo photo = {0, 0, NULL};
    limits.bytes = 64 << 20;
    assert_int_equal(photo_read(&ctx, made_photo(ctx.arena, &noise), &limits, &photo), OK);
    assert_in_range(mean_distance(&photo), 25, 40); /* 64 as it was, 30 for the mean of four */
    Text jpeg = TEXT_NONE;
    assert_int_equal(photo_encode(&ctx, &photo, 240, PHOTO_DRAFT_BYTES, &jpeg), OK);
    Photo small = read_again(jpeg, 240, 240);
    assert_in_range(mean_distance(&small), 1, 9); /* 6 for the mean of a hundred */
}

static Photo crop_again(const Photo *photo, PhotoCrop crop) {
    Text jpeg = TEXT_NONE;
    assert_int_equal(photo_crop(&ctx, photo, crop, &jpeg), OK);
    assert_in_range(jpeg.len, 500, PHOTO_JPEG_BYTES);
    return read_again(jpeg, PHOTO_SIDE_PX, PHOTO_SIDE_PX);
}

static void crops_the_square_that_was_chosen(void **state) {
    (void)state;
    Photo photo = read_made(&(Made){.width = 900, .height = 600, .quarters = "RGBY"});
    Photo made = crop_again(&photo, (PhotoCrop){500, 500, 1000});
    expect_quarters(&made, "RGBY");
    const struct {
        PhotoCrop crop;
        const char *quarters;
    } corners[] = {{{0, 0, 500}, "RRRR"},       {{1000, 0, 500}, "GGGG"},
                   {{0, 1000, 500}, "BBBB"},    {{1000, 1000, 500}, "YYYY"},
                   {{500, 0, 250}, "RGRG"},     {{0, 500, 250}, "RRBB"},
                   {{500, 500, 250}, "RGBY"}};
    for (size_t i = 0; i < sizeof corners / sizeof *corners; i++) {
        made = crop_again(&photo, corners[i].crop);
        expect_quarters(&made, corners[i].quarters);
    }
}

static void crops_near_the_top_of_tall_pictures_by_default(void **state) {
    (void)state;
    Photo tall = {600, 1000, NULL}, wide = {1000, 600, NULL};
    assert_in_range(photo_crop_default(&tall).y, 1, 400);
    assert_int_equal(photo_crop_default(&wide).y, 500);
    assert_int_equal(photo_crop_default(&wide).x, 500);
    assert_int_equal(photo_crop_default(&tall).size, 1000);
}

static void refuses_a_crop_out_of_range(void **state) {
    (void)state;
    Photo photo = read_made(&(Made){.width = 300, .height = 300, .quarters = "RGBY"});
    const PhotoCrop wrong[] = {{-1, 0, 500}, {0, -1, 500},   {1001, 0, 500}, {0, 1001, 500},
                               {0, 0, 249},  {0, 0, 1001},   {0, 0, 0},      {0, 0, -500},
                               {0, 0, INT32_MAX}, {INT32_MIN, 0, 500}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        Text jpeg = TEXT_NONE;
        ctx_forget_errors(&ctx);
        assert_int_equal(photo_crop(&ctx, &photo, wrong[i], &jpeg), INVALID);
        assert_string_equal(ctx.errors[0].message, "photo_crop_range");
        assert_null(jpeg.ptr);
    }
}

static void keeps_to_its_size_even_with_noise(void **state) {
    (void)state;
    Photo photo = read_made(&(Made){.width = 480, .height = 480, .quarters = "NNNN"});
    (void)crop_again(&photo, (PhotoCrop){0, 0, 1000});
    Text jpeg = TEXT_NONE;
    assert_int_equal(photo_encode(&ctx, &photo, 480, 2000, &jpeg), INVALID);
    assert_string_equal(ctx.errors[0].message, "photo_too_detailed");
}

static void keeps_a_draft_that_it_reads_again(void **state) {
    (void)state;
    Photo photo = read_made(&(Made){.width = 1600, .height = 2400, .quarters = "RGBY"});
    Text jpeg = TEXT_NONE;
    assert_int_equal(photo_encode(&ctx, &photo, PHOTO_DRAFT_PX, PHOTO_DRAFT_BYTES, &jpeg), OK);
    Photo draft = read_again(jpeg, PHOTO_DRAFT_PX, PHOTO_DRAFT_PX * 3 / 2);
    expect_quarters(&draft, "RGBY");
    assert_int_equal(photo_encode(&ctx, &photo, PHOTO_PREVIEW_PX, PHOTO_PREVIEW_BYTES, &jpeg), OK);
    Photo preview = read_again(jpeg, PHOTO_PREVIEW_PX, PHOTO_PREVIEW_PX * 3 / 2);
    expect_quarters(&preview, "RGBY");
    Photo small = read_made(&(Made){.width = 250, .height = 250, .quarters = "RGBY"});
    assert_int_equal(photo_encode(&ctx, &small, PHOTO_DRAFT_PX, PHOTO_DRAFT_BYTES, &jpeg), OK);
    (void)read_again(jpeg, 250, 250); /* never enlarged */
}

/* The markers of a JPEG up to its image data, as letters of a class each. */
static void expect_only_picture_markers(Text jpeg) {
    enum { SOS = 0xDA };
    const uint8_t *p = (const uint8_t *)jpeg.ptr;
    size_t at = 2;
    while (at + 4 < jpeg.len && p[at] == 0xFF && p[at + 1] != SOS) {
        uint8_t marker = p[at + 1];
        bool known = marker == 0xE0 || marker == 0xDB || marker == 0xC0 || marker == 0xC4;
        if (!known) WRONG("a marker %02x", marker);
        at += 2 + (size_t)(p[at + 2] << 8 | p[at + 3]);
    }
    assert_int_equal(p[at + 1], SOS);
    assert_int_equal(p[jpeg.len - 2], 0xFF);
    assert_int_equal(p[jpeg.len - 1], 0xD9);
}

static bool contains(Text t, Text part) {
    return memmem(t.ptr, t.len, part.ptr, part.len) != NULL;
}

static void leaves_nothing_of_the_file_but_pixels(void **state) {
    (void)state;
    const MadeKind kinds[] = {MADE_JPEG, MADE_PNG, MADE_WEBP_LOSSLESS};
    const Text secrets[] = {T("GPS-28.6139N"), T("Exif"), T("Comment"), T("Sita Devi"), T("PK\3\4"),
                            T("<script")};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        Made made = {.kind = kinds[i], .width = 300, .height = 300, .quarters = "RGBY",
                     .exif = made_photo_exif(ctx.arena, 3, true),
                     .comment = T("Comment\0Sita Devi, her house")};
        Buffer file = buffer_in(ctx.arena, 1 << 20); /* an archive and a page too */
        buffer_add(&file, made_photo(ctx.arena, &made));
        buffer_add(&file, T("PK\3\4<script>alert(1)</script>"));
        assert_true(contains(buffer_text(&file), secrets[0]));
        Photo photo = {0, 0, NULL};
        assert_int_equal(photo_read(&ctx, buffer_text(&file), &photo_limits, &photo), OK);
        Text out[2];
        assert_int_equal(photo_crop(&ctx, &photo, photo_crop_default(&photo), &out[0]), OK);
        assert_int_equal(photo_encode(&ctx, &photo, 960, PHOTO_DRAFT_BYTES, &out[1]), OK);
        for (size_t k = 0; k < 2; k++) {
            expect_only_picture_markers(out[k]);
            for (size_t s = 0; s < sizeof secrets / sizeof *secrets; s++)
                assert_false(contains(out[k], secrets[s]));
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads_every_kind, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lays_what_is_transparent_onto_white, set_up, tear_down),
        cmocka_unit_test_setup_teardown(turns_upright, set_up, tear_down),
        cmocka_unit_test_setup_teardown(takes_no_notice_of_a_broken_orientation, set_up, tear_down),
        cmocka_unit_test_setup_teardown(reduces_large_pictures_to_their_mean, set_up, tear_down),
        cmocka_unit_test_setup_teardown(averages_what_it_reduces, set_up, tear_down),
        cmocka_unit_test_setup_teardown(crops_the_square_that_was_chosen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(crops_near_the_top_of_tall_pictures_by_default, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(refuses_a_crop_out_of_range, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keeps_to_its_size_even_with_noise, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keeps_a_draft_that_it_reads_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(leaves_nothing_of_the_file_but_pixels, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
