/* Equal for the spellings of one name, different for names of different people: by hand, and
 * measured over the lists that ship. */
#include "domain/name_key.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#undef fail

#include "domain/dataset.h"

static Arena *arena;

static int start(void **state) {
    (void)state;
    arena = arena_new(64 << 20);
    return 0;
}

static int stop(void **state) {
    (void)state;
    arena_delete(arena);
    return 0;
}

static void same(const char *a, const char *b) {
    Text x = name_key(arena, text_of(a)), y = name_key(arena, text_of(b));
    if (!text_eq(x, y)) {
        print_error("%s %.*s, %s %.*s\n", a, TEXT_ARG(x), b, TEXT_ARG(y));
        assert_true(false);
    }
    assert_true(x.len > 0);
}

static void differ(const char *a, const char *b) {
    Text x = name_key(arena, text_of(a));
    if (text_eq(x, name_key(arena, text_of(b)))) {
        print_error("%s, %s %.*s\n", a, b, TEXT_ARG(x));
        assert_true(false);
    }
}

static void spellings_are_one(void **state) {
    (void)state;
    same("Ramesh Kumar", "रमेश कुमार");
    same("Ramesh Kumar", "Shri RAMESHKUMAR");
    same("Ramesh Kumar", "श्री रमेश कुमार जी");
    same("Ramesh Kumar", "Dr. Ramesh  Kumaar");
    same("श्रीमती लक्ष्मी श्रीवास्तव", "Smt. Laxmi Srivastava");
    same("लक्ष्मी", "Lakshmi");
    same("ज्ञानेश्वर द्विवेदी", "Gyaneshwar Dwivedi");
    same("Jnaneshwar", "ज्ञानेश्वर");
    same("सिंह", "Singh");
    same("Sinh", "Singh");
    same("चंद्रशेखर", "Chandrashekhar");
    same("चन्द्रशेखर", "चंद्रशेखर");
    same("Preetam Pooja", "Pritam Puja");
    same("Vijay Yadav", "Wijay Yadava");
    same("मोहम्मद अली", "Mohd. Ali");
    same("Muhammad Ali", "Md Ali");
    same("वर्मा", "Verma");
    same("Varma", "Verma");
    same("नरेन्द्र", "Narender");
    same("ज़ीनत", "Zeenat");
    same("রমেশ", "रमेश");
    same("ரமேஷ்", "ரமேஷ்");
    same("José", "Jose");
    same("O'Brien", "OBrien");
}

static void people_stay_apart(void **state) {
    (void)state;
    differ("Kamal", "Kamla");
    differ("कमल", "कमला");
    differ("Sunil", "Sunila");
    differ("Anita", "Amita");
    differ("Rajesh", "Rakesh");
    differ("Ram", "Rama");
    differ("Ravi", "Rani");
    differ("Sita", "Sati");
    differ("Mohan", "Mahan");
    differ("Aditya", "Aditi");
    differ("Ram Kumar", "Ram Kumari");
    differ("😀", "😁");
}

static void title_alone_is_a_name(void **state) {
    (void)state;
    same("Shri", "श्री");
    differ("Shri", "Ji");
}

static void key_is_bounded(void **state) {
    (void)state;
    char name[241];
    name[240] = 0;
    for (size_t i = 0; i < 240; i += 2) memcpy(name + i, "xi", 2);
    assert_true(name_key(arena, text_of(name)).len == NAME_KEY_MAX_BYTES);
    Text emoji = name_key(arena, T("😀"));
    assert_true(emoji.len == 4);
    assert_true(text_is_utf8(name_key(arena, T("रा😀م محمد 張"))));
}

typedef struct Entry {
    Text latin, devanagari, key;
} Entry;

static int read_list(Ctx *ctx, Text path, int columns, Entry *ret) {
    Dataset names = dataset_open(ctx, path);
    Text f[DATASET_FIELDS_MAX];
    int count = 0;
    while (dataset_next(&names, f, columns))
        ret[count++] = (Entry){f[0], f[1], name_key(arena, f[0])};
    return count;
}

static void shipped_names_agree(void **state) {
    (void)state;
    Ctx ctx;
    ctx_init(&ctx, arena);
    Entry *entries = ARENA_ARRAY(arena, Entry, 2000);
    int given = read_list(&ctx, T("data/names/given_names.tsv"), 3, entries);
    int count = given + read_list(&ctx, T("data/names/surnames.tsv"), 4, entries + given);
    int agree = 0, merged = 0;
    for (int i = 0; i < count; i++) {
        agree += text_eq(entries[i].key, name_key(arena, entries[i].devanagari));
        for (int j = 0; j < i; j++)
            merged += text_eq(entries[i].key, entries[j].key) &&
                      !text_eq(entries[i].devanagari, entries[j].devanagari);
    }
    print_message("%d of %d pairs of both scripts agree, %d pairs of names fall together\n", agree,
                  count, merged);
    assert_true(count > 700);
    assert_true(agree * 100 >= count * 95);
    assert_true(merged <= 12);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_are_one),  cmocka_unit_test(people_stay_apart),
        cmocka_unit_test(title_alone_is_a_name), cmocka_unit_test(key_is_bounded),
        cmocka_unit_test(shipped_names_agree),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
