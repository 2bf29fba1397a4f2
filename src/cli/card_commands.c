/* card, card sheet: cards as files. */
#include <unistd.h>

#include "base/limits.h"
#include "cli/out_file.h"
#include "cli/progress.h"
#include "cli/register.h"
#include "domain/audit.h"
#include "domain/tally.h"
#include "render/card_pdf.h"
#include "render/card_png.h"
#include "render/card_sheet.h"
#include "render/card_svg.h"
#include "render/messages.h"
#include "web/card_view.h"

enum { CARD_FILE_BYTES_MAX = 16 << 20, NUMBERS_FILE_BYTES_MAX = 256 << 20, UNIT_PAGE = 200,
       PAGE_ARENA_BYTES = 16 << 20 };

typedef struct Drawing {
    Text number;
    Card card;
} Drawing;

/* Drawing a card shows a person's data: it is recorded. */
static Status load_apply(Ctx *ctx, void *argument) {
    Drawing *d = argument;
    Member member;
    TRY(member_by_number(ctx, d->number, &member));
    TRY(card_load(ctx, member.serial, false, &d->card));
    TRY(card_read_more(ctx, &d->card));
    Text subject = arena_printf(ctx->arena, "member:%lld", (long long)member.serial);
    return audit_add(ctx, "card.draw", subject, T(""));
}

static Status draw(Ctx *ctx, Text format, CardSides sides, const CardFace *face, Buffer *out) {
    if (text_eq(format, T("pdf"))) return card_pdf_write(ctx, NULL, face, sides, out);
    if (text_eq(format, T("svg"))) return card_svg_write(ctx, NULL, face, sides, out);
    if (text_eq(format, T("phone"))) return card_png_phone(ctx, NULL, face, out);
    return card_png_write(ctx, NULL, face, sides, out);
}

/* A card speaks to its member and to who checks it, not to who draws it. */
static void face_of(Cli *cli, Ctx *ctx, const Card *card, CardFace *ret) {
    Lang own = ctx->lang;
    if (command_has(cli, "lang"))
        ctx->lang = text_eq(command_option(cli, "lang"), T("hi")) ? LANG_HI : LANG_EN;
    card_view_face(ctx, card, ret);
    ctx->lang = own;
}

static Status run_card(Cli *cli) {
    Ctx *ctx = &cli->ctx;
    Text side = command_option(cli, "side"), path = command_option(cli, "out");
    CardSides sides = text_eq(side, T("front"))  ? CARD_FRONT
                      : text_eq(side, T("back")) ? CARD_BACK
                                                 : CARD_BOTH;
    if (!path.len && isatty(STDOUT_FILENO))
        return command_misuse(cli, NULL, "card_needs_file");
    TRY(register_open(cli, STORE_COMMAND));
    Drawing *d = ARENA_NEW(ctx->arena, Drawing);
    d->number = cli->arguments[0];
    TRY(lane_write(cli->store, ctx, load_apply, d));
    TRY(card_sign(ctx, NULL, &d->card));
    CardFace face;
    face_of(cli, ctx, &d->card, &face);
    Buffer out = buffer_in(ctx->arena, CARD_FILE_BYTES_MAX);
    TRY(draw(ctx, command_option(cli, "format"), sides, &face, &out));
    return out_file_write(ctx, path, buffer_text(&out));
}

/* One sheet being filled: cards of a page are loaded, drawn and forgotten. */
typedef struct Sheet {
    Cli *cli;
    Paper *pages;
    SignedCodeMaker *maker;
    Arena *arena; /* of one page, with its photographs decoded: given back when it is drawn */
    int64_t serials[CARD_SHEET_CARDS];
    int count;
    Card cards[CARD_SHEET_CARDS];
    int64_t drawn, total;
    Progress progress;
} Sheet;

static Status load_page_apply(Ctx *ctx, void *argument) {
    Sheet *s = argument;
    for (int i = 0; i < s->count; i++) {
        TRY(card_load(ctx, s->serials[i], true, &s->cards[i]));
        TRY(card_read_more(ctx, &s->cards[i]));
    }
    return OK;
}

