/* A card's words: right in PDF and SVG, inside the card whatever they are, initials as written. */

#include <pthread.h>

#include "card_faces.h"
#include "card_tools.h"
#include "render/card_colour.h"
#include "render/card_initials.h"
#include "render/card_pdf.h"
#include "render/card_svg.h"

/* pdftotext's words of a PDF with single spaces between them. */
static Text words_of(Text pdf) {
    Buffer raw = buffer_in(bare_ctx.arena, 1 << 20), words = buffer_in(bare_ctx.arena, 1 << 20);
    const char *const argv[] = {"pdftotext", "-enc", "UTF-8", "@", "-", NULL};
    assert_true(card_tools_run(argv, pdf, &raw));
    bool gap = false;
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.ptr[i];
        if (c == ' ' || c == '\n' || c == '\f') {
            gap = words.len > 0;
            continue;
        }
        if (gap) buffer_byte(&words, ' ');
        gap = false;
        buffer_byte(&words, c);
    }
    return buffer_text(&words);
}

static void assert_has(Text text, Text part) {
    if (part.len && (!text.len || !memmem(text.ptr, text.len, part.ptr, part.len))) {
        print_error("\"%.*s\" is not in: %.*s\n", TEXT_ARG(part), TEXT_ARG(text));
        assert_true(false);
    }
}

static void pdf_gives_words(void **state) {
    (void)state;
    if (!card_tools_have("pdftotext")) skip();
    static const FaceKind kinds[] = {FACE_ENGLISH, FACE_HINDI, FACE_PROVISIONAL, FACE_ONE_WORD,
                                     FACE_RIGHT_TO_LEFT, FACE_CROWDED};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        CardFace face = card_faces_get(kinds[i]);
        Buffer pdf = buffer_in(bare_ctx.arena, 4 << 20);
        assert_int_equal(card_pdf_write(&bare_ctx, card_faces_painter, &face, CARD_BOTH, &pdf), OK);
        Text words = words_of(buffer_text(&pdf));
        const Text parts[] = {face.organisation, face.organisation_alt, face.name, face.name_alt,
                              face.number, face.unit, face.kind, face.since, face.valid_until,
                              face.provisional, face.label_number, face.label_unit,
                              face.label_member_since, face.front_scan, face.back_check,
                              face.back_found, face.registration, face.address, face.helpline,
                              face.back_not_id, face.posts[0], face.posts[1], face.relative,
                              face.born, face.slogan, face.in_need};
        for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) assert_has(words, parts[k]);
    }
}

/* Conjuncts, signs before, above, below and set back over their letter, dotted letters. */
static void pdf_gives_names(void **state) {
    (void)state;
    if (!card_tools_have("pdftotext")) skip();
    static const char *const names[] = {
        "श्रीवास्तव", "ज्ञानेश्वर", "लक्ष्मी", "द्विवेदी", "देवेंद्र चौधरी", "कृष्णमूर्ति",
        "स्कैन देने पैदल",
        "राष्ट्रपति भैरों", "फ़िरोज़ क़ुरैशी", "ऋषिकेश ओंकार", "प्रदेश",
        "त्र्यंबक शृंगारपुरे", "वर्मा दुर्गा",
        "हृदयेश शिन्दे", "O'Connor-D’Souza", "Zoë Łukasiewicz",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        CardFace face = {.name = text_of(names[i])};
        Buffer pdf = buffer_in(bare_ctx.arena, 4 << 20);
        assert_int_equal(card_pdf_write(&bare_ctx, card_faces_painter, &face, CARD_FRONT, &pdf),
                         OK);
        Text words = words_of(buffer_text(&pdf));
        assert_has(words, face.name);
        assert_int_equal(words.len, face.name.len);
    }
}

typedef struct Drawer {
    pthread_t thread;
    int first;
    Text pdf[FACE_EMPTY];
    Arena *arena;
} Drawer;

static void *draw_all(void *data) {
    Drawer *drawer = data;
    Ctx own;
    ctx_init(&own, drawer->arena);
    own.now_s = 1795267800;
    CardPainter *pen = card_painter_new();
    for (int i = 0; i < FACE_EMPTY; i++) {
        int kind = (drawer->first + i) % FACE_EMPTY;
        CardFace face = card_faces_get((FaceKind)kind);
        Buffer pdf = buffer_in(drawer->arena, 4 << 20);
        if (card_pdf_write(&own, pen, &face, CARD_BOTH, &pdf) == OK) {
            drawer->pdf[kind] = buffer_text(&pdf);
        }
    }
    card_painter_delete(pen);
    return NULL;
}

