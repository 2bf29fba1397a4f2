/* What stands on a card, ready to draw: values only, filled by domain/card.c, drawn by card_pdf,
 * card_png, card_svg. Texts are valid UTF-8; empty ones are left out. */
#ifndef RENDER_CARD_FACE_H
#define RENDER_CARD_FACE_H

#include "base/text.h"

enum { CARD_POSTS_MAX = 3 };

typedef struct CardPhoto {
    int side;           /* pixels; 0: there is none */
    const uint8_t *rgb; /* side * side * 3 */
    Text jpeg;          /* the same picture, as it is embedded in PDFs */
} CardPhoto;

typedef struct CardFace {
    Text organisation;       /* as in the card's language */
    Text organisation_alt;   /* in the other, smaller */
    Text slogan;             /* across the back, or empty */
    uint32_t accent;         /* 0xRRGGBB, the organisation's colour band */
    Text relative;           /* "Parent or spouse: …" on the front, or empty */
    Text born;               /* "Born 15 August 1947" on the front, or empty */
    Text in_need;            /* blood group and whom to call, on the back, or empty */
    CardPhoto photo;         /* of the member, in place of the initials */
    Text name;               /* as printed */
    Text name_alt;           /* in the other script */
    Text number;             /* "GKC-204-7719-0350" */
    Text unit;               /* "Sitapur, Uttar Pradesh" / "सीतापुर, उत्तर प्रदेश" */
    Text kind;               /* "Ordinary member" */
    Text since;              /* "21 November 2026" */
    Text valid_until;        /* "For life" or a date */
    Text posts[CARD_POSTS_MAX];
    int post_count;
    Text provisional;        /* text across a card that is not valid yet, or not now ("Fee being
                                confirmed", "On hold"), or empty */
    Text check_url;          /* "HTTPS://…/V/GKC20477190350-7K3M9QWX", upper case */
    Text check_host;         /* "example.org": the host under which alone this card is checked */
    Text signed_code;        /* Base45, for the back */
    Text registration;       /* "Registration no. …" or empty */
    Text address;
    Text helpline;
    /* Fixed texts in the card's language, from po/ */
    Text label_member_since, label_valid, label_number, label_unit;
    Text back_check;         /* "Check this card only at example.org" */
    Text back_found;         /* what to do with a found card */
    Text back_not_id;        /* "Not a government identity card" */
    Text front_scan;         /* "Scan to check" */
} CardFace;

#endif
