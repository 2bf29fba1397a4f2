/* Letters to sounds, sounds to aksharas: which consonants join is looked up in a table. */
#include "domain/spell_devanagari.h"

#include "base/buffer.h"

typedef struct Sound {
    const char *latin;
    const char *letter; /* consonant, or vowel at the beginning or behind a vowel */
    const char *sign;   /* of a vowel behind a consonant; NULL: a consonant */
} Sound;

/* Longest first among those that begin alike. */
static const Sound sounds[] = {
    {"chh", "छ", NULL}, {"ksh", "क्ष", NULL}, {"gy", "ज्ञ", NULL}, {"dny", "ज्ञ", NULL},
    {"jn", "ज्ञ", NULL}, {"sh", "श", NULL},
    {"kh", "ख", NULL}, {"gh", "घ", NULL}, {"ch", "च", NULL}, {"ck", "क", NULL},
    {"jh", "झ", NULL}, {"th", "थ", NULL}, {"dh", "ध", NULL}, {"ph", "फ", NULL},
    {"bh", "भ", NULL}, {"k", "क", NULL}, {"g", "ग", NULL}, {"j", "ज", NULL},
    {"t", "त", NULL}, {"d", "द", NULL}, {"n", "न", NULL}, {"p", "प", NULL},
    {"b", "ब", NULL}, {"m", "म", NULL}, {"y", "य", NULL}, {"r", "र", NULL},
    {"l", "ल", NULL}, {"v", "व", NULL}, {"w", "व", NULL}, {"s", "स", NULL},
    {"h", "ह", NULL}, {"f", "फ़", NULL}, {"z", "ज़", NULL}, {"q", "क", NULL},
    {"c", "क", NULL}, {"x", "क्स", NULL}, {"aa", "आ", "ा"}, {"ai", "ऐ", "ै"},
    {"au", "औ", "ौ"}, {"a", "अ", ""}, {"ee", "ई", "ी"}, {"ii", "ई", "ी"},
    {"i", "इ", "ि"}, {"oo", "ऊ", "ू"}, {"uu", "ऊ", "ू"}, {"ou", "औ", "ौ"},
    {"u", "उ", "ु"}, {"e", "ए", "े"}, {"o", "ओ", "ो"}, {NULL, NULL, NULL}};

enum { SOUNDS_MAX = 128 };

typedef struct Word {
    const Sound *at[SOUNDS_MAX];
    int count;
    const Sound *following; /* where an ending is spelt apart: its first sound */
    bool behind; /* a consonant that is spelt apart: a vowel is its sign */
} Word;

static const Sound *sound_named(const char *latin) {
    for (const Sound *sound = sounds; sound->latin; sound++)
        if (strcmp(sound->latin, latin) == 0) return sound;
    return NULL;
}

static const Sound *sound_at(Text rest) {
    for (const Sound *sound = sounds; sound->latin; sound++)
        if (text_starts_with(rest, text_of(sound->latin))) return sound;
    return NULL;
}

static bool is(const Sound *sound, const char *latin) {
    return sound && strcmp(sound->latin, latin) == 0;
}

static bool among(const Sound *sound, const char *list) {
    Text rest = text_of(list), part;
    while (sound && text_split(&rest, ' ', &part))
        if (text_eq(part, text_of(sound->latin))) return true;
    return false;
}

static bool is_consonant(const Sound *sound) { return sound && !sound->sign; }
static bool is_vowel(const Sound *sound) { return sound && sound->sign; }

static const Sound *near(const Word *word, int at) {
    return at >= 0 && at < word->count ? word->at[at] : NULL;
}

static bool ends_in(const Word *word, const char *before, const char *last) {
    return is(near(word, word->count - 2), before) && is(near(word, word->count - 1), last);
}

/* Bhagya, Yogya, Arogya: no gya of Pragya. */
static bool parts_gy(Word *word) {
    bool bha = ends_in(word, "bh", "a");
    if (bha) word->at[word->count - 1] = sound_named("aa");
    return bha || is(near(word, word->count - 1), "o");
}

static void hear(Text latin, Word *ret) {
    ret->count = 0;
    for (size_t at = 0; at < latin.len && ret->count < SOUNDS_MAX;) {
        const Sound *sound = sound_at(text_slice(latin, at, latin.len));
        if (is(sound, "gy") && parts_gy(ret)) sound = sound_named("g");
        if (sound) ret->at[ret->count++] = sound;
        at += sound ? strlen(sound->latin) : 1;
    }
}

static void drop_last(Word *word) { word->count--; }