/* A painter a thread: all draw the same files, in whatever order. */
static void threads_agree(void **state) {
    (void)state;
    enum { DRAWERS = 3 };
    Drawer drawers[DRAWERS] = {0};
    for (int i = 0; i < DRAWERS; i++) {
        drawers[i].first = 2 * i;
        drawers[i].arena = arena_new(64 << 20);
        assert_int_equal(pthread_create(&drawers[i].thread, NULL, draw_all, &drawers[i]), 0);
    }
    for (int i = 0; i < DRAWERS; i++) pthread_join(drawers[i].thread, NULL);
    for (int kind = 0; kind < FACE_EMPTY; kind++) {
        assert_true(drawers[0].pdf[kind].len > 1000);
        for (int i = 1; i < DRAWERS; i++) {
            assert_true(text_eq(drawers[0].pdf[kind], drawers[i].pdf[kind]));
        }
    }
    for (int i = 0; i < DRAWERS; i++) arena_delete(drawers[i].arena);
}

typedef Status (*Side)(Ctx *ctx, const CardCanvas *canvas, const CardFace *face);

/* Nothing is drawn outside the card, on either side, for any face. */
static void ink_stays_inside(void **state) {
    (void)state;
    static const Side sides[] = {card_layout_front, card_layout_back};
    const double scale = 10;
    for (int kind = 0; kind < FACE_COUNT; kind++) {
        CardFace face = card_faces_get((FaceKind)kind);
        for (int i = 0; i < 2; i++) {
            cairo_surface_t *surface =
                cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
            cairo_t *cr = cairo_create(surface);
            cairo_scale(cr, scale, scale);
            CardCanvas canvas = card_painter_canvas(card_faces_painter, cr, QR_MASK, 0);
            assert_int_equal(sides[i](&bare_ctx, &canvas, &face), OK);
            cairo_destroy(cr);
            double x, y, width, height;
            cairo_recording_surface_ink_extents(surface, &x, &y, &width, &height);
            assert_true(x > -0.5 && y > -0.5);
            assert_true(x + width < CARD_WIDTH_MM * scale + 1);
            assert_true(y + height < CARD_HEIGHT_MM * scale + 1);
            cairo_surface_destroy(surface);
        }
    }
}

static cairo_surface_t *front(const CardFace *face) {
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 856, 540);
    cairo_t *cr = cairo_create(image);
    cairo_scale(cr, 10, 10);
    CardCanvas canvas = card_painter_canvas(card_faces_painter, cr, QR_MASK, 10);
    assert_int_equal(card_layout_front(&bare_ctx, &canvas, face), OK);
    cairo_destroy(cr);
    cairo_surface_flush(image);
    return image;
}

/* The longest of everything leaves the code's square (60.8 … 83.4 × 12.4 … 35 mm) as it is when
 * alone on the card. */
static void code_is_clear(void **state) {
    (void)state;
    CardFace full = card_faces_get(FACE_LONG);
    full.provisional = T("Fee being confirmed: not valid before the treasurer has confirmed it");
    CardFace alone = {.check_url = full.check_url, .accent = full.accent};
    cairo_surface_t *a = front(&full), *b = front(&alone);
    int stride = cairo_image_surface_get_stride(a);
    for (int y = 124; y < 350; y++) {
        size_t at = (size_t)(y * stride + 608 * 4);
        assert_memory_equal(cairo_image_surface_get_data(a) + at,
                            cairo_image_surface_get_data(b) + at, 226 * 4);
    }
    cairo_surface_destroy(a);
    cairo_surface_destroy(b);
}

