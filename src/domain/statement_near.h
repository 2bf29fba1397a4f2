/* A digit typed wrong, or two exchanged. */
#ifndef DOMAIN_STATEMENT_NEAR_H
#define DOMAIN_STATEMENT_NEAR_H

#include "base/arena.h"

enum {
    STATEMENT_NEAR_DIGITS = 12,
    STATEMENT_NEAR_MAX = 100000, /* numbers; more are not compared */
};

typedef struct StatementNumber {
    char digits[STATEMENT_NEAR_DIGITS];
    int64_t paise;
    int64_t index; /* the caller's */
    bool of_claim;
} StatementNumber;

/* Calls pair(argument, credit, claim) with the indexes of those of the same amount whose numbers
 * differ by one digit or by one exchange of neighbours, where neither has another such. false:
 * more than the arena holds. */
bool statement_near_find(Arena *arena, const StatementNumber *numbers, int64_t count,
                         void (*pair)(void *argument, int64_t credit, int64_t claim),
                         void *argument);

#endif