static Status draw_page(Sheet *s, Ctx *ctx) {
    CardFace faces[CARD_SHEET_CARDS];
    TRY(lane_read(s->cli->store, ctx, load_page_apply, s));
    for (int i = 0; i < s->count; i++) {
        TRY(card_sign(ctx, s->maker, &s->cards[i]));
        face_of(s->cli, ctx, &s->cards[i], &faces[i]);
    }
    return card_sheet_add(ctx, s->pages, faces, s->count);
}

static Status flush_page(Sheet *s) {
    if (!s->count) return OK;
    Ctx *ctx = &s->cli->ctx;
    Arena *command = ctx->arena;
    ctx->arena = s->arena;
    Status status = draw_page(s, ctx);
    ctx->arena = command;
    arena_clear(s->arena);
    s->drawn += s->count;
    s->count = 0;
    progress_update(&s->progress, s->drawn, s->total);
    if (status == OK && progress_stop_wanted())
        return fail(ctx, BUSY, NULL, "stopped_by_user");
    return status;
}

static Status add_card(Sheet *s, int64_t serial) {
    s->serials[s->count++] = serial;
    return s->count == CARD_SHEET_CARDS ? flush_page(s) : OK;
}

typedef struct UnitSheet {
    Text code;
    UnitWalk walk;
    Unit unit;
    bool more;
    Tally tally;
    MemberCursor cursor;
    Member page[UNIT_PAGE];
    int count;
} UnitSheet;

static Status unit_begin_apply(Ctx *ctx, void *argument) {
    UnitSheet *u = argument;
    Unit top;
    TRY(unit_by_code(ctx, u->code, &top));
    TRY(tally_read(ctx, top.id, &u->tally));
    u->walk = unit_walk(&top);
    TRY(audit_add(ctx, "card.sheet", arena_printf(ctx->arena, "unit:%lld", (long long)top.id),
                  T("")));
    return unit_walk_next(ctx, &u->walk, &u->unit, &u->more);
}

static Status unit_page_apply(Ctx *ctx, void *argument) {
    UnitSheet *u = argument;
    return member_of_unit(ctx, u->unit.id, 0, &u->cursor, u->page, UNIT_PAGE, &u->count);
}

static Status unit_next_apply(Ctx *ctx, void *argument) {
    UnitSheet *u = argument;
    return unit_walk_next(ctx, &u->walk, &u->unit, &u->more);
}

static bool has_card(const Member *m) {
    return m->state == MEMBER_PROVISIONAL || m->state == MEMBER_CONFIRMED;
}

static Status add_unit_members(Sheet *s, UnitSheet *u, Arena *pages) {
    Ctx *ctx = &s->cli->ctx;
    Arena *command = ctx->arena;
    u->cursor = (MemberCursor){0};
    do {
        ctx->arena = pages;
        Status status = lane_read(s->cli->store, ctx, unit_page_apply, u);
        ctx->arena = command;
        TRY(status);
        for (int i = 0; i < u->count; i++)
            if (has_card(&u->page[i])) TRY(add_card(s, u->page[i].serial));
        arena_clear(pages);
    } while (u->count == UNIT_PAGE);
    return lane_read(s->cli->store, ctx, unit_next_apply, u);
}

static Status sheet_of_unit(Sheet *s, Text code) {
    UnitSheet *u = ARENA_NEW(s->cli->ctx.arena, UnitSheet);
    u->code = code;
    TRY(lane_write(s->cli->store, &s->cli->ctx, unit_begin_apply, u));
    s->total = u->tally.members - u->tally.suspended;
    Arena *pages = arena_new(LIMIT_REQUEST_ARENA_BYTES);
    Status status = OK;
    while (status == OK && u->more) status = add_unit_members(s, u, pages);
    arena_delete(pages);
    return status;
}

static Status number_apply(Ctx *ctx, void *argument) {
    Drawing *d = argument;
    TRY(member_by_number(ctx, d->number, &d->card.member));
    if (!has_card(&d->card.member)) return fail(ctx, CONFLICT, NULL, "card_not_yet");
    Text subject = arena_printf(ctx->arena, "member:%lld", (long long)d->card.member.serial);
    return audit_add(ctx, "card.draw", subject, T(""));
}

