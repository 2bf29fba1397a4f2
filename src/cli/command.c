/* Reading the command line against the table of verbs; help; exit codes. */
#include "cli/command.h"
#include "cli/help.h"
#include "cli/nearest.h"
#include "cli/progress.h"

#include <assert.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/stat.h>

#include "base/limits.h"
#include "base/log.h"
#include "crypto/keyring.h"
#include "render/messages.h"

enum { EXIT_DONE, EXIT_REFUSED, EXIT_WRONG_USE, EXIT_IO, EXIT_BY_SIGNAL = 128 };

static int exit_code_of(Status status) {
    switch (status) {
    case OK: return EXIT_DONE;
    case IO:
    case BUSY: return EXIT_IO;
    case INVALID:
    case DENIED:
    case NOT_FOUND:
    case CONFLICT:
    case LIMIT: break;
    }
    return EXIT_REFUSED;
}

void command_print(const char *format, ...) {
    va_list args;
    va_start(args, format);
    (void)vprintf(format, args);
    va_end(args);
}

void command_print_text(Text text) { (void)fwrite(text.ptr, 1, text.len, stdout); }

static int option_index(const Command *command, Text name) {
    for (int i = 0; command->options && command->options[i].name; i++)
        if (text_eq(text_of(command->options[i].name), name)) return i;
    return -1;
}

void command_say(Cli *cli, const char *message, const ErrorArg *args, int count) {
    command_print_text(message_with(cli->ctx.arena, cli->ctx.lang, message, args, count));
    command_print("\n");
}

Text command_option(const Cli *cli, const char *name) {
    int i = option_index(cli->command, text_of(name));
    assert(i >= 0); /* a bug: the table has no such option */
    return cli->option_values[i];
}

bool command_has(const Cli *cli, const char *name) {
    int i = option_index(cli->command, text_of(name));
    assert(i >= 0);
    return cli->option_given[i];
}

Status command_misuse(Cli *cli, const char *field, const char *message) {
    cli->misused = true;
    return fail(&cli->ctx, INVALID, field, message);
}

Status command_int(Cli *cli, const char *name, int64_t default_value, int64_t least, int64_t most,
                   int64_t *ret) {
    *ret = default_value;
    if (!command_has(cli, name)) return OK;
    if (text_to_int(command_option(cli, name), ret) && *ret >= least && *ret <= most) return OK;
    (void)command_misuse(cli, NULL, "option_number");
    fail_arg(&cli->ctx, "option", text_of(name));
    fail_arg_int(&cli->ctx, "least", least);
    fail_arg_int(&cli->ctx, "most", most);
    return INVALID;
}

/* The verb whose words begin the arguments; longer ones win. *ret_words: how many were used. */
static const Command *find_command(int argc, char **argv, int *ret_words) {
    const Command *best = NULL;
    *ret_words = 0;
    for (int t = 0; command_tables[t]; t++) {
        for (const Command *c = command_tables[t]; c->words; c++) {
            Text rest = text_of(c->words), word;
            int used = 0;
            bool fits = true;
            while (fits && text_split(&rest, ' ', &word)) {
                fits = used < argc && text_eq(word, text_of(argv[used]));
                used++;
            }
            if (fits && used > *ret_words) {
                best = c;
                *ret_words = used;
            }
        }
    }
    return best;
}

/* Wrong use, as one sentence, with what was probably meant. */
static int wrong_word(Cli *cli, const char *message, const char *about, Text near) {
    ErrorArg args[] = {{"word", text_of(about)}, {"near", near}};
    Text sentence = message_with(cli->ctx.arena, cli->ctx.lang, message, args, 2);
    (void)fprintf(stderr, "sangathan: %.*s\n", TEXT_ARG(sentence));
    return EXIT_WRONG_USE;
}

static int wrong_use(Cli *cli, const char *message, const char *about) {
    return wrong_word(cli, message, about, TEXT_NONE);
}

static int wrong_option(Cli *cli, const char *word, Text name) {
    Text near = nearest_option(cli->command, name);
    return wrong_word(cli, near.len ? "option_unknown_near" : "option_unknown", word, near);
}

