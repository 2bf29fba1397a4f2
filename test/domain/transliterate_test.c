/* Names in the other script: known ones exactly, others by rules that are right mostly. */
#include "domain/transliterate.h"

#include "bare_ctx.h"

#include "domain/dataset.h"
#include "domain/spell_devanagari.h"
#include "domain/spell_latin.h"

static void is(Text got, const char *wanted) {
    if (!text_eq(got, text_of(wanted))) print_error("%.*s, not %s\n", TEXT_ARG(got), wanted);
    assert_true(text_eq(got, text_of(wanted)));
}

static void both(const char *latin, const char *devanagari) {
    is(transliterate_name(&bare_ctx, text_of(latin)), devanagari);
    is(transliterate_name(&bare_ctx, text_of(devanagari)), latin);
}

static void names_go_both_ways(void **state) {
    (void)state;
    both("Ramesh Kumar", "रमेश कुमार");
    both("Sunita Sharma", "सुनीता शर्मा");
    both("Anita Srivastava", "अनीता श्रीवास्तव");
    both("Vimla Mishra", "विमला मिश्रा");
    both("Shanti Dwivedi", "शांति द्विवेदी");
    both("Gurpreet Singh", "गुरप्रीत सिंह");
}

static void unknown_words_go_by_rules(void **state) {
    (void)state;
    is(spell_devanagari_word(bare_ctx.arena, T("Ram")), "राम");
    is(spell_devanagari_word(bare_ctx.arena, T("Krishna")), "कृष्णा");
    is(spell_devanagari_word(bare_ctx.arena, T("Vishnu")), "विष्णु");
    is(spell_devanagari_word(bare_ctx.arena, T("SHAKTI")), "शक्ति");
    is(spell_devanagari_word(bare_ctx.arena, T("Priya")), "प्रिया");
    is(spell_devanagari_word(bare_ctx.arena, T("Manjit")), "मंजीत");
    is(spell_devanagari_word(bare_ctx.arena, T("Reddy")), "रेड्डी");
    is(spell_devanagari_word(bare_ctx.arena, T("Shrinath")), "श्रीनाथ");
    is(spell_latin_word(bare_ctx.arena, T("ज्ञानेश्वर")), "Gyaneshwar");
    is(spell_latin_word(bare_ctx.arena, T("लक्ष्मी")), "Lakshmi");
    is(spell_latin_word(bare_ctx.arena, T("कमला")), "Kamla");
    is(spell_latin_word(bare_ctx.arena, T("आदित्य")), "Aditya");
    is(spell_latin_word(bare_ctx.arena, T("अंबिका")), "Ambika");
    is(spell_latin_word(bare_ctx.arena, T("अवस्थी")), "Avasthi");
    is(spell_latin_word(bare_ctx.arena, T("दीपक")), "Deepak");
}

