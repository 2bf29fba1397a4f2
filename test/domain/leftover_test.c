/* What is too old goes, in pieces; what is still of use stays. */
#include "register_test.h"

#include "base/clock.h"
#include "domain/leftover.h"

enum { FLOOD = 1300 };

static Status drop(Ctx *ctx, void *more) { return leftover_drop(ctx, more); }

static int64_t drops_all(Register *r) {
    bool more = true;
    int64_t runs = 0;
    for (; more; runs++) register_must(r, register_write(r, drop, &more));
    return runs;
}

static void insert(Register *r, const char *sql, int64_t time) {
    register_run(r, arena_printf(r->arena, sql, (long long)time).ptr);
}

static const struct {
    const char *table, *sql;
    int64_t age_s; /* gone when so old, not a second earlier */
} kinds[] = {
    {"application",
     "INSERT INTO application (org_id, secret_hash, sealed_key, form, step, code_tries, notice, "
     "created_at, expires_at) VALUES (1, randomblob(16), x'00', x'00', 'form', 0, '', 1, %lld)",
     0},
    {"act_session",
     "INSERT INTO act_session (org_id, secret_hash, serial, generation, code_tries, expires_at) "
     "VALUES (1, randomblob(16), 1, 1, 0, %lld)",
     0},
    {"sign_in",
     "INSERT INTO sign_in (org_id, secret_hash, sealed_key, phone, code_tries, expires_at) "
     "VALUES (1, randomblob(16), x'00', x'00', 0, %lld)",
     0},
    {"desk_session",
     "INSERT INTO desk_session (org_id, secret_hash, token_id, opened_at, expires_at) "
     "VALUES (1, randomblob(16), 1, 1, %lld)",
     0},
    {"phone_move",
     "INSERT INTO phone_move (org_id, serial, phone, phone_of, code_tries, expires_at) "
     "VALUES (1, abs(random() % 1000000000), x'00', 'own', 0, %lld)",
     0},
    {"phone_wait",
     "INSERT INTO phone_wait (org_id, owner, phone_hash, act, digits, begun_at, proof) "
     "VALUES (1, randomblob(16), x'00', 'join', '1234', %lld, '')",
     86400},
    {"incoming_seen",
     "INSERT INTO incoming_seen (org_id, id_hash, at) VALUES (1, randomblob(16), %lld)", 86400},
    {"idempotency",
     "INSERT INTO idempotency (org_id, key_hash, body_hash, serial, at) "
     "VALUES (1, randomblob(16), x'00', 1, %lld)",
     90 * 86400},
    {"member_photo WHERE draft IS NOT NULL",
     "INSERT INTO member_photo (org_id, serial, photo, draft, changed_at) "
     "SELECT 1, count(*), x'00', x'00', %lld FROM member_photo",
     86400},
    {"member_photo WHERE off_reason IS NOT NULL",
     "INSERT INTO member_photo (org_id, serial, off_reason, off_at, changed_at) "
     "SELECT 1, count(*), x'00', %lld, 1 FROM member_photo",
     30 * 86400},
};

static void takes_what_is_old_and_leaves_the_rest(void **state) {
    Register *r = *state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        insert(r, kinds[i].sql, r->ctx.now_s - kinds[i].age_s);
        insert(r, kinds[i].sql, r->ctx.now_s - kinds[i].age_s + 1);
    }
    assert_int_equal(drops_all(r), 2);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        Text count = arena_printf(r->arena, "SELECT count(*) FROM %s", kinds[i].table);
        assert_int_equal(register_int(r, count.ptr), 1);
    }
}

static void forgets_counts_of_earlier_hours_and_days(void **state) {
    Register *r = *state;
    int64_t hour = r->ctx.now_s / 3600, day = clock_day(r->ctx.now_s, CLOCK_INDIA_OFFSET_S);
    const int64_t stay[] = {hour, -day}, go[] = {hour - 1, hour - 100, -day + 1, -day + 100};
    static const char sql[] = "INSERT INTO code_use (org_id, phone_hash, period, sent, tried) "
                              "VALUES (1, x'0102', %lld, 3, 0)";
    for (size_t i = 0; i < sizeof stay / sizeof *stay; i++) insert(r, sql, stay[i]);
    for (size_t i = 0; i < sizeof go / sizeof *go; i++) insert(r, sql, go[i]);
    (void)drops_all(r);
    assert_int_equal(register_int(r, "SELECT count(*) FROM code_use"), 2);
    assert_int_equal(register_int(r, "SELECT max(period) FROM code_use"), hour);
    assert_int_equal(register_int(r, "SELECT min(period) FROM code_use"), -day);
}

static void takes_a_flood_in_pieces(void **state) {
    Register *r = *state;
    register_run(r, arena_printf(r->arena,
                                 "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                                 "WHERE i < %d) INSERT INTO incoming_seen (org_id, id_hash, at) "
                                 "SELECT 1, randomblob(16), 1 FROM n",
                                 FLOOD).ptr);
    bool more;
    register_must(r, register_write(r, drop, &more));
    assert_true(more);
    int64_t left = register_int(r, "SELECT count(*) FROM incoming_seen");
    assert_true(left > 0 && left < FLOOD);
    (void)drops_all(r);
    assert_int_equal(register_int(r, "SELECT count(*) FROM incoming_seen"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(takes_what_is_old_and_leaves_the_rest, register_make,
                                        register_remove),
        cmocka_unit_test_setup_teardown(forgets_counts_of_earlier_hours_and_days, register_make,
                                        register_remove),
        cmocka_unit_test_setup_teardown(takes_a_flood_in_pieces, register_make, register_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