static int wrong_verb(Cli *cli, int argc, char **argv) {
    Text near = nearest_verb(&cli->ctx, argc, argv);
    bool begins = help_has_group(argv[0]);
    if (begins && (argc == 1 || !near.len)) return wrong_use(cli, "verb_incomplete", argv[0]);
    const char *word = argv[0];
    if (begins) word = arena_printf(cli->ctx.arena, "%s %s%c", argv[0], argv[1], 0).ptr;
    return wrong_word(cli, near.len ? "verb_unknown_near" : "verb_unknown", word, near);
}

/* A value written "a|b" in the table stands for just these words. */
static bool is_choice(const char *choices, Text value) {
    Text rest = text_of(choices), part;
    if (!strchr(choices, '|')) return true;
    while (text_split(&rest, '|', &part))
        if (text_eq(part, value)) return true;
    return false;
}

/* One option with its value; *at is moved. Returns 0 or an exit code. */
static int take_option(Cli *cli, int argc, char **argv, int *at) {
    Text word = text_slice(text_of(argv[*at]), 2, SIZE_MAX);
    size_t equals = text_find_byte(word, '=');
    bool inline_value = equals < word.len;
    Text name = text_slice(word, 0, equals), value = text_slice(word, equals + 1, word.len);
    bool data = text_eq(name, T("data"));
    int i = option_index(cli->command, name);
    if (i < 0 && !data) return wrong_option(cli, argv[*at], name);
    bool wants = data || cli->command->options[i].value;
    if (wants && !inline_value) {
        if (*at + 1 >= argc) return wrong_use(cli, "option_value_missing", argv[*at]);
        value = text_of(argv[++*at]);
    }
    if (!wants && inline_value) return wrong_use(cli, "option_no_value", argv[*at]);
    if (!text_is_utf8(value)) return wrong_use(cli, "option_not_text", name.ptr ? "--…" : "");
    if (wants && !data && !is_choice(cli->command->options[i].value, value)) {
        const Option *option = &cli->command->options[i];
        Text how = arena_printf(cli->ctx.arena, "--%s %s", option->name, option->value);
        return wrong_use(cli, "option_choice", arena_cstr(cli->ctx.arena, how));
    }
    if (data) {
        cli->data_dir = value;
        return 0;
    }
    cli->option_values[i] = wants ? value : T("1");
    cli->option_given[i] = true;
    return 0;
}

static int read_words(Cli *cli, int argc, char **argv) {
    bool only_arguments = false;
    for (int at = 0; at < argc; at++) {
        Text word = text_of(argv[at]);
        if (!only_arguments && text_eq(word, T("--"))) {
            only_arguments = true;
        } else if (!only_arguments && text_starts_with(word, T("--"))) {
            int code = take_option(cli, argc, argv, &at);
            if (code) return code;
        } else if (!only_arguments && text_eq(word, T("-o")) && at + 1 < argc &&
                   option_index(cli->command, T("out")) >= 0) {
            int i = option_index(cli->command, T("out"));
            cli->option_values[i] = text_of(argv[++at]);
            cli->option_given[i] = true;
        } else {
            if (cli->argument_count >= cli->command->argument_count)
                return wrong_use(cli, "argument_too_many", argv[at]);
            if (!text_is_utf8(word)) return wrong_use(cli, "option_not_text", "…");
            cli->arguments[cli->argument_count++] = word;
        }
    }
    if (cli->argument_count < cli->command->argument_count)
        return wrong_use(cli, "argument_missing", cli->command->arguments);
    for (int i = 0; cli->command->options && cli->command->options[i].name; i++)
        if (cli->command->options[i].required && !cli->option_given[i])
            return wrong_use(cli, "option_missing", cli->command->options[i].name);
    return 0;
}

/* "--phone-of: " where the field is an option, else its name as the file or the register has it. */
static Text field_label(const Cli *cli, const char *field) {
    char *name = arena_cstr(cli->ctx.arena, text_of(field));
    for (char *at = name; *at; at++)
        if (*at == '_') *at = '-';
    if (option_index(cli->command, text_of(name)) < 0)
        return arena_printf(cli->ctx.arena, "%s: ", field);
    return arena_printf(cli->ctx.arena, "--%s: ", name);
}

