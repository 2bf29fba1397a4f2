/* What a membership is, in the reader's words. */
#ifndef WEB_MEMBER_WORDS_H
#define WEB_MEMBER_WORDS_H

#include "domain/member_state.h"

/* Key of a message: "On hold". For the organisation's people; who checks a card learns less. */
const char *member_words_state(MemberState state);

#endif
