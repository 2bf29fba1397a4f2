/* What the program does without HTTP, measured within one process.
 *
 * usage: measure cards DATA SECONDS      card PDFs a second, one file a card
 *        measure sheets DATA SECONDS     cards a second, ten a page in one file
 *        measure sign DATA SECONDS       signed codes a second; covered: bytes signed
 *        measure codes DATA COUNT        addresses that check so many cards, one a line
 *        measure duplicate DATA COUNT    the look-up for doubles, cold and warm pages alike */
#include "faces.h"
#include "people.h"
#include "render/card_pdf.h"
#include "render/card_sheet.h"
#include "store/query.h"

enum { FACES = 200, PDF_BYTES_MAX = 1 << 20 };

static void must(Status status) {
    if (status == OK) return;
    (void)fprintf(stderr, "measure: it failed\n");
    exit(3);
}

static void report(int64_t count, int64_t began_ns, const char *more, int64_t value) {
    (void)printf("{\"count\":%lld,\"per_second\":%.1f,\"%s\":%lld}\n", (long long)count,
                 (double)count * 1e9 / (double)(people_now_ns() - began_ns), more,
                 (long long)value);
}

static int64_t until(const char *seconds) {
    return people_now_ns() + (int64_t)(strtod(seconds, NULL) * 1e9);
}

static void measure_cards(Cli *cli, const char *seconds) {
    CardFace *faces = faces_load(cli, FACES);
    CardPainter *painter = card_painter_new();
    Buffer out = buffer_heap(PDF_BYTES_MAX);
    int64_t count = 0;
    must(card_pdf_write(&cli->ctx, painter, &faces[0], CARD_BOTH, &out)); /* loads fonts */
    int64_t until_ns = until(seconds), began_ns = people_now_ns();
    for (; people_now_ns() < until_ns; count++) {
        buffer_reset(&out);
        must(card_pdf_write(&cli->ctx, painter, &faces[count % FACES], CARD_BOTH, &out));
    }
    report(count, began_ns, "bytes", (int64_t)out.len);
    buffer_free(&out);
    card_painter_delete(painter);
}

static bool count_bytes(void *data, Text bytes) {
    *(int64_t *)data += (int64_t)bytes.len;
    return true;
}

static void measure_sheets(Cli *cli, const char *seconds) {
    CardFace *faces = faces_load(cli, FACES);
    CardPainter *painter = card_painter_new();
    int64_t count = 0, bytes = 0;
    int64_t until_ns = until(seconds), began_ns = people_now_ns();
    Paper *sheet = card_sheet_new(painter, count_bytes, &bytes);
    for (; people_now_ns() < until_ns; count += CARD_SHEET_CARDS)
        must(card_sheet_add(&cli->ctx, sheet, &faces[count % FACES], CARD_SHEET_CARDS));
    must(paper_finish(&cli->ctx, sheet));
    report(count, began_ns, "bytes_a_card", bytes / count);
    paper_delete(sheet);
    card_painter_delete(painter);
}

/* Claims as the program makes them are domain/card.c's own; these have the same lengths. */
static CardClaims claims_like(Cli *cli, const Card *card) {
    return (CardClaims){
        .issuer = cli->org.host,
        .not_before = card->member.joined_at,
        .issued_at = card->member.joined_at,
        .status_index = 60000,
        .status_uri = arena_printf(cli->ctx.arena, "%.*s/status/0", TEXT_ARG(cli->org.base_url)),
        .number = card->number,
        .language = T("hin"),
        .name = card->member.name,
        .name_second = card->member.name_alt,
        .language_second = card->member.name_alt.len ? T("eng") : TEXT_NONE,
        .location = card->unit.code,
    };
}

static void measure_sign(Cli *cli, const char *seconds) {
    Card *cards = faces_cards(cli, FACES);
    CardClaims claims[FACES];
    const Keyring *keys = &cli->org.keys;
    SignedCodeMaker *maker = signed_code_maker_new();
    Arena *arena = arena_new(1 << 20);
    int64_t count = 0, covered = 0;
    for (int i = 0; i < FACES; i++) {
        claims[i] = claims_like(cli, &cards[i]);
        covered += (int64_t)signed_code_covered(cli->ctx.arena, keys, &claims[i]).len;
    }
    int64_t until_ns = until(seconds), began_ns = people_now_ns();
    for (; people_now_ns() < until_ns; count++) {
        if (!signed_code_make(maker, arena, keys, &claims[count % FACES]).len) must(INVALID);
        arena_clear(arena);
    }
    report(count, began_ns, "covered", covered / FACES);
    arena_delete(arena);
    signed_code_maker_delete(maker);
}

static void print_codes(Cli *cli, const char *count_text) {
    int count = (int)strtol(count_text, NULL, 10);
    Card *cards = faces_cards(cli, count);
    for (int i = 0; i < count; i++)
        (void)printf("/api/v1/check/%.*s\n", TEXT_ARG(cards[i].check_code));
}

/* The statement by which an enrolment finds who is on a phone already. */
static Status duplicate_apply(Ctx *ctx, void *argument) {
    bool found = true;
    Query *q = query_begin(ctx, Q_PHONE_SLOT_LIST);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "phone_hash", text_bytes(argument, 16));
    while (found) TRY(query_row(q, &found));
    return query_done(q);
}

static int by_size(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void measure_duplicate(Cli *cli, const char *count_text) {
    int64_t count = strtoll(count_text, NULL, 10);
    int64_t *took_ns = ARENA_ARRAY(cli->ctx.arena, int64_t, count);
    for (int64_t i = 0; i < count; i++) {
        uint64_t hash[2] = {(uint64_t)i * 0x9e3779b97f4a7c15u, (uint64_t)i};
        int64_t began_ns = people_now_ns();
        must(lane_read(cli->store, &cli->ctx, duplicate_apply, hash));
        took_ns[i] = people_now_ns() - began_ns;
    }
    qsort(took_ns, (size_t)count, sizeof *took_ns, by_size);
    (void)printf("{\"count\":%lld,\"ms_p50\":%.4f,\"ms_p99\":%.4f,\"ms_max\":%.4f}\n",
                 (long long)count, (double)took_ns[count / 2] / 1e6,
                 (double)took_ns[count * 99 / 100] / 1e6, (double)took_ns[count - 1] / 1e6);
}

int main(int argc, char **argv) {
    static const struct {
        const char *name;
        void (*run)(Cli *cli, const char *value);
    } kinds[] = {{"cards", measure_cards}, {"sheets", measure_sheets}, {"sign", measure_sign},
                 {"codes", print_codes}, {"duplicate", measure_duplicate}};
    static Cli cli;
    for (size_t i = 0; argc == 4 && i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].name, argv[1]) != 0) continue;
        faces_open(&cli, argv[2]);
        kinds[i].run(&cli, argv[3]);
        faces_close(&cli);
        return 0;
    }
    (void)fprintf(stderr, "measure: see the head of bench/measure.c\n");
    return 2;
}
