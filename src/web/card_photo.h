/* What an upload becomes before the member chooses: a few squares cut out of it, so that choosing
 * needs neither script nor the picture again. And the ticket without which no upload is decoded:
 * decoding is dear, and the session can only be looked up afterwards. */
#ifndef WEB_CARD_PHOTO_H
#define WEB_CARD_PHOTO_H

#include "web/card_act.h"

enum { CARD_PHOTO_CROPS = 6 };

/* All crops of an uploaded file (media/photo.h), packed, in the arena of the request. INVALID on
 * "photo" with a sentence. */
MUST_USE Status card_photo_crops(Request *rq, Text file, Text *ret_packed);
/* The nth of them, from 0; empty when there is none. */
Text card_photo_crop(Text packed, int64_t nth);

/* For the form of an open session: until is when it ends. */
Text card_photo_ticket(Request *rq, Text secret, int64_t until);
/* Of a form that came in. */
bool card_photo_ticket_fits(Request *rq, Text secret, int64_t until, Text ticket);

#endif
