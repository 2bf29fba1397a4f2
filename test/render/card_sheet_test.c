/* Sheets: pages, backs behind their fronts, memory that does not grow with them, a full disk. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#undef fail

#ifdef __SANITIZE_ADDRESS__
/* as sanitizer/allocator_interface.h has it, which not every compiler brings along */
size_t __sanitizer_get_current_allocated_bytes(void);
#else
#include <malloc.h>
#endif

#include "card_faces.h"
#include "card_tools.h"
#include "render/card_sheet.h"

typedef struct File {
    Buffer bytes;
    size_t most; /* writes beyond this are refused */
    size_t seen;
} File;

static bool take(void *data, Text bytes) {
    File *file = data;
    file->seen += bytes.len;
    if (file->seen > file->most) return false;
    if (file->bytes.max) buffer_add(&file->bytes, bytes);
    return true;
}

/* A photograph of one's own, gone with the arena. */
static CardPhoto make_photo(Arena *arena, int nth) {
    enum { SIDE = 96 };
    uint8_t *rgb = ARENA_ARRAY(arena, uint8_t, 3 * SIDE * SIDE);
    for (int i = 0; i < 3 * SIDE * SIDE; i++) rgb[i] = (uint8_t)(nth * 31 + i * (nth % 7 + 1));
    return (CardPhoto){SIDE, rgb, TEXT_NONE};
}

/* Faces numbered from first on, each with codes, a name and a photograph of its own. */
static void make_faces(Arena *arena, CardFace *faces, int count, int first) {
    for (int i = 0; i < count; i++) {
        faces[i] = card_faces_get((first + i) % 2 ? FACE_HINDI : FACE_ENGLISH);
        faces[i].number = arena_printf(arena, "GKC-204-7719-%04d", first + i);
        faces[i].name = arena_printf(arena, "Member %d", first + i);
        faces[i].helpline = arena_printf(arena, "Back %d", first + i);
        faces[i].photo = make_photo(arena, first + i);
        faces[i].check_url =
            arena_printf(arena, "HTTPS://EXAMPLE.ORG/V/GKC2047719%04d-7K3M9QWX", first + i);
        faces[i].signed_code = arena_printf(arena, "%d%.*s", first + i,
                                            TEXT_ARG(faces[i].signed_code));
    }
}

static void add_cards(Ctx *ctx, Paper *sheet, int first, int count) {
    CardFace faces[CARD_SHEET_CARDS];
    for (int done = 0; done < count; done += CARD_SHEET_CARDS) {
        int now = count - done < CARD_SHEET_CARDS ? count - done : CARD_SHEET_CARDS;
        make_faces(ctx->arena, faces, now, first + done);
        assert_int_equal(card_sheet_add(ctx, sheet, faces, now), OK);
        arena_clear(ctx->arena);
    }
}

static int64_t pages_of(Arena *arena, Text pdf) {
    Buffer out = buffer_in(arena, 1 << 16);
    const char *const argv[] = {"pdfinfo", "@", NULL};
    assert_true(card_tools_run(argv, pdf, &out));
    const char *at = memmem(out.ptr, out.len, "Pages:", 6);
    assert_non_null(at);
    return strtol(at + 6, NULL, 10);
}

/* Words in a part of a page, in points from its top left. */
static Text words_at(Arena *arena, Text pdf, const char *page, const char *x, const char *y) {
    Buffer out = buffer_in(arena, 1 << 16);
    const char *const argv[] = {"pdftotext", "-f", page, "-l", page, "-x", x, "-y", y,
                                "-W", "242", "-H", "153", "@", "-", NULL};
    assert_true(card_tools_run(argv, pdf, &out));
    return buffer_text(&out);
}

static bool has(Text text, const char *part) {
    return text.len > 0 && memmem(text.ptr, text.len, part, strlen(part));
}

static void twenty_five_cards(void **state) {
    (void)state;
    if (!card_tools_have("pdfinfo")) skip();
    Arena *arena = arena_new(64 << 20);
    Ctx ctx;
    ctx_init(&ctx, arena);
    File file = {.bytes = buffer_heap(16 << 20), .most = SIZE_MAX};
    Paper *sheet = card_sheet_new(NULL, take, &file);
    add_cards(&ctx, sheet, 0, 25);
    assert_int_equal(paper_finish(&ctx, sheet), OK);
    paper_delete(sheet);
    Text pdf = buffer_text(&file.bytes);
    assert_int_equal(pages_of(arena, pdf), 6);
    /* left and right columns begin at 55 and 297 points, the second row at 191 */
    assert_true(has(words_at(arena, pdf, "1", "55", "38"), "Member 0"));
    assert_true(has(words_at(arena, pdf, "1", "297", "38"), "Member 1\n"));
    assert_true(has(words_at(arena, pdf, "1", "55", "191"), "Member 2\n"));
    assert_true(has(words_at(arena, pdf, "2", "297", "38"), "Back 0"));
    assert_true(has(words_at(arena, pdf, "2", "55", "38"), "Back 1\n"));
    assert_true(has(words_at(arena, pdf, "5", "55", "344"), "Member 24"));
    assert_true(has(words_at(arena, pdf, "6", "297", "344"), "Back 24"));
    assert_false(has(words_at(arena, pdf, "6", "55", "344"), "Back"));
    buffer_free(&file.bytes);
    arena_delete(arena);
}

static size_t heap_in_use(void) {
#ifdef __SANITIZE_ADDRESS__
    return __sanitizer_get_current_allocated_bytes();
#else
    return mallinfo2().uordblks;
#endif
}

/* What the heap holds after 300 cards more than before: cairo's table of pictures and objects, less
 * than a kilobyte a card, and nothing of the drawing or of the photographs, 27 KB each. */
static void memory_is_bounded(void **state) {
    (void)state;
    Arena *arena = arena_new(64 << 20);
    Ctx ctx;
    ctx_init(&ctx, arena);
    File file = {.most = SIZE_MAX};
    Paper *sheet = card_sheet_new(NULL, take, &file);
    add_cards(&ctx, sheet, 0, 100);
    size_t before = heap_in_use(), written = file.seen;
    add_cards(&ctx, sheet, 100, 300);
    size_t after = heap_in_use();
    assert_true(file.seen > written + 300 * 1000); /* pages went out as they were made */
    assert_true(after < before + 300 * 1024);
    assert_int_equal(paper_finish(&ctx, sheet), OK);
    paper_delete(sheet);
    arena_delete(arena);
}

static void full_disk(void **state) {
    (void)state;
    Arena *arena = arena_new(64 << 20);
    Ctx ctx;
    ctx_init(&ctx, arena);
    File file = {.most = 20000};
    Paper *sheet = card_sheet_new(NULL, take, &file);
    CardFace faces[CARD_SHEET_CARDS];
    make_faces(arena, faces, CARD_SHEET_CARDS, 0);
    Status status = OK;
    for (int i = 0; i < 20 && status == OK; i++) {
        status = card_sheet_add(&ctx, sheet, faces, CARD_SHEET_CARDS);
    }
    assert_int_equal(status, IO);
    assert_int_equal(paper_finish(&ctx, sheet), IO);
    paper_delete(sheet);
    arena_delete(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(twenty_five_cards),
                                       cmocka_unit_test(memory_is_bounded),
                                       cmocka_unit_test(full_disk)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