/* One line shrinks, then two lines, then "…": never wider than its place, never more lines. */
static void names_fit(void **state) {
    (void)state;
    CardPainter *painter = card_faces_painter;
    cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
    cairo_t *cr = cairo_create(surface);
    card_painter_canvas(painter, cr, QR_MASK, 0);
    CardType type = {.size = 4.8, .size_min = 3.8, .size_wrapped = 2.8, .lines = 2, .bold = true};
    CardLine shorter = card_painter_fit(painter, T("Lakshmi"), &type, 40);
    CardLine shrunk = card_painter_fit(painter, T("Gyaneshwar Dwivedi"), &type, 40);
    CardLine wrapped = card_painter_fit(painter, T("Gyaneshwar Prasad Shrivastava"), &type, 40);
    CardLine cut = card_painter_fit(painter, card_faces_get(FACE_ENDLESS_WORD).name, &type, 30);
    assert_int_equal(pango_layout_get_line_count(shorter.layout), 1);
    assert_int_equal(pango_layout_get_line_count(shrunk.layout), 1);
    assert_true(shrunk.height < shorter.height);
    assert_int_equal(pango_layout_get_line_count(wrapped.layout), 2);
    assert_false(pango_layout_is_ellipsized(wrapped.layout));
    assert_int_equal(pango_layout_get_line_count(cut.layout), 2);
    assert_true(pango_layout_is_ellipsized(cut.layout));
    assert_true(shrunk.width <= 40 && wrapped.width <= 40 && cut.width <= 30);
    /* kept: the same layout; for another width: another */
    assert_ptr_equal(card_painter_fit(painter, T("Lakshmi"), &type, 40).layout, shorter.layout);
    assert_ptr_not_equal(card_painter_fit(painter, T("Lakshmi"), &type, 39).layout,
                         shorter.layout);
    assert_null(card_painter_fit(painter, TEXT_NONE, &type, 40).layout);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
}

static void svg_has_words(void **state) {
    (void)state;
    CardFace face = card_faces_get(FACE_PROVISIONAL);
    face.name = T("A <b> & \"c\"");
    Buffer svg = buffer_in(bare_ctx.arena, 8 << 20);
    assert_int_equal(card_svg_write(&bare_ctx, NULL, &face, CARD_BOTH, &svg), OK);
    Text text = buffer_text(&svg);
    assert_has(text, T("width=\"85.60mm\" height=\"111.96mm\" viewBox=\"0 0 856.0 1119.6\">"
                       "<title>ग्राम कल्याण कांग्रेस · GKC-204-7719-0358</title>"
                       "<desc>A &lt;b&gt; &amp; &quot;c&quot; · "));
    assert_has(text, T("फ़ीस की पुष्टि बाकी</desc>"));
    assert_null(memmem(text.ptr, text.len, "<image", 6)); /* codes are paths */
    assert_true(text_ends_with(text, T("</svg>\n")));
}

static void initials(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"Sunita Devi Shrivastava", "SS"}, {"Lakshmi", "L"},      {"श्रीवास्तव", "श्री"},
        {"ज्ञानेश्वर द्विवेदी", "ज्ञा"},       {"क़ुरैशी", "क़ु"},       {"🙂 Ravi 🌻", "R"},
        {"🙂", ""},                       {"", ""},             {"  Émile  Zola ", "ÉZ"},
        {"محمد علي", "م"},                {"Kalyan Sangh (Regd.)", "KS"}, {"(Ram)", "R"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[CARD_INITIALS_BYTES];
        Text got = card_initials(text_of(cases[i][0]), out);
        if (!text_eq(got, text_of(cases[i][1]))) print_error("%s\n", cases[i][0]);
        assert_true(text_eq(got, text_of(cases[i][1])));
    }
}

static void colours(void **state) {
    (void)state;
    assert_true(card_colour_contrast(0, 0xffffff) > 20.9);
    assert_int_equal(card_colour_on(0x34357a), 0xffffff);
    assert_true(card_colour_on(0xf0a202) != 0xffffff);
    for (uint32_t c = 0; c <= 0xffffff; c += 0x0f0f0f) {
        assert_true(card_colour_contrast(card_colour_ink(c), 0xffffff) >= 4.5);
        assert_true(card_colour_contrast(card_colour_on(c), c) >= 4.0);
    }
    assert_int_equal(card_colour_ink(0x34357a), 0x34357a);
    assert_int_equal(card_colour_tint(0x000000, 0.2), 0xcccccc);
}

#define CARD_TEST(name) cmocka_unit_test_setup_teardown(name, card_faces_begin, card_faces_end)

int main(void) {
    const struct CMUnitTest tests[] = {
        CARD_TEST(pdf_gives_words), CARD_TEST(pdf_gives_names), CARD_TEST(ink_stays_inside),
        CARD_TEST(code_is_clear),   CARD_TEST(names_fit),       CARD_TEST(svg_has_words),
        CARD_TEST(initials),        CARD_TEST(colours),         CARD_TEST(threads_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
