/* Two numbers that differ in one digit are the same without it: so each number is laid under a key
 * for each digit left out and for each pair of neighbours put in order, and equal keys meet. */
#include "domain/statement_near.h"

enum { KEYS = STATEMENT_NEAR_DIGITS * 2 - 1 };

typedef struct Key {
    char form[STATEMENT_NEAR_DIGITS];
    uint8_t place;
    int32_t number;
} Key;

typedef struct Partner {
    int32_t number; /* + 1; 0: none yet */
    bool several;
} Partner;

static Key key_of(const StatementNumber *number, int32_t index, int place) {
    Key key = {.place = (uint8_t)place, .number = index};
    memcpy(key.form, number->digits, STATEMENT_NEAR_DIGITS);
    if (place < STATEMENT_NEAR_DIGITS) {
        key.form[place] = '*';
        return key;
    }
    char *pair = key.form + (place - STATEMENT_NEAR_DIGITS);
    if (pair[0] > pair[1]) {
        char first = pair[0];
        pair[0] = pair[1];
        pair[1] = first;
    }
    return key;
}

static int compare(const void *a, const void *b) {
    const Key *one = a, *other = b;
    if (one->place != other->place) return one->place < other->place ? -1 : 1;
    int order = memcmp(one->form, other->form, sizeof one->form);
    if (order) return order;
    return one->number < other->number ? -1 : one->number > other->number;
}

static bool same_key(const Key *one, const Key *other) {
    return one->place == other->place && memcmp(one->form, other->form, sizeof one->form) == 0;
}

static void note(Partner *partner, int32_t number) {
    if (partner->number && partner->number != number + 1) partner->several = true;
    partner->number = number + 1;
}

/* Numbers that meet under one key: three or more are no clear case, whoever they are. */
static void note_run(const StatementNumber *numbers, const Key *keys, int64_t len,
                     Partner *partners) {
    if (len < 2) return;
    const Key *first = &keys[0], *second = &keys[1];
    for (int64_t i = 0; len > 2 && i < len; i++) partners[keys[i].number].several = true;
    const StatementNumber *one = &numbers[first->number], *other = &numbers[second->number];
    if (len > 2 || one->of_claim == other->of_claim || one->paise != other->paise) return;
    note(&partners[first->number], second->number);
    note(&partners[second->number], first->number);
}

bool statement_near_find(Arena *arena, const StatementNumber *numbers, int64_t count,
                         void (*pair)(void *argument, int64_t credit, int64_t claim),
                         void *argument) {
    if (count < 2 || count > STATEMENT_NEAR_MAX) return true;
    Key *keys = arena_try(arena, sizeof *keys * (size_t)count * KEYS);
    Partner *partners = arena_try(arena, sizeof *partners * (size_t)count);
    if (!keys || !partners) return false;
    int64_t key_count = 0;
    for (int32_t i = 0; i < count; i++)
        for (int place = 0; place < KEYS; place++)
            keys[key_count++] = key_of(&numbers[i], i, place);
    qsort(keys, (size_t)key_count, sizeof *keys, compare);
    for (int64_t from = 0, to; from < key_count; from = to) {
        for (to = from + 1; to < key_count && same_key(&keys[from], &keys[to]); to++) {
        }
        note_run(numbers, keys + from, to - from, partners);
    }
    for (int64_t i = 0; i < count; i++) {
        const Partner *partner = &partners[i];
        if (numbers[i].of_claim || !partner->number || partner->several) continue;
        if (partners[partner->number - 1].several) continue;
        pair(argument, numbers[i].index, numbers[partner->number - 1].index);
    }
    return true;
}
