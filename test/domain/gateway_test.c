/* What settings of a gateway are refused, and which secret stays. */
#include "register_test.h"

#include "domain/gateway.h"

static Gateway good(void) {
    return (Gateway){
        .kind = GATEWAY_HTTP,
        .url = T("https://gateway.example/send"),
        .method = T("POST"),
        .headers = T("Authorization: Bearer {secret}"),
        .body = T("to={digits}&text={text}"),
        .secret = T("first"),
        .timeout_ms = GATEWAY_TIMEOUT_MS,
        .daily_cap = 10,
        .templates = {{T("code"), LANG_HI, T("1007"), T("{code} कोड")},
                      {T("code"), LANG_EN, TEXT_NONE, T("{code} code")},
                      {T("act"), LANG_HI, T("1009"), T("{act}: {code}")},
                      {T("act"), LANG_EN, TEXT_NONE, T("{code} to {act}")}},
        .template_count = 4,
    };
}

static Status write(Ctx *ctx, void *gateway) { return gateway_write(ctx, gateway); }
static Status read(Ctx *ctx, void *gateway) { return gateway_read(ctx, gateway); }
static Status can_send(Ctx *ctx, void *ret) { return gateway_can_send(ctx, ret); }

static void refused(Register *r, Gateway g, const char *field, const char *message) {
    register_refused(r, register_write(r, write, &g), INVALID, field, message);
    assert_int_equal(register_int(r, "SELECT count(*) FROM gateway"), 0);
}

static void addresses_that_are_refused(void **state) {
    Register *r = *state;
    static const char *const forms[] = {
        "", "gateway.example", "ftp://gateway.example/", "file:///etc/hostname", "https://",
        "https:///path", "https://{digits}.example/", "https://a@gateway.example/",
        "https://gateway.example/a b", "https://gateway.example/\n", "https://gateway\xC3\xA9/",
    };
    Gateway g = good();
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        g.url = text_of(forms[i]);
        refused(r, g, "url", "gateway_url_form");
    }
    static const char *const open[] = {"http://gateway.example/", "http://127.example.org/x",
                                       "http://localhost.example/", "http://10.0.0.1:80/"};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        g.url = text_of(open[i]);
        refused(r, g, "url", "gateway_url_tls");
    }
    static const char *const here[] = {"http://127.0.0.1:9/x", "http://localhost",
                                       "http://[::1]:9/"};
    for (size_t i = 0; i < sizeof here / sizeof *here; i++) {
        g.url = text_of(here[i]);
        register_must(r, register_write(r, write, &g));
    }
}

static void requests_that_are_refused(void **state) {
    Register *r = *state;
    Gateway g = good();
    g.method = T("DELETE");
    refused(r, g, "method", "gateway_method_form");
    g = good(), g.headers = T("no colon");
    refused(r, g, "headers", "gateway_headers_form");
    g = good(), g.headers = T("X-A: b\rX-C: d");
    refused(r, g, "headers", "gateway_headers_form");
    g = good(), g.headers = T("X-Api-Key: in the open");
    refused(r, g, "headers", "gateway_header_secret");
    g = good(), g.body = T("text={text}");
    refused(r, g, "body", "gateway_no_phone");
    g = good(), g.body = T("to={phone}");
    refused(r, g, "body", "gateway_no_text");
    g = good(), g.method = T("GET");
    refused(r, g, "body", "gateway_body_form");
    g = good(), g.method = T("GET"), g.body = T("");
    refused(r, g, "url", "gateway_no_phone");
    g = good(), g.secret = T("two\nlines");
    refused(r, g, "secret", "gateway_secret_form");
    g = good(), g.timeout_ms = 60000;
    refused(r, g, "timeout_ms", "gateway_timeout_form");
    g = good(), g.daily_cap = 0;
    refused(r, g, "daily_cap", "gateway_cap_form");
    g = good(), g.entity_id = T("17 01");
    refused(r, g, "entity_id", "gateway_id_form");
    g = good(), g.kind = GATEWAY_NONE;
    refused(r, g, "kind", "gateway_kind_form");
}

static void words_that_are_refused(void **state) {
    Register *r = *state;
    Gateway g = good();
    g.templates[0].text = T("no blank");
    refused(r, g, "templates", "gateway_text_code");
    g = good(), g.templates[0].text = T("{code} {code}");
    refused(r, g, "templates", "gateway_text_code");
    g = good(), g.templates[1].purpose = T("reminder"), g.templates[1].text = T("{code}");
    refused(r, g, "templates", "gateway_text_code");
    g = good(), g.templates[1].purpose = T("advert");
    refused(r, g, "templates", "gateway_purpose_form");
    g = good(), g.template_count = 3;
    refused(r, g, "templates", "gateway_text_missing");
    g = good(), g.templates[0].text = T("{code} \xFF");
    refused(r, g, "templates", "gateway_text_form");
}

static void log_is_for_demos(void **state) {
    Register *r = *state;
    Gateway g = good();
    bool can;
    register_must(r, register_read(r, can_send, &can));
    assert_int_equal(can, r->org.demo);
    g.kind = GATEWAY_LOG;
    Status status = register_write(r, write, &g);
    if (r->org.demo)
        register_must(r, status);
    else
        register_refused(r, status, DENIED, "kind", "gateway_log_demo_only");
    g.kind = GATEWAY_HTTP;
    register_must(r, register_write(r, write, &g));
    register_must(r, register_read(r, can_send, &can));
    assert_true(can);
}

static void a_secret_stays_until_there_is_another(void **state) {
    Register *r = *state;
    Gateway g = good(), back;
    register_must(r, register_write(r, write, &g));
    g.secret = TEXT_NONE;
    g.url = T("https://other.example/");
    register_must(r, register_write(r, write, &g));
    register_must(r, register_read(r, read, &back));
    assert_true(text_eq(back.secret, T("first")));
    assert_true(text_eq(back.url, g.url));
    assert_true(text_eq(back.body, g.body));
    assert_int_equal(back.template_count, 4);
    g.secret = T("");
    register_must(r, register_write(r, write, &g));
    register_must(r, register_read(r, read, &back));
    assert_int_equal(back.secret.len, 0);
    register_run(r, "UPDATE gateway SET url = body");
    register_refused(r, register_read(r, read, &back), IO, NULL, "store_damaged");
}

#define TEST(name, make) cmocka_unit_test_setup_teardown(name, make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(addresses_that_are_refused, register_make),
        TEST(requests_that_are_refused, register_make),
        TEST(words_that_are_refused, register_make),
        TEST(log_is_for_demos, register_make),
        {"log_is_for_demos, demo", log_is_for_demos, register_make_demo, register_remove, NULL},
        TEST(a_secret_stays_until_there_is_another, register_make),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