/* Letters at the end that are not heard so: Dubey, Borah, Gill. */
static void settle_end(Word *word) {
    const Sound *last = near(word, word->count - 1), *before = near(word, word->count - 2);
    if (word->count < 3) return;
    if (is(last, "y") && is(before, "e")) drop_last(word);
    if (is(last, "h") && is(before, "a") && word->count > 3) drop_last(word);
    if (last == before && among(last, "l s")) drop_last(word);
}

/* A y between a consonant and no vowel is an i: Reddy. */
static void settle_y(Word *word) {
    for (int i = 1; i < word->count; i++)
        if (is(word->at[i], "y") && is_consonant(word->at[i - 1]) && !is_vowel(near(word, i + 1)))
            word->at[i] = sound_named("i");
}

/* Prabha, Pragya, Kshama. */
static bool begins_heavy(const Word *word, int vowel) {
    return is(near(word, vowel - 1), "ksh") || (vowel > 1 && is(near(word, vowel - 1), "r"));
}

/* Shanti, Mukti, Jyoti, Drishti, Siddhi; Anshu, Madhu, Bindu; Bhagya, Yogya. */
static bool ends_short(const Word *word) {
    const Sound *last = near(word, word->count - 1), *before = near(word, word->count - 2);
    const Sound *second = near(word, word->count - 3);
    if (is(last, "i"))
        return (is(before, "t") && among(second, "k p n i ee o sh")) ||
               (is(before, "dh") && is(second, "d"));
    if (is(last, "u")) return among(before, "sh dh") || among(second, "n sh");
    return is(last, "a") && is(before, "y") && is(second, "g");
}

/* Vowels at the end are long, and so is the a of Ram, Lal, Maya, Asha. */
static void lengthen(Word *word, bool ends) {
    int vowels = 0, first = -1;
    for (int i = 0; i < word->count; i++)
        if (is_vowel(word->at[i]) && vowels++ == 0) first = i;
    const Sound *last = near(word, word->count - 1);
    if (!ends || !last) return;
    if (first >= 0 && is(word->at[first], "a")) {
        bool ram = vowels == 1 && first == word->count - 2;
        bool maya = vowels == 2 && is(last, "a") && first == word->count - 3 &&
                    !begins_heavy(word, first);
        if (ram || maya) word->at[first] = sound_named("aa");
    }
    if (word->count < 2) return;
    const char *longer = is(last, "a") ? "aa" : is(last, "i") ? "ee" : is(last, "u") ? "oo" : NULL;
    if (longer && !ends_short(word)) word->at[word->count - 1] = sound_named(longer);
}

/* Does a consonant join the next one, without a vowel between? */
static bool joins(const Sound *a, const Sound *b, bool at_edge) {
    static const struct {
        const char *first, *seconds;
    } table[] = {
        {"k", "t r l y sh v w s"}, {"kh", "y"}, {"g", "n r y v w d"}, {"gh", "r n y"},
        {"ch", "ch chh y"}, {"j", "j y v w r"}, {"t", "r y t th v w m n s"}, {"th", "y v r"},
        {"d", "r y v w dh d m bh"}, {"dh", "y r v w"}, {"n", "y n h m v w r"},
        {"p", "t r y p l"}, {"b", "r y b d j"}, {"bh", "r y"}, {"m", "y r m h n"},
        {"r", "m t th dh j g gh y v w sh ch k n p"}, {"l", "p l h y m"}, {"v", "r y"},
        {"s", "t th k m n p y r v w"}, {"sh", "t th n p m k r v w y l"}, {"ksh", "m y v"},
        {"h", "n l v"}, {"x", "m"}};
    if (at_edge || (a == b && !among(a, "h y"))) return true;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (is(a, table[i].first)) return among(b, table[i].seconds);
    return false;
}

static bool is_anusvara(const Word *word, int at) {
    const Sound *a = word->at[at];
    const Sound *b = at + 1 < word->count ? word->at[at + 1] : word->following;
    if (at == 0 || !is_vowel(word->at[at - 1])) return false;
    if (is(a, "n")) return among(b, "k kh g gh ch chh j jh t th d dh s sh");
    return is(a, "m") && among(b, "p ph b bh");
}

/* sh before t, th, n, p is retroflex and makes them so: Vishnu, Nishtha, Pushpa; tt and dd are:
 * Bhatt, Reddy. */
