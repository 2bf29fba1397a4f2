/* The generated table of sentences, for messages.c and template.c only: others ask by key. */
#ifndef RENDER_MESSAGE_TABLE_H
#define RENDER_MESSAGE_TABLE_H

#include "base/ctx.h"

typedef struct MessageText {
    Text key;
    Text text[LANG_COUNT];
} MessageText;

/* Sorted by key; generated when built (tools/messages.py). Ids are M_… of messages.gen.h. */
extern const MessageText message_texts[];

Text message_at(Lang lang, int id);
/* The number as digits grouped as in India; returns how many bytes. */
size_t message_group_digits(int64_t value, char out[32]);

#endif