static void joined_letters_are_written_joined(void **state) {
    static const char *const names[][2] = {
        {"Gyaneshwari", "ज्ञानेश्वरी"}, {"Gyanendra", "ज्ञानेंद्र"},
        {"Dnyaneshwar", "ज्ञानेश्वर"}, {"Jnanesh", "ज्ञानेश"}, {"Faizabad", "फ़ैज़ाबाद"},
        {"Ramgarh", "रामगढ़"}, {"Rampur", "रामपुर"},
        {"Ramnagar", "रामनगर"}, {"Rajpura", "राजपुरा"},
        {"Ramdas", "रामदास"}, {"Rampal", "रामपाल"},
        {"Vigyan", "विज्ञान"}, {"Pragya", "प्रज्ञा"}, {"Pradnya", "प्रज्ञा"},
        {"Bhagya", "भाग्य"}, {"Bhagyashree", "भाग्यश्री"}, {"Yogyata", "योग्यता"},
        {"Kshitij", "क्षितिज"}, {"Kshama", "क्षमा"}, {"Meenakshi", "मीनाक्षी"},
        {"Sakshi", "साक्षी"},
        {"Lakshmi", "लक्ष्मी"}, {"Laxmi", "लक्ष्मी"}, {"Shrikant", "श्रीकांत"},
        {"Srinivas", "श्रीनिवास"}, {"Srishti", "सृष्टि"}, {"Drishti", "दृष्टि"}, {"Chhaya", "छाया"},
        {"Aishwarya", "ऐश्वर्या"}, {"Saurabh", "सौरभ"}, {"Subhash", "सुभाष"}, {"Nitish", "नितीश"},
        {"Pushpa", "पुष्पा"}, {"Mrityunjay", "मृत्युंजय"}, {"Rituraj", "ऋतुराज"},
        {"Rajendra", "राजेंद्र"}, {"Rameshwar", "रामेश्वर"},
        {"Maheshwari", "महेश्वरी"}, {"Zakir", "ज़ाकिर"}, {"Firoz", "फ़िरोज़"}, {"Wahida", "वाहिदा"},
        {"Harpreet", "हरप्रीत"}, {"Gurmukh", "गुरमुख"}, {"Yashoda", "यशोदा"},
        {"Ujjwal", "उज्ज्वल"}, {"Siddhi", "सिद्धि"}, {"Prabha", "प्रभा"}};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        is(spell_devanagari_word(bare_ctx.arena, text_of(names[i][0])), names[i][1]);
    is(transliterate_name(&bare_ctx, T("Gyaneshwari Tripathi")), "ज्ञानेश्वरी त्रिपाठी");
}

static void what_parts_words_stays(void **state) {
    (void)state;
    is(transliterate_name(&bare_ctx, T("R. K. Verma-Rao")), "आर. के. वर्मा-राव");
    is(transliterate_name(&bare_ctx, T("José")), "जोसे");
    is(transliterate_name(&bare_ctx, T("Asha 🌸")), "आशा 🌸");
}

static void other_scripts_have_none(void **state) {
    (void)state;
    assert_int_equal(transliterate_name(&bare_ctx, T("")).len, 0);
    assert_int_equal(transliterate_name(&bare_ctx, T("محمد")).len, 0);
    assert_int_equal(transliterate_name(&bare_ctx, T("Ram राम")).len, 0);
    assert_int_equal(transliterate_name(&bare_ctx, T("🌸")).len, 0);
}

static void long_words_are_bounded(void **state) {
    (void)state;
    char wide[240];
    memset(wide, 'k', sizeof wide);
    assert_true(text_is_utf8(transliterate_name(&bare_ctx, (Text){wide, sizeof wide})));
    for (size_t i = 0; i + 2 < sizeof wide; i += 3) memcpy(wide + i, "क", 3);
    assert_true(text_is_utf8(transliterate_name(&bare_ctx, (Text){wide, sizeof wide})));
}

/* Of all shipped given names the rules alone would get so many right to the letter. */
static void rules_are_right_mostly(void **state) {
    (void)state;
    Dataset names = dataset_open(&bare_ctx, T("data/names/given_names.tsv"));
    Text f[DATASET_FIELDS_MAX];
    int count = 0, latin = 0, devanagari = 0;
    for (; dataset_next(&names, f, 3); count++) {
        latin += text_eq(spell_latin_word(bare_ctx.arena, f[1]), f[0]);
        devanagari += text_eq(spell_devanagari_word(bare_ctx.arena, f[0]), f[1]);
        assert_true(text_eq(transliterate_known_to_devanagari(&bare_ctx, f[0]), f[1]));
    }
    print_message("of %d names %d to Latin, %d to Devanagari\n", count, latin, devanagari);
    assert_true(latin * 100 > count * 80);
    assert_true(devanagari * 100 > count * 50);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_go_both_ways), cmocka_unit_test(unknown_words_go_by_rules),
        cmocka_unit_test(joined_letters_are_written_joined),
        cmocka_unit_test(what_parts_words_stays), cmocka_unit_test(other_scripts_have_none),
        cmocka_unit_test(long_words_are_bounded), cmocka_unit_test(rules_are_right_mostly),
    };
    return cmocka_run_group_tests(tests, bare_ctx_make, bare_ctx_remove);
}
