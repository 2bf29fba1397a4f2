/* Cutting, packing, and tickets. */
#include "web/card_photo.h"

#include "base/buffer.h"
#include "media/photo.h"
#include "web/app.h"

/* A picture of 1200 × 4800 with what decoding takes besides, and six small JPEGs. */
enum { WORK_BYTES = 160 << 20, TICKET_BYTES = 16, LENGTH_BYTES = 4 };

static void release(void *arena) { arena_delete(arena); }

static void pack(Buffer *out, Text jpeg) {
    for (int shift = 24; shift >= 0; shift -= 8) buffer_byte(out, (char)(jpeg.len >> shift));
    buffer_add(out, jpeg);
}

/* As photo_crop_default proposes it, both ends and the middle, and twice closer. */
static Status cut(Ctx *ctx, const Photo *photo, Buffer *out) {
    const PhotoCrop crops[CARD_PHOTO_CROPS] = {
        photo_crop_default(photo), {0, 0, 1000},     {500, 500, 1000},
        {1000, 1000, 1000},        {500, 200, 650}, {500, 500, 650},
    };
    for (int i = 0; i < CARD_PHOTO_CROPS; i++) {
        Text jpeg;
        TRY(photo_crop(ctx, photo, crops[i], &jpeg));
        pack(out, jpeg);
    }
    return OK;
}

Status card_photo_crops(Request *rq, Text file, Text *ret_packed) {
    Ctx *ctx = &rq->ctx;
    Arena *own = ctx->arena, *work = arena_new(WORK_BYTES);
    Buffer out = buffer_in(work, CARD_PHOTO_CROPS * (size_t)(PHOTO_JPEG_BYTES + LENGTH_BYTES));
    Photo photo;
    ctx->arena = work;
    Status status = photo_read(ctx, file, &photo_limits, &photo);
    if (status == OK) status = cut(ctx, &photo, &out);
    ctx->arena = own;
    if (status == OK) *ret_packed = arena_copy(own, buffer_text(&out));
    if (status == OK)
        arena_delete(work);
    else
        arena_defer(own, release, work); /* what the errors say lies in it */
    return status;
}

Text card_photo_crop(Text packed, int64_t nth) {
    for (int64_t i = 0; packed.len > LENGTH_BYTES; i++) {
        size_t len = 0;
        for (int b = 0; b < LENGTH_BYTES; b++) len = len << 8 | (unsigned char)packed.ptr[b];
        if (len > packed.len - LENGTH_BYTES) break;
        if (i == nth) return text_slice(packed, LENGTH_BYTES, len);
        packed = text_slice(packed, LENGTH_BYTES + len, packed.len);
    }
    return TEXT_NONE;
}

Text card_photo_ticket(Request *rq, Text secret, int64_t until) {
    uint8_t hash[TICKET_BYTES], bytes[8];
    char *out = ARENA_ARRAY(rq->ctx.arena, char, 2 * TICKET_BYTES);
    Text parts[] = {T("photo"), secret, request_text(rq, "token"), keyring_part_int(until, bytes)};
    keyring_hash(&rq->app->org->keys, KEY_SESSION, parts, 4, hash, sizeof hash);
    text_hex(hash, sizeof hash, out);
    return (Text){out, 2 * (size_t)TICKET_BYTES};
}

bool card_photo_ticket_fits(Request *rq, Text secret, int64_t until, Text ticket) {
    Text right = card_photo_ticket(rq, secret, until);
    return until > rq->ctx.now_s && ticket.len == right.len &&
           secret_eq(ticket.ptr, right.ptr, right.len);
}
