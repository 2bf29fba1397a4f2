/* API tokens: who they stand for, until when. */
#include "register_test.h"

#include "crypto/secret_token.h"
#include "domain/token.h"

typedef struct Asking {
    char secret[SECRET_TOKEN_CHARS];
    const char *role, *unit, *label;
    int64_t days;
    Token token;
    Actor actor;
} Asking;

static Text secret_of(const Asking *a) { return (Text){a->secret, SECRET_TOKEN_CHARS}; }

static Status create(Ctx *ctx, void *argument) {
    Asking *a = argument;
    return token_create(ctx, secret_of(a), text_of(a->role), text_of(a->unit), a->days,
                        text_of(a->label), &a->token);
}

static Status find(Ctx *ctx, void *argument) {
    Asking *a = argument;
    return token_find(ctx, secret_of(a), &a->actor);
}

static Asking asking(const char *role, const char *unit, int64_t days) {
    Asking a = {.role = role, .unit = unit, .label = "tablet", .days = days};
    secret_token_make(a.secret);
    return a;
}

static void stands_for_its_role_and_unit(void **state) {
    Register *r = *state;
    Asking enroller = asking("enroller", "UP-174", 30), admin = asking("admin", "", 30);
    register_must(r, register_write(r, create, &enroller));
    register_must(r, register_write(r, create, &admin));
    register_must(r, register_read(r, find, &enroller));
    register_must(r, register_read(r, find, &admin));
    assert_int_equal(enroller.actor.kind, ACTOR_TOKEN);
    assert_int_equal(enroller.actor.id, enroller.token.id);
    assert_int_equal(enroller.actor.unit_id, register_unit(r, "UP-174").id);
    assert_int_equal(enroller.actor.can, CAN_ENROL | CAN_READ_MEMBER);
    assert_int_equal(admin.actor.unit_id, r->org.root_unit_id);
    assert_int_equal(admin.actor.can, CAN_ENROL | CAN_READ_MEMBER | CAN_ADMINISTER);
    assert_int_not_equal(admin.actor.id, enroller.actor.id);
}

/* The same words of other length, of nobody, and with one letter changed. */
static void finds_no_other_secret(void **state) {
    Register *r = *state;
    Asking a = asking("enroller", "", 30), stranger = asking("enroller", "", 30);
    register_must(r, register_write(r, create, &a));
    assert_int_equal(register_read(r, find, &stranger), NOT_FOUND);
    assert_int_equal(r->ctx.error_count, 0);
    a.secret[5] = a.secret[5] == '0' ? '1' : '0';
    assert_int_equal(register_read(r, find, &a), NOT_FOUND);
}

static void ends_with_its_last_second(void **state) {
    Register *r = *state;
    Asking a = asking("enroller", "", 2);
    register_must(r, register_write(r, create, &a));
    r->ctx.now_s = a.token.expires_at - 1;
    register_must(r, register_read(r, find, &a));
    r->ctx.now_s++;
    assert_int_equal(register_read(r, find, &a), NOT_FOUND);
    assert_int_equal(a.token.expires_at - a.token.created_at, 2 * 86400);
}

static Status revoke(Ctx *ctx, void *id) { return token_revoke(ctx, *(int64_t *)id); }

static void is_revoked_once(void **state) {
    Register *r = *state;
    Asking a = asking("enroller", "", 30), other = asking("enroller", "", 30);
    register_must(r, register_write(r, create, &a));
    register_must(r, register_write(r, create, &other));
    register_must(r, register_write(r, revoke, &a.token.id));
    assert_int_equal(register_read(r, find, &a), NOT_FOUND);
    register_must(r, register_read(r, find, &other));
    register_refused(r, register_write(r, revoke, &a.token.id), CONFLICT, NULL, "token_revoked");
    int64_t unknown = 99;
    register_refused(r, register_write(r, revoke, &unknown), NOT_FOUND, NULL, "token_not_found");
    assert_int_equal(register_int(r, "SELECT count(*) FROM audit WHERE action = 'token.revoke'"),
                     1);
}

static void refuses_strange_tokens(void **state) {
    Register *r = *state;
    Asking role = asking("king", "", 30), unit = asking("enroller", "XX", 30);
    register_refused(r, register_write(r, create, &role), INVALID, "role", "token_role_form");
    register_refused(r, register_write(r, create, &unit), NOT_FOUND, "unit", "unit_unknown");
    static const int64_t days[] = {0, -1, 3651};
    for (int i = 0; i < 3; i++) {
        Asking a = asking("enroller", "", days[i]);
        register_refused(r, register_write(r, create, &a), INVALID, "days", "token_days");
    }
    Asking label = asking("enroller", "", 30);
    label.label = "\xFF";
    register_refused(r, register_write(r, create, &label), INVALID, "label", "label_form");
    assert_int_equal(register_int(r, "SELECT count(*) FROM api_token"), 0);
}

typedef struct Listing {
    Token *list;
    int count;
} Listing;

static Status list(Ctx *ctx, void *argument) {
    Listing *l = argument;
    return token_list(ctx, &l->list, &l->count);
}

static void lists_all_without_secrets(void **state) {
    Register *r = *state;
    for (int i = 0; i < 40; i++) { /* more than the list begins with */
        Asking a = asking("enroller", i % 2 ? "UP" : "BR", 30);
        register_must(r, register_write(r, create, &a));
        assert_int_equal(a.token.id, i + 1);
    }
    int64_t id = 3;
    register_must(r, register_write(r, revoke, &id));
    Listing l;
    register_must(r, register_read(r, list, &l));
    assert_int_equal(l.count, 40);
    for (int i = 0; i < 40; i++) {
        assert_int_equal(l.list[i].id, i + 1);
        assert_true(text_eq(l.list[i].unit_code, i % 2 ? T("UP") : T("BR")));
        assert_true(text_eq(l.list[i].label, T("tablet")));
        assert_int_equal(l.list[i].revoked_at, i == 2 ? r->ctx.now_s : 0);
    }
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_REGISTER(stands_for_its_role_and_unit),
        WITH_REGISTER(finds_no_other_secret),
        WITH_REGISTER(ends_with_its_last_second),
        WITH_REGISTER(is_revoked_once),
        WITH_REGISTER(refuses_strange_tokens),
        WITH_REGISTER(lists_all_without_secrets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
