/* See payment_words.h. */
#include "web/payment_words.h"

typedef struct Words {
    const char *problem, *label, *sentence, *todo;
} Words;

static const Words words[PAYMENT_WORDS_PROBLEMS] = {
    {"unknown", "payment_label_unknown", "payment_problem_unknown", "payment_todo_unknown"},
    {"ambiguous", "payment_label_ambiguous", "payment_problem_ambiguous",
     "payment_todo_ambiguous"},
    {"short", "payment_label_short", "payment_problem_short", "payment_todo_short"},
    {"excess", "payment_label_excess", "payment_problem_excess", "payment_todo_excess"},
    {"double", "payment_label_double", "payment_problem_double", "payment_todo_double"},
    {"late", "payment_label_late", "payment_problem_late", "payment_todo_late"},
};

static const Words *find(Text problem) {
    for (int i = 0; i < PAYMENT_WORDS_PROBLEMS; i++)
        if (text_eq(problem, text_of(words[i].problem))) return &words[i];
    return NULL;
}

Text payment_words_nth(int nth) { return text_of(words[nth].problem); }

const char *payment_words_label(Text problem) {
    const Words *found = find(problem);
    return found ? found->label : NULL;
}

const char *payment_words_problem(Text problem) {
    const Words *found = find(problem);
    return found ? found->sentence : NULL;
}

const char *payment_words_todo(Text problem) {
    const Words *found = find(problem);
    return found ? found->todo : NULL;
}