static const char *consonant_letter(const Word *word, int at) {
    const Sound *a = word->at[at], *before = near(word, at - 1), *after = near(word, at + 1);
    if (is(a, "sh") && among(after, "t th n p")) return "ष";
    if (is(a, "x") && is(after, "m")) return "क्ष"; /* Laxmi */
    if (is(before, "sh"))
        return is(a, "t") ? "ट" : is(a, "th") ? "ठ" : is(a, "n") ? "ण" : a->letter;
    bool final = at + 2 >= word->count;
    if (is(a, "t") && final && (is(before, "t") || is(after, "t"))) return "ट";
    if (is(a, "sh") && !after && among(before, "o u")) return "ष"; /* Santosh, Ayush */
    if (is(a, "d") && (is(before, "d") || is(after, "d"))) return "ड";
    return a->letter;
}

/* Kri, mri, vri are written with the vowel ri, and before sh others, too: Krishna, Mridul, Vrinda,
 * Drishti. */
static bool is_vocalic_r(const Word *word, int at) {
    const Sound *before = near(word, at - 1);
    if (!is(near(word, at), "r") || !is(near(word, at + 1), "i") || at + 2 >= word->count ||
        is_consonant(near(word, at - 2)))
        return false;
    return among(before, "k m v") || (among(before, "d s t") && is(near(word, at + 2), "sh"));
}

static void write_consonant(const Word *word, int at, bool whole, Buffer *out) {
    if (is_anusvara(word, at)) {
        buffer_add(out, T("ं"));
        return;
    }
    buffer_add(out, text_of(consonant_letter(word, at)));
    const Sound *after = near(word, at + 1);
    if (!is_consonant(after) || is_vocalic_r(word, at + 1)) return;
    bool begins = true;
    for (int i = 0; i < at; i++) begins &= is_consonant(word->at[i]);
    bool ends = whole && at + 2 == word->count;
    if (joins(word->at[at], after, begins || ends)) buffer_add(out, T("्"));
}

static Text write_word(Arena *arena, const Word *word, bool whole) {
    Buffer out = buffer_in(arena, SOUNDS_MAX * 16);
    for (int i = 0; i < word->count; i++) {
        const Sound *sound = word->at[i];
        if (is_vocalic_r(word, i)) {
            buffer_add(&out, T("ृ"));
            i++;
        } else if (is_consonant(sound)) {
            write_consonant(word, i, whole, &out);
        } else if (is_consonant(near(word, i - 1)) || (i == 0 && word->behind)) {
            bool desai = whole && i > 1 && i + 1 == word->count && is(sound, "ai");
            buffer_add(&out, desai ? T("ाई") : text_of(sound->sign));
        } else if (among(near(word, i - 1), "i ee") && among(sound, "a aa")) {
            buffer_add(&out, is(sound, "aa") ? T("या") : T("य"));
        } else {
            buffer_add(&out, text_of(sound->letter));
        }
    }
    return buffer_text(&out);
}

/* Second parts of names and places, whose long vowels the Latin letters hide. */
static const char *const endings[][2] = {
    {"endra", "ेंद्र"}, {"eshwari", "ेश्वरी"}, {"eshwar", "ेश्वर"}, {"akshi", "ाक्षी"},
    {"ahida", "ाहिदा"}, {"ahid", "ाहिद"}, {"akir", "ाकिर"}, {"ish", "ीश"},
    {"bhash", "भाष"}, {"gyan", "ज्ञान"}, {"preet", "प्रीत"}, {"deep", "दीप"}, {"jeet", "जीत"},
    {"prakash", "प्रकाश"}, {"prasad", "प्रसाद"}, {"chandra", "चंद्र"}, {"kumari", "कुमारी"},
    {"kumar", "कुमार"}, {"singh", "सिंह"}, {"nath", "नाथ"}, {"wala", "वाला"}, {"vala", "वाला"},
    {"want", "वंत"}, {"vant", "वंत"}, {"kant", "कांत"}, {"wati", "वती"}, {"vati", "वती"},
    {"wari", "वारी"}, {"bhai", "भाई"}, {"rani", "रानी"}, {"bala", "बाला"}, {"mala", "माला"},
    {"pati", "पति"}, {"bai", "बाई"}, {"ben", "बेन"}, {"raj", "राज"}, {"ram", "राम"},
    {"lal", "लाल"}, {"das", "दास"}, {"vas", "वास"}, {"was", "वास"}, {"pal", "पाल"},
    {"dev", "देव"}, {"jit", "जीत"}, {"abad", "ाबाद"}, {"garh", "गढ़"}, {"ganj", "गंज"},
    {"nagar", "नगर"}, {"pura", "पुरा"}, {"pur", "पुर"},
    {NULL, NULL}};
