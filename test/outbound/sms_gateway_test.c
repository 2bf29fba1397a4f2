/* Filling a gateway's request: nothing that is filled in can become something else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail

#include "outbound/sms_gateway.h"

static int make_arena(void **state) {
    *state = arena_new(1 << 20);
    return 0;
}

static int drop_arena(void **state) {
    arena_delete(*state);
    return 0;
}

static const SmsMessage message = {{"+919876543210", 13}, {"a\"b\\c&d={text}\n\xE0\xA4\x86", 18},
                                   {"1007", 4}};

static HttpCall filled(Arena *arena, const SmsGateway *gateway) {
    HttpCall call;
    assert_true(sms_gateway_fill(arena, gateway, &message, &call));
    return call;
}

static void blanks_are_encoded_as_their_place_wants(void **state) {
    SmsGateway gateway = {.url = T("https://g.example/{template_id}?to={phone}&d={digits}"
                                   "&t={text}"),
                          .method = T("POST"), .headers = T("X-Key: k {secret}"),
                          .body = T("{\"to\":\"{phone}\",\"t\":\"{text}\",\"n\":{\"x\":\"{no}\"}}"),
                          .secret = T("s&\"x"), .timeout_ms = 1234};
    HttpCall call = filled(*state, &gateway);
    assert_string_equal(call.url, "https://g.example/1007?to=%2B919876543210&d=919876543210&t="
                                  "a%22b%5Cc%26d%3D%7Btext%7D%0A%E0%A4%86");
    assert_true(text_eq(call.body, T("{\"to\":\"+919876543210\",\"t\":\"a\\\"b\\\\c&d={text}\\u000a"
                                     "\xE0\xA4\x86\",\"n\":{\"x\":\"{no}\"}}")));
    assert_int_equal(call.header_count, 2);
    assert_string_equal(call.headers[0], "X-Key: k s&\"x");
    assert_string_equal(call.headers[1], "Content-Type: application/json");
    assert_string_equal(call.method, "POST");
    assert_int_equal(call.timeout_ms, 1234);
}

static void forms_are_percent_encoded(void **state) {
    SmsGateway gateway = {.url = T("https://g.example/"), .method = T("POST"),
                          .body = T("to={digits}&text={text}&from={header}&pe={entity_id}"),
                          .header = T("GKCLUB"), .entity_id = T("17011")};
    HttpCall call = filled(*state, &gateway);
    assert_true(text_eq(call.body, T("to=919876543210&text=a%22b%5Cc%26d%3D%7Btext%7D%0A%E0%A4%86"
                                     "&from=GKCLUB&pe=17011")));
    assert_string_equal(call.headers[0], "Content-Type: application/x-www-form-urlencoded");
    gateway.headers = T("content-type: application/json; charset=utf-8");
    gateway.body = T("[\"{text}\"]");
    call = filled(*state, &gateway);
    assert_int_equal(call.header_count, 1);
    assert_true(text_starts_with(call.body, T("[\"a\\\"b")));
}

static void a_header_stays_one_line(void **state) {
    SmsGateway gateway = {.url = T("https://g.example/{text}{digits}"), .method = T("GET"),
                          .headers = T("X-Key: {secret}"), .secret = T("a\r\nX-Other: b")};
    HttpCall call;
    assert_false(sms_gateway_fill(*state, &gateway, &message, &call));
}

static SmsVerdict verdict_of(Arena *arena, HttpTrouble trouble, int status, const char *answer,
                             const char *reason) {
    HttpCall call = {.trouble = trouble, .status = status, .answer = text_of(answer)};
    Text why;
    SmsVerdict verdict = sms_gateway_judge(arena, T("taken"), &call, &why);
    assert_true(text_eq(why, text_of(reason)));
    return verdict;
}

static void only_an_acknowledgement_counts_as_sent(void **state) {
    Arena *a = *state;
    assert_int_equal(verdict_of(a, HTTP_CALL_ANSWERED, 200, "x taken", ""), SMS_SENT);
    assert_int_equal(verdict_of(a, HTTP_CALL_ANSWERED, 202, "taken", ""), SMS_SENT);
    assert_int_equal(verdict_of(a, HTTP_CALL_ANSWERED, 200, "take", "no success text"), SMS_UNSURE);
    assert_int_equal(verdict_of(a, HTTP_CALL_ANSWERED, 200, "", "no success text"), SMS_UNSURE);
    assert_int_equal(verdict_of(a, HTTP_CALL_ANSWERED, 302, "taken", "status 302"), SMS_NOT_SENT);
    assert_int_equal(verdict_of(a, HTTP_CALL_ANSWERED, 401, "taken", "status 401"), SMS_NOT_SENT);
    assert_int_equal(verdict_of(a, HTTP_CALL_ANSWERED, 500, "taken", "status 500"), SMS_NOT_SENT);
    assert_int_equal(verdict_of(a, HTTP_CALL_ANSWERED, 504, "taken", "status 504"), SMS_UNSURE);
    assert_int_equal(verdict_of(a, HTTP_CALL_TIMED_OUT, 0, "", "timed out"), SMS_UNSURE);
    assert_int_equal(verdict_of(a, HTTP_CALL_BROKEN, 0, "", "connection broken"), SMS_UNSURE);
    assert_int_equal(verdict_of(a, HTTP_CALL_NOT_REACHED, 0, "", "not reached"), SMS_NOT_SENT);
    HttpCall call = {.trouble = HTTP_CALL_ANSWERED, .status = 200};
    Text why;
    assert_int_equal(sms_gateway_judge(a, TEXT_NONE, &call, &why), SMS_SENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(blanks_are_encoded_as_their_place_wants, make_arena,
                                        drop_arena),
        cmocka_unit_test_setup_teardown(forms_are_percent_encoded, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(a_header_stays_one_line, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(only_an_acknowledgement_counts_as_sent, make_arena,
                                        drop_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
