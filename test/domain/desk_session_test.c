/* Sign-ins at the desk: the token's rights, as long as both last. */
#include "register_test.h"

#include "crypto/secret_token.h"
#include "domain/desk_session.h"

typedef struct SignIn {
    char key[SECRET_TOKEN_CHARS], cookie[SECRET_TOKEN_CHARS];
    Token token;
    Actor actor;
} SignIn;

static Text secret(const char *chars) { return (Text){chars, SECRET_TOKEN_CHARS}; }

static Status create(Ctx *ctx, void *argument) {
    SignIn *s = argument;
    return token_create(ctx, secret(s->key), T("admin"), T("UP"), 30, T("desk"), &s->token);
}

static Status open_desk(Ctx *ctx, void *argument) {
    SignIn *s = argument;
    return desk_session_open(ctx, secret(s->key), secret(s->cookie));
}

static Status find(Ctx *ctx, void *argument) {
    SignIn *s = argument;
    return desk_session_find(ctx, secret(s->cookie), &s->actor);
}

static Status close_desk(Ctx *ctx, void *argument) {
    return desk_session_close(ctx, secret(((SignIn *)argument)->cookie));
}

static Status revoke(Ctx *ctx, void *id) { return token_revoke(ctx, *(int64_t *)id); }

static SignIn signed_in(Register *r) {
    SignIn s = {0};
    secret_token_make(s.key);
    secret_token_make(s.cookie);
    register_must(r, register_write(r, create, &s));
    register_must(r, register_write(r, open_desk, &s));
    return s;
}

static void has_the_rights_of_its_token(void **state) {
    Register *r = *state;
    SignIn s = signed_in(r);
    register_must(r, register_read(r, find, &s));
    assert_int_equal(s.actor.kind, ACTOR_TOKEN);
    assert_int_equal(s.actor.id, s.token.id);
    assert_int_equal(s.actor.unit_id, register_unit(r, "UP").id);
    assert_int_equal(s.actor.can, CAN_ENROL | CAN_READ_MEMBER | CAN_ADMINISTER);
    assert_int_equal(register_int(r, "SELECT count(*) FROM audit WHERE action = 'desk.sign_in'"),
                     1);
}

static void opens_for_no_other_secret(void **state) {
    Register *r = *state;
    SignIn s = signed_in(r), stranger = s;
    secret_token_make(stranger.key);
    assert_int_equal(register_write(r, open_desk, &stranger), NOT_FOUND);
    assert_int_equal(r->ctx.error_count, 0);
    memcpy(stranger.cookie, s.key, sizeof s.key); /* the token itself is no cookie */
    assert_int_equal(register_read(r, find, &stranger), NOT_FOUND);
    assert_int_equal(r->ctx.error_count, 0);
}

static void ends_with_its_day_its_token_and_a_sign_out(void **state) {
    Register *r = *state;
    SignIn old = signed_in(r), revoked = signed_in(r), left = signed_in(r);
    register_must(r, register_write(r, revoke, &revoked.token.id));
    register_must(r, register_write(r, close_desk, &left));
    assert_int_equal(register_read(r, find, &revoked), NOT_FOUND);
    assert_int_equal(register_read(r, find, &left), NOT_FOUND);
    r->ctx.now_s += DESK_SESSION_S - 1;
    register_must(r, register_read(r, find, &old));
    r->ctx.now_s++;
    assert_int_equal(register_read(r, find, &old), NOT_FOUND);
    (void)signed_in(r); /* who comes next sweeps what is over */
    assert_int_equal(register_int(r, "SELECT count(*) FROM desk_session"), 1);
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_REGISTER(has_the_rights_of_its_token),
        WITH_REGISTER(opens_for_no_other_secret),
        WITH_REGISTER(ends_with_its_day_its_token_and_a_sign_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
