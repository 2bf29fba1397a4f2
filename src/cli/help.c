/* Columns count bytes, which Hindi has more of than letters: it stands last in its line. */
#include "cli/help.h"

#include <stdio.h>

static Text in_language(Lang lang, const char *english) {
    Text wanted = text_of(english);
    int low = 0, high = lang == LANG_HI ? help_text_count : 0;
    while (low < high) {
        int middle = (low + high) / 2;
        int order = text_compare(help_texts[middle].english, wanted);
        if (order == 0) return help_texts[middle].hindi;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return wanted;
}

static void print_line(const char *before, Text text, const char *after) {
    command_print("%s%.*s%s", before, TEXT_ARG(text), after);
}

static void print_option(Lang lang, const Option *o) {
    char left[64];
    Text needed = in_language(lang, "needed");
    (void)snprintf(left, sizeof left, "--%s%s%s", o->name, o->value ? " " : "",
                   o->value ? o->value : "");
    command_print("  %-21s %s%.*s", left, strlen(left) >= 21 ? " " : "",
                  TEXT_ARG(in_language(lang, o->help)));
    if (o->required) command_print(" (%.*s)", TEXT_ARG(needed));
    command_print("\n");
}

void help_print_verb(Lang lang, const Command *c) {
    command_print("sangathan %s%s%s [%.*s]\n\n", c->words, *c->arguments ? " " : "", c->arguments,
                  TEXT_ARG(in_language(lang, "options")));
    print_line("", in_language(lang, c->summary), "\n");
    if (c->help) print_line("\n", in_language(lang, c->help), "\n");
    print_line("\n  --data DIR            ",
               in_language(lang, "the data folder (or SANGATHAN_DATA)"), "\n");
    for (int i = 0; c->options && c->options[i].name; i++) print_option(lang, &c->options[i]);
}

void help_print_all(Lang lang) {
    print_line("", in_language(lang, "sangathan: the register of a mass-membership organisation"),
               "\n\n");
    for (int t = 0; command_tables[t]; t++)
        for (const Command *c = command_tables[t]; c->words; c++)
            command_print("  %-24s  %.*s\n", c->words, TEXT_ARG(in_language(lang, c->summary)));
    const char *codes = "sangathan VERB --help says more. Exit codes: 0 done, 1 refused, "
                        "2 wrong use, 3 input/output trouble, 130 stopped.";
    print_line("\n  ", in_language(lang, codes), "\n");
}

static bool is_of_group(const Command *c, const char *word) {
    Text rest = text_of(c->words), first;
    (void)text_split(&rest, ' ', &first);
    return text_eq(first, text_of(word));
}

bool help_has_group(const char *word) {
    for (int t = 0; command_tables[t]; t++)
        for (const Command *c = command_tables[t]; c->words; c++)
            if (is_of_group(c, word)) return true;
    return false;
}

bool help_print_group(Lang lang, const char *word) {
    bool any = false;
    for (int t = 0; command_tables[t]; t++) {
        for (const Command *c = command_tables[t]; c->words; c++) {
            if (!is_of_group(c, word)) continue;
            if (any) command_print("\n");
            help_print_verb(lang, c);
            any = true;
        }
    }
    return any;
}
