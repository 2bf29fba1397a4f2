/* One read for all, so that what is measured afterwards is no part of the store's work. */
#include "faces.h"

#include "base/limits.h"
#include "crypto/keyring.h"
#include "web/card_view.h"

typedef struct Wanted {
    Card *cards;
    int count;
    int64_t members;
} Wanted;

static void must(Cli *cli, Status status) {
    if (status == OK) return;
    (void)fprintf(stderr, "bench: %s %s\n",
                  cli->ctx.error_count ? cli->ctx.errors[0].message : "", cli->ctx.detail);
    exit(3);
}

void faces_open(Cli *cli, const char *data_dir) {
    if (!crypto_start()) exit(3);
    *cli = (Cli){.data_dir = text_of(data_dir)};
    ctx_init(&cli->ctx, arena_new(LIMIT_COMMAND_ARENA_BYTES));
    must(cli, register_open(cli, STORE_READ_ONLY));
}

static bool exists(Ctx *ctx, int64_t serial) {
    Member member;
    bool found = member_by_serial(ctx, serial, &member) == OK;
    ctx_forget_errors(ctx);
    return found;
}

/* Serials are given out without gaps: the last one is found by halving. */
static int64_t count_members(Ctx *ctx) {
    int64_t low = 0, high = 1;
    while (exists(ctx, high)) high *= 2;
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        *(exists(ctx, middle) ? &low : &high) = middle;
    }
    return high;
}

static Status load_apply(Ctx *ctx, void *argument) {
    Wanted *w = argument;
    w->members = count_members(ctx);
    uint64_t at = 1;
    for (int i = 0; i < w->count; i++) {
        do { /* who left or waits has no card to check */
            at = at * 6364136223846793005u + 1442695040888963407u;
            TRY(card_load(ctx, (int64_t)((at >> 33) % (uint64_t)w->members), true, &w->cards[i]));
        } while (w->cards[i].member.state != MEMBER_CONFIRMED);
    }
    return OK;
}

Card *faces_cards(Cli *cli, int count) {
    Ctx *ctx = &cli->ctx;
    Wanted wanted = {ARENA_ARRAY(ctx->arena, Card, count), count, 0};
    SignedCodeMaker *maker = signed_code_maker_new();
    must(cli, lane_read(cli->store, ctx, load_apply, &wanted));
    for (int i = 0; i < count; i++) must(cli, card_sign(ctx, maker, &wanted.cards[i]));
    signed_code_maker_delete(maker);
    return wanted.cards;
}

CardFace *faces_load(Cli *cli, int count) {
    Card *cards = faces_cards(cli, count);
    CardFace *faces = ARENA_ARRAY(cli->ctx.arena, CardFace, count);
    for (int i = 0; i < count; i++) card_view_face(&cli->ctx, &cards[i], &faces[i]);
    return faces;
}

void faces_close(Cli *cli) { arena_delete(cli->ctx.arena); }
