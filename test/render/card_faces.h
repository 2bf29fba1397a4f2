/* Faces for the card's tests: an everyday one in each language and the awkward ones. */
#ifndef TEST_RENDER_CARD_FACES_H
#define TEST_RENDER_CARD_FACES_H

#include "bare_ctx.h"
#include "render/card_face.h"
#include "render/card_painter.h"

typedef enum FaceKind {
    FACE_ENGLISH,
    FACE_HINDI,
    FACE_PROVISIONAL,
    FACE_LONG,
    FACE_ONE_WORD,
    FACE_EMOJI,
    FACE_RIGHT_TO_LEFT,
    FACE_ENDLESS_WORD,
    FACE_CROWDED, /* sixty letters, posts, a relative, whom to call, a photo */
    FACE_EMPTY,
    FACE_COUNT
} FaceKind;

CardFace card_faces_get(FaceKind kind);

/* What draws them: made and removed with bare_ctx, as setup and teardown of cmocka. */
extern CardPainter *card_faces_painter;
int card_faces_begin(void **state);
int card_faces_end(void **state);

#endif
