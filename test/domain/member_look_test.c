/* Finding members: by number as it is typed, within one's own units, page by page. */
#include "register_test.h"

typedef struct Looking {
    Text number;
    Member member;
    Unit unit;
} Looking;

static Status by_number(Ctx *ctx, void *argument) {
    Looking *l = argument;
    return member_by_number(ctx, l->number, &l->member);
}

static Status look(Ctx *ctx, void *argument) {
    Looking *l = argument;
    return member_look(ctx, l->number, &l->member, &l->unit);
}

static Text number_of(Register *r, const Member *m) {
    char text[NUMBER_TEXT_MAX];
    size_t len = number_text(&m->number, text);
    return arena_copy(r->arena, (Text){text, len});
}

static void reads_a_number_as_typed(void **state) {
    Register *r = *state;
    Member m = register_member(r, 1);
    Text number = number_of(r, &m);
    Text ways[] = {number, text_slice(number, 4, number.len),
                   arena_printf(r->arena, " gkc%.*s ", TEXT_ARG(text_slice(number, 4, 100)))};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        Looking l = {.number = ways[i]};
        register_must(r, register_read(r, by_number, &l));
        assert_int_equal(l.member.serial, m.serial);
    }
    Number never = number_of_serial(&r->org.keys, r->org.code, 4711);
    Member nobody = {.number = never};
    char *slip = arena_cstr(r->arena, number), *other = arena_cstr(r->arena, number);
    slip[number.len - 1] = slip[number.len - 1] == '5' ? '6' : '5';
    memcpy(other, "XYZ", 3);
    const struct {
        Text number;
        Status status;
        const char *message;
    } rows[] = {
        {T("12"), INVALID, "member_number_form"},
        {T(""), INVALID, "member_number_form"},
        {text_of(slip), INVALID, "member_number_digit"},
        {text_of(other), NOT_FOUND, "member_not_found"},
        {number_of(r, &nobody), NOT_FOUND, "member_not_found"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Looking l = {.number = rows[i].number};
        assert_int_equal(register_read(r, by_number, &l), rows[i].status);
        assert_string_equal(r->ctx.errors[0].message, rows[i].message);
    }
}

/* Who may not see a member does not learn that there is one; who looks is written down. */
static void shows_members_of_ones_own_units(void **state) {
    Register *r = *state;
    Member m = register_member(r, 1);
    Looking l = {.number = number_of(r, &m)};
    register_act_as_token(r, 7, "UP-174");
    register_must(r, register_write(r, look, &l));
    assert_int_equal(l.member.serial, m.serial);
    assert_true(text_eq(l.unit.code, T("UP-174")));
    register_act_as_token(r, 7, "UP");
    register_must(r, register_write(r, look, &l));
    assert_int_equal(register_int(r, "SELECT count(*) FROM audit WHERE action = 'member.look' "
                                     "AND actor = 'token:7' AND subject = 'member:0' "
                                     "AND detail = ''"), 2);
    static const char *const elsewhere[] = {"UP-175", "BR"};
    for (int i = 0; i < 2; i++) {
        register_act_as_token(r, 8, elsewhere[i]);
        assert_int_equal(register_write(r, look, &l), NOT_FOUND);
        assert_string_equal(r->ctx.errors[0].message, "member_not_found");
    }
    r->ctx.actor = (Actor){.kind = ACTOR_NOBODY, .unit_id = r->org.root_unit_id};
    assert_int_equal(register_write(r, look, &l), NOT_FOUND);
    assert_int_equal(register_int(r, "SELECT count(*) FROM audit WHERE action = 'member.look'"),
                     2);
}

enum { PAGE = 3, MEMBERS = 8 };

typedef struct Page {
    int64_t unit_id, since;
    MemberCursor cursor;
    Member members[PAGE];
    int count;
} Page;

static Status read_page(Ctx *ctx, void *argument) {
    Page *p = argument;
    return member_of_unit(ctx, p->unit_id, p->since, &p->cursor, p->members, PAGE, &p->count);
}

/* Several joined in one second: none may be passed over between two pages, none come twice. */
static void pages_through_a_unit(void **state) {
    Register *r = *state;
    int64_t begun = r->ctx.now_s;
    for (int i = 0; i < MEMBERS; i++) {
        r->ctx.now_s = begun + i / 4;
        register_member(r, i);
    }
    Page p = {.unit_id = register_unit(r, "UP-174").id};
    int64_t next = 0;
    do {
        register_must(r, register_read(r, read_page, &p));
        for (int i = 0; i < p.count; i++) assert_int_equal(p.members[i].serial, next++);
    } while (p.count == PAGE);
    assert_int_equal(next, MEMBERS);
    p = (Page){.unit_id = p.unit_id, .since = begun + 1};
    register_must(r, register_read(r, read_page, &p));
    assert_int_equal(p.count, PAGE);
    assert_int_equal(p.members[0].serial, 4);
    p = (Page){.unit_id = register_unit(r, "UP").id}; /* not those below it */
    register_must(r, register_read(r, read_page, &p));
    assert_int_equal(p.count, 0);
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_REGISTER(reads_a_number_as_typed),
        WITH_REGISTER(shows_members_of_ones_own_units),
        WITH_REGISTER(pages_through_a_unit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
