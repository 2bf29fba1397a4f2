/* Where a credit has its own number the day, amount and number are enough, so that the account's
 * CSV and XLSX agree even where one has no balance. Lines without one are told apart by balance,
 * else by the words. Lines that are the same in all of it are numbered. */
#include "domain/statement_fingerprint.h"

#include "domain/statement_value.h"

typedef struct Entry {
    uint8_t digest[DIGEST_BYTES];
    int64_t index;
} Entry;

static void of_line(Arena *arena, const StatementCredit *credit, uint8_t out[DIGEST_BYTES]) {
    char day[24], paise[24], balance[24] = "";
    (void)snprintf(day, sizeof day, "%lld", (long long)credit->day);
    (void)snprintf(paise, sizeof paise, "%lld", (long long)credit->paise);
    Text words = TEXT_NONE;
    if (!credit->utr.len && credit->has_balance)
        (void)snprintf(balance, sizeof balance, "%lld", (long long)credit->balance);
    if (!credit->utr.len && !credit->has_balance)
        words = statement_value_words(arena, credit->narration);
    Text parts[] = {text_of(day), text_of(paise), credit->utr, text_of(balance), words};
    digest_of(parts, sizeof parts / sizeof *parts, out);
}

static int compare(const void *a, const void *b) {
    const Entry *one = a, *other = b;
    int order = memcmp(one->digest, other->digest, DIGEST_BYTES);
    if (order) return order;
    return one->index < other->index ? -1 : one->index > other->index;
}

bool statement_fingerprint_all(Arena *arena, Arena *scratch, StatementCredits *credits) {
    Entry *entries = arena_try(arena, sizeof *entries * (size_t)credits->count);
    if (!entries) return false;
    for (int64_t i = 0; i < credits->count; i++) {
        of_line(scratch, &credits->list[i], entries[i].digest);
        arena_clear(scratch);
        entries[i].index = i;
    }
    qsort(entries, (size_t)credits->count, sizeof *entries, compare);
    int64_t same = 0;
    for (int64_t i = 0; i < credits->count; i++) {
        bool again = i && memcmp(entries[i - 1].digest, entries[i].digest, DIGEST_BYTES) == 0;
        same = again ? same + 1 : 0;
        uint8_t number[8];
        for (int byte = 0; byte < 8; byte++) number[byte] = (uint8_t)(same >> (8 * byte));
        Text parts[] = {text_bytes(entries[i].digest, DIGEST_BYTES), text_bytes(number, 8)};
        digest_of(parts, 2, credits->list[entries[i].index].fingerprint);
    }
    return true;
}
