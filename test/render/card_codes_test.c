/* Both codes of a card can be read: from the picture, from the PDF's page, and from a bad
 * black-and-white print of either. */

#include "card_faces.h"
#include "card_tools.h"
#include "render/card_pdf.h"
#include "render/card_png.h"

static void assert_reads(const Picture *picture, Text text) {
    bool found = false;
    assert_true(picture->width > 0);
    assert_true(card_tools_codes(picture, text, &found) >= 1);
    assert_true(found);
}

static void from_png(void **state) {
    (void)state;
    for (int kind = 0; kind < FACE_EMPTY; kind++) {
        CardFace face = card_faces_get((FaceKind)kind);
        for (int side = CARD_FRONT; side <= CARD_BACK; side++) {
            Buffer png = buffer_in(bare_ctx.arena, 4 << 20);
            CardSides sides = (CardSides)side;
            assert_int_equal(card_png_write(&bare_ctx, card_faces_painter, &face, sides, &png), OK);
            Picture picture = card_tools_png(bare_ctx.arena, buffer_text(&png));
            Text code = side == CARD_FRONT ? face.check_url : face.signed_code;
            assert_int_equal(picture.width, 1011);
            assert_int_equal(picture.height, 638);
            assert_reads(&picture, code);
            Picture copy = card_tools_degraded(bare_ctx.arena, &picture, CARD_PNG_DPI);
            assert_reads(&copy, code);
        }
        arena_clear(bare_ctx.arena);
    }
}

/* One PNG with both sides, and the phone's: both codes in the same picture. */
static void from_tall(void **state) {
    (void)state;
    CardFace face = card_faces_get(FACE_HINDI);
    Buffer both = buffer_in(bare_ctx.arena, 4 << 20), phone = buffer_in(bare_ctx.arena, 4 << 20);
    assert_int_equal(card_png_write(&bare_ctx, card_faces_painter, &face, CARD_BOTH, &both), OK);
    assert_int_equal(card_png_phone(&bare_ctx, card_faces_painter, &face, &phone), OK);
    Picture sides = card_tools_png(bare_ctx.arena, buffer_text(&both));
    assert_int_equal(sides.height, 1322);
    assert_reads(&sides, face.check_url);
    assert_reads(&sides, face.signed_code);
    Picture tall = card_tools_png(bare_ctx.arena, buffer_text(&phone));
    assert_int_equal(tall.width, 1080);
    assert_int_equal(tall.height, 1920);
    assert_reads(&tall, face.check_url);
    assert_reads(&tall, face.signed_code);
}

static void from_pdf(void **state) {
    (void)state;
    if (!card_tools_have("pdftoppm")) skip();
    CardFace face = card_faces_get(FACE_PROVISIONAL);
    Buffer pdf = buffer_in(bare_ctx.arena, 4 << 20);
    assert_int_equal(card_pdf_write(&bare_ctx, card_faces_painter, &face, CARD_BOTH, &pdf), OK);
    const char *pages[] = {"1", "2"};
    for (int i = 0; i < 2; i++) {
        const char *const argv[] = {"pdftoppm", "-gray", "-r", "300", "-f", pages[i],
                                    "-l", pages[i], "@", NULL};
        Buffer pgm = buffer_in(bare_ctx.arena, 16 << 20);
        assert_true(card_tools_run(argv, buffer_text(&pdf), &pgm));
        Picture page = card_tools_pgm(bare_ctx.arena, buffer_text(&pgm));
        Text code = i == 0 ? face.check_url : face.signed_code;
        assert_reads(&page, code);
        Picture copy = card_tools_degraded(bare_ctx.arena, &page, 300);
        assert_reads(&copy, code);
    }
}

/* A host of 60 characters makes the longest address of a code that still has to be readable. */
static void long_host(void **state) {
    (void)state;
    CardFace face = card_faces_get(FACE_ENGLISH);
    face.check_url = T("HTTPS://SADASYATA.AKHIL-BHARATIYA-GRAMIN-KALYAN-MAHASANGH.ORG.IN"
                       "/V/GKCXX20477190358-7K3M9QWX");
    Buffer png = buffer_in(bare_ctx.arena, 4 << 20);
    assert_int_equal(card_png_write(&bare_ctx, card_faces_painter, &face, CARD_FRONT, &png), OK);
    Picture picture = card_tools_png(bare_ctx.arena, buffer_text(&png));
    Picture copy = card_tools_degraded(bare_ctx.arena, &picture, CARD_PNG_DPI);
    assert_reads(&copy, face.check_url);
}

static void too_long(void **state) {
    (void)state;
    static char much[3392];
    memset(much, 'A', sizeof much);
    CardFace face = card_faces_get(FACE_ENGLISH);
    face.signed_code = text_bytes(much, sizeof much);
    Buffer out = buffer_in(bare_ctx.arena, 4 << 20);
    assert_int_equal(card_pdf_write(&bare_ctx, card_faces_painter, &face, CARD_BOTH, &out), IO);
    assert_string_equal(bare_ctx.errors[0].message, "card_not_drawn");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(from_png, card_faces_begin, card_faces_end),
        cmocka_unit_test_setup_teardown(from_tall, card_faces_begin, card_faces_end),
        cmocka_unit_test_setup_teardown(from_pdf, card_faces_begin, card_faces_end),
        cmocka_unit_test_setup_teardown(long_host, card_faces_begin, card_faces_end),
        cmocka_unit_test_setup_teardown(too_long, card_faces_begin, card_faces_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