static const char *const beginnings[][2] = {
    {"shri", "श्री"}, {"shree", "श्री"}, {"sri", "श्री"}, {"gyan", "ज्ञान"}, {"dnyan", "ज्ञान"},
    {"jnan", "ज्ञान"}, {"ram", "राम"}, {"raj", "राज"}, {"gur", "गुर"}, {"rishi", "ऋषि"},
    {"ritu", "ऋतु"}, {"prithvi", "पृथ्वी"}, {NULL, NULL}};

/* ending: what is spelt apart behind it, or empty. behind: a beginning that ends in a consonant. */
static Text spell(Arena *arena, Text latin, Text ending, bool behind) {
    bool ends = !ending.len;
    Word word = {.following = ends ? NULL : sound_at(ending), .behind = behind};
    hear(latin, &word);
    if (ends) settle_end(&word);
    settle_y(&word);
    lengthen(&word, ends);
    return write_word(arena, &word, ends);
}

static bool is_vowel_letter(char c) { return strchr("aeiou", c) != NULL; }

/* An ending that begins with a vowel is the sign of one, at a consonant; others stand behind a
 * syllable, or behind a beginning. */
static bool has_ending(Text latin, Text ending, bool begun, bool closed) {
    if (!text_ends_with(latin, ending)) return false;
    size_t rest = latin.len - ending.len;
    if (!is_vowel_letter(ending.ptr[0])) return rest >= (begun ? 0 : 2);
    return rest ? !is_vowel_letter(latin.ptr[rest - 1]) : closed;
}

/* begun: behind a beginning that is spelt apart; closed: which ends in a consonant. */
static Text spell_end(Arena *arena, Text latin, bool begun, bool closed) {
    for (size_t i = 0; endings[i][0]; i++) {
        Text ending = text_of(endings[i][0]);
        if (!has_ending(latin, ending, begun, closed)) continue;
        Text start = spell(arena, text_slice(latin, 0, latin.len - ending.len), ending, closed);
        return arena_printf(arena, "%.*s%s", TEXT_ARG(start), endings[i][1]);
    }
    return spell(arena, latin, TEXT_NONE, closed);
}

static Text letter_name(char letter) {
    static const char *const names[] = {"ए", "बी", "सी", "डी", "ई", "एफ़", "जी", "एच", "आई",
                                        "जे", "के", "एल", "एम", "एन", "ओ", "पी", "क्यू", "आर",
                                        "एस", "टी", "यू", "वी", "डब्ल्यू", "एक्स", "वाई", "ज़ेड"};
    return letter >= 'a' && letter <= 'z' ? text_of(names[letter - 'a']) : T("");
}

static bool is_second_part(Text rest) {
    for (size_t i = 0; endings[i][0]; i++)
        if (text_eq(rest, text_of(endings[i][0]))) return !is_vowel_letter(rest.ptr[0]);
    return false;
}

/* Raj-kumar, Ram-pur and Raj-endra, but not Raj-esh; Gyan-esh; shri-… always, but not Sri-shti. */
static bool has_beginning(Text beginning, Text rest) {
    if (!rest.len || is_second_part(rest)) return true;
    if (text_ends_with(beginning, T("gyan")) || text_ends_with(beginning, T("nan")) ||
        text_ends_with(beginning, T("nyan")) || text_eq(beginning, T("ritu")))
        return rest.len >= 3;
    if (text_starts_with(rest, T("endra")) || text_starts_with(rest, T("eshwar"))) return true;
    if (text_eq(beginning, T("sri")) && text_starts_with(rest, T("sh"))) return false;
    bool closed = !is_vowel_letter(beginning.ptr[beginning.len - 1]);
    return rest.len >= 4 && !(closed && is_vowel_letter(rest.ptr[0]));
}

Text spell_devanagari_word(Arena *arena, Text word) {
    char *small = arena_cstr(arena, word);
    for (size_t i = 0; i < word.len; i++)
        if (small[i] >= 'A' && small[i] <= 'Z') small[i] += 32;
    Text latin = {small, word.len};
    if (latin.len == 1) return letter_name(*small);
    for (size_t i = 0; beginnings[i][0]; i++) {
        Text beginning = text_of(beginnings[i][0]);
        if (!text_starts_with(latin, beginning)) continue;
        Text rest = text_slice(latin, beginning.len, latin.len);
        if (!has_beginning(beginning, rest)) continue;
        if (!rest.len) return text_of(beginnings[i][1]);
        bool closed = !is_vowel_letter(beginning.ptr[beginning.len - 1]);
        Text end = spell_end(arena, rest, true, closed);
        return arena_printf(arena, "%s%.*s", beginnings[i][1], TEXT_ARG(end));
    }
    return spell_end(arena, latin, false, false);
}
