/* See nearest.h. */
#include "cli/nearest.h"

#include "cli/help.h"

enum { WORD_BYTES_MAX = 40, FAR = 1000 };

static int least(int a, int b) { return a < b ? a : b; }

int nearest_distance(Text a, Text b) {
    int at[WORD_BYTES_MAX + 1][WORD_BYTES_MAX + 1];
    if (a.len > WORD_BYTES_MAX || b.len > WORD_BYTES_MAX) return FAR;
    int rows = (int)a.len, columns = (int)b.len;
    for (int i = 0; i <= rows; i++) {
        for (int j = 0; j <= columns; j++) {
            at[i][j] = i + j; /* right in the first row and column */
            if (!i || !j) continue;
            bool same = a.ptr[i - 1] == b.ptr[j - 1];
            at[i][j] = least(at[i - 1][j], at[i][j - 1]) + 1;
            at[i][j] = least(at[i][j], at[i - 1][j - 1] + !same);
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1])
                at[i][j] = least(at[i][j], at[i - 2][j - 2] + 1);
        }
    }
    return at[rows][columns];
}

/* Keeps the candidate when it is nearer than the best so far: a third may be wrong, not more. */
static void consider(Text typed, Text candidate, int *least_yet, Text *best) {
    int distance = nearest_distance(typed, candidate);
    if (distance > (int)(candidate.len + 2) / 3 || distance >= *least_yet) return;
    *least_yet = distance;
    *best = candidate;
}

Text nearest_verb(Ctx *ctx, int argc, char **argv) {
    Text one = text_of(argv[0]), best = TEXT_NONE;
    Text two = argc > 1 ? arena_printf(ctx->arena, "%s %s", argv[0], argv[1]) : one;
    bool begins = help_has_group(argv[0]); /* then the second word is wrong */
    int least_yet = FAR;
    for (int t = 0; command_tables[t]; t++) {
        for (const Command *c = command_tables[t]; c->words; c++) {
            Text words = text_of(c->words), rest = words, first;
            (void)text_split(&rest, ' ', &first);
            bool pair = first.len < words.len;
            if (pair || !begins) consider(pair ? two : one, words, &least_yet, &best);
            if (pair && argc == 1) consider(one, first, &least_yet, &best);
        }
    }
    return best;
}

Text nearest_option(const Command *command, Text name) {
    int least_yet = FAR;
    Text best = TEXT_NONE;
    consider(name, T("data"), &least_yet, &best);
    consider(name, T("help"), &least_yet, &best);
    for (int i = 0; command->options && command->options[i].name; i++)
        consider(name, text_of(command->options[i].name), &least_yet, &best);
    return best;
}