/* A number a line; empty lines pass. The first bad one is named with its line. */
static Status sheet_of_numbers(Sheet *s, Text path) {
    Ctx *ctx = &s->cli->ctx;
    FILE *file = fopen(arena_cstr(ctx->arena, path), "rb");
    if (!file) {
        Status status = fail(ctx, IO, NULL, "file_unreadable");
        fail_arg(ctx, "file", path);
        return status;
    }
    char line[256];
    Status status = OK;
    for (int64_t n = 1; status == OK && fgets(line, sizeof line, file); n++) {
        Drawing d = {.number = text_trim(text_of(line))};
        if (!d.number.len) continue;
        status = lane_write(s->cli->store, ctx, number_apply, &d);
        if (status == OK) {
            s->total++;
            status = add_card(s, d.card.member.serial);
        } else {
            s->cli->where = arena_printf(ctx->arena, "%.*s:%lld: ", TEXT_ARG(path), (long long)n);
        }
    }
    (void)fclose(file);
    return status;
}

static bool write_bytes(void *data, Text bytes) {
    return fwrite(bytes.ptr, 1, bytes.len, data) == bytes.len;
}

static Status fill_sheet(Sheet *s) {
    Cli *cli = s->cli;
    s->progress = progress_begin(&cli->ctx, "progress_cards");
    if (command_has(cli, "unit"))
        TRY(sheet_of_unit(s, command_option(cli, "unit")));
    else
        TRY(sheet_of_numbers(s, command_option(cli, "numbers")));
    TRY(flush_page(s));
    progress_end(&s->progress, s->drawn);
    if (!s->drawn) return fail(&cli->ctx, NOT_FOUND, NULL, "card_sheet_empty");
    return paper_finish(&cli->ctx, s->pages);
}

static Status run_sheet(Cli *cli) {
    Ctx *ctx = &cli->ctx;
    Text path = command_option(cli, "out");
    if (command_has(cli, "unit") == command_has(cli, "numbers"))
        return command_misuse(cli, NULL, "card_sheet_which");
    TRY(register_open(cli, STORE_COMMAND));
    progress_catch_signals();
    OutFile file;
    TRY(out_file_open(ctx, path, &file));
    Sheet *s = ARENA_NEW(ctx->arena, Sheet);
    s->cli = cli;
    s->maker = signed_code_maker_new();
    s->arena = arena_new(PAGE_ARENA_BYTES);
    s->pages = card_sheet_new(NULL, write_bytes, file.stream);
    Status status = fill_sheet(s);
    paper_delete(s->pages);
    arena_delete(s->arena);
    signed_code_maker_delete(s->maker);
    TRY(out_file_close(ctx, &file, status));
    if (file.is_output) return OK;
    ErrorArg done[] = {{"file", path}, {"cards", message_number(ctx->arena, s->drawn)}};
    command_say(cli, "card_sheet_done", done, 2);
    return OK;
}

static const Option card_options[] = {
    {"format", "pdf|png|svg|phone", true, "phone: one tall picture for a telephone"},
    {"lang", "hi|en", false, "language of the card; the terminal's when left out"},
    {"side", "front|back|both", false, "both when left out"},
    {"out", "FILE", false, "where to write it (also -o FILE); standard output when left out"},
    {NULL, NULL, false, NULL},
};
static const Option sheet_options[] = {
    {"unit", "CODE", false, "all cards of a unit with all below it"},
    {"numbers", "FILE", false, "the cards of these membership numbers, one a line"},
    {"lang", "hi|en", false, "language of the cards; the terminal's when left out"},
    {"out", "FILE.pdf", true, "where to write it (also -o FILE)"},
    {NULL, NULL, false, NULL},
};

const Command card_commands[] = {
    {"card", "NUMBER", 1, card_options, run_card, "a member's card as a file", NULL, false},
    {"card sheet", "", 0, sheet_options, run_sheet,
     "cards on A4, ten a page with cutting marks, fronts and backs", NULL, false},
    {.words = NULL},
};