static void print_errors(Cli *cli) {
    const Ctx *ctx = &cli->ctx;
    for (int i = 0; i < ctx->error_count; i++) {
        Text sentence = message_of_error(ctx->arena, ctx->lang, &ctx->errors[i]);
        const char *field = ctx->errors[i].field;
        Text label = field ? field_label(cli, field) : T("");
        (void)fprintf(stderr, "sangathan: %.*s%.*s%.*s\n", TEXT_ARG(cli->where), TEXT_ARG(label),
                      TEXT_ARG(sentence));
    }
    (void)fprintf(stderr, "%.*s", TEXT_ARG(cli->more));
    /* for who looks for the cause; people are told what to do */
    if (getenv("SANGATHAN_VERBOSE") && ctx->detail[0] && ctx->error_count)
        (void)fprintf(stderr, "sangathan: (%s)\n", ctx->detail);
}

static int help(Cli *cli, int argc, char **argv) {
    if (argc > 1) {
        int words;
        const Command *about = argc > 2 ? find_command(argc - 1, argv + 1, &words) : NULL;
        if (about)
            help_print_verb(cli->ctx.lang, about);
        else if (!help_print_group(cli->ctx.lang, argv[1]))
            return wrong_verb(cli, argc - 1, argv + 1);
        return EXIT_DONE;
    }
    if (!argc) return wrong_use(cli, "verb_missing", "");
    help_print_all(cli->ctx.lang);
    return EXIT_DONE;
}

static int run(Cli *cli, int argc, char **argv) {
    if (argc == 0 || text_eq(text_of(argv[0]), T("help")) ||
        text_eq(text_of(argv[0]), T("--help")))
        return help(cli, argc, argv);
    int words;
    cli->command = find_command(argc, argv, &words);
    if (!cli->command) { /* perhaps the first word of several verbs */
        bool asks = argc > 1 && text_eq(text_of(argv[argc - 1]), T("--help"));
        if (asks && help_print_group(cli->ctx.lang, argv[0])) return EXIT_DONE;
        return wrong_verb(cli, argc, argv);
    }
    for (int i = words; i < argc; i++) {
        if (text_eq(text_of(argv[i]), T("--help"))) {
            help_print_verb(cli->ctx.lang, cli->command);
            return EXIT_DONE;
        }
    }
    int code = read_words(cli, argc - words, argv + words);
    if (code) return code;
    if (!cli->data_dir.len && !cli->command->without_data)
        return wrong_use(cli, "data_missing", "");
    Status status = cli->command->run(cli);
    if (status != OK || cli->ctx.error_count) print_errors(cli);
    if (status == OK) return cli->exit_code;
    if (progress_stop_wanted()) return EXIT_BY_SIGNAL + progress_stop_signal();
    return cli->misused ? EXIT_WRONG_USE : exit_code_of(status);
}

/* The language of the terminal: Hindi where the locale says so. */
static Lang terminal_lang(void) {
    static const char *const names[] = {"SANGATHAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value) return strncmp(value, "hi", 2) == 0 ? LANG_HI : LANG_EN;
    }
    return LANG_EN;
}

int command_main(int argc, char **argv) {
    if (!crypto_start()) {
        (void)fprintf(stderr, "sangathan: this system gives no random numbers\n");
        return EXIT_IO;
    }
    Arena *arena = arena_new(LIMIT_COMMAND_ARENA_BYTES);
    Cli *cli = ARENA_NEW(arena, Cli);
    ctx_init(&cli->ctx, arena);
    cli->ctx.lang = terminal_lang();
    (void)umask(0077); /* whatever is written here is about people */
    (void)signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a full disk, not an end */
    const char *data = getenv("SANGATHAN_DATA");
    cli->data_dir = text_of(data ? data : "");
    int code = run(cli, argc - 1, argv + 1);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        (void)fprintf(stderr, "sangathan: %.*s\n",
                      TEXT_ARG(message(cli->ctx.lang, "output_not_written")));
        if (code == EXIT_DONE) code = EXIT_IO;
    }
    arena_delete(arena);
    return code;
}
