/* See register_test.h. */
#include "register_test.h"

#include "domain/gateway.h"

#include "base/clock.h"
#include "base/limits.h"
#include "domain/place.h"
#include "domain/rebuild.h"

static Status add_pin(Ctx *ctx, int64_t pin, int64_t place, Text district) {
    Query *q = query_begin(ctx, Q_PIN_PLACE_INSERT);
    query_int(q, "pin", pin);
    query_int(q, "place", place);
    query_text(q, "district", district);
    query_int(q, "offices", 3);
    return query_run(q);
}

static Status add_units(Ctx *ctx) {
    Unit root, up = {.code = T("UP"), .kind = T("state"), .name_en = T("Uttar Pradesh")};
    Unit br = {.code = T("BR"), .kind = T("state"), .name_en = T("Bihar")};
    Unit maharajganj = {.code = T("UP-174"), .kind = T("district"), .name_en = T("Maharajganj"),
                        .name_hi = T("महराजगंज")};
    Unit mahoba = {.code = T("UP-175"), .kind = T("district"), .name_en = T("Mahoba")};
    Unit gaya = {.code = T("BR-203"), .kind = T("district"), .name_en = T("Gaya")};
    TRY(unit_by_code(ctx, T("IN"), &root));
    TRY(unit_insert(ctx, &root, &up));
    TRY(unit_insert(ctx, &root, &br));
    TRY(unit_insert(ctx, &up, &maharajganj));
    TRY(unit_insert(ctx, &up, &mahoba));
    return unit_insert(ctx, &br, &gaya);
}

static Status add_places(Ctx *ctx) {
    TRY(add_pin(ctx, 273303, 0, T("UP-174")));
    TRY(add_pin(ctx, 210427, 0, T("UP-175")));
    TRY(add_pin(ctx, 210427, 1, T("UP-174")));
    return place_name_add(ctx, T("urban"), T("UP-174"), T("Nautanwa"), T("नौतनवा"), 0);
}

typedef struct Making {
    OrganisationDraft draft;
    Organisation *org;
} Making;

static Status make_apply(Ctx *ctx, void *argument) {
    Making *making = argument;
    ctx->org = NULL;
    TRY(organisation_check_draft(ctx, &making->draft));
    TRY(organisation_create(ctx, &making->draft));
    TRY(organisation_load(ctx, making->org));
    ctx->org = making->org;
    TRY(add_units(ctx));
    return add_places(ctx);
}

Register *register_make_on(const char *vfs, const OrganisationDraft *draft) {
    assert_true(crypto_start());
    Register *r = test_calloc(1, sizeof *r);
    (void)snprintf(r->folder, sizeof r->folder, "/tmp/register-test-XXXXXX");
    assert_non_null(mkdtemp(r->folder));
    r->arena = arena_new(LIMIT_COMMAND_ARENA_BYTES);
    ctx_init(&r->ctx, r->arena);
    StoreOptions options = {.data_dir = r->folder, .mode = STORE_CREATE, .vfs = vfs};
    register_must(r, store_open(&r->ctx, &options, &r->store));
    Making making = {.draft = {.code = T("GKC"), .name_en = T("Test Club"),
                               .base_url = T("https://club.example"),
                               .fee_paise = REGISTER_FEE_PAISE},
                     .org = &r->org};
    if (draft) making.draft.fee_paise = draft->fee_paise, making.draft.demo = draft->demo;
    register_must(r, register_write(r, make_apply, &making));
    keyring_generate(&r->org.keys);
    r->ctx.actor = (Actor){.kind = ACTOR_OPERATOR, .unit_id = r->org.root_unit_id};
    register_set_day(r, 2026, 11, 21);
    return r;
}

int register_make(void **state) {
    *state = register_make_on(NULL, NULL);
    return 0;
}

int register_make_free(void **state) {
    *state = register_make_on(NULL, &(OrganisationDraft){.fee_paise = 0});
    return 0;
}

int register_make_demo(void **state) {
    *state = register_make_on(
        NULL, &(OrganisationDraft){.fee_paise = REGISTER_FEE_PAISE, .demo = true});
    return 0;
}

static Status write_gateway(Ctx *ctx, void *gateway) { return gateway_write(ctx, gateway); }

static int with_gateway(Register *r) {
    Gateway gateway = {
        .kind = GATEWAY_HTTP, .url = T("https://sms.example.org/send"), .method = T("POST"),
        .body = T("to={phone}&text={text}"), .timeout_ms = 5000, .daily_cap = 1000,
        .templates = {{T("code"), LANG_HI, T("1007"), T("{code} {organisation} का कोड है")},
                      {T("code"), LANG_EN, T("1008"), T("{code} is for {organisation}")},
                      {T("act"), LANG_HI, T("1009"), T("{act} के लिए {code}")},
                      {T("act"), LANG_EN, T("1010"), T("{code} to {act}")}},
        .template_count = 4,
    };
    register_must(r, register_write(r, write_gateway, &gateway));
    return 0;
}

int register_make_sending(void **state) {
    (void)register_make(state);
    return with_gateway(*state);
}

int register_make_sending_free(void **state) {
    (void)register_make_free(state);
    return with_gateway(*state);
}

int register_remove(void **state) {
    Register *r = *state;
    store_close(r->store);
    Text command = arena_printf(r->arena, "rm -rf '%s'", r->folder);
    assert_int_equal(system(command.ptr), 0);
    arena_delete(r->arena);
    test_free(r);
    return 0;
}

Status register_write(Register *r, Apply apply, void *argument) {
    ctx_forget_errors(&r->ctx);
    return lane_write(r->store, &r->ctx, apply, argument);
}

Status register_read(Register *r, Apply apply, void *argument) {
    ctx_forget_errors(&r->ctx);
    return lane_read(r->store, &r->ctx, apply, argument);
}

void register_must(Register *r, Status status) {
    if (status == OK) return;
    print_error("%s: %s\n", r->ctx.error_count ? r->ctx.errors[0].message : "?", r->ctx.detail);
    assert_int_equal(status, OK);
}

void register_refused(Register *r, Status status, Status wanted, const char *field,
                      const char *message) {
    assert_true(r->ctx.error_count > 0);
    const Error *error = &r->ctx.errors[0];
    assert_string_equal(error->message, message);
    assert_int_equal(status, wanted);
    if (field)
        assert_string_equal(error->field, field);
    else
        assert_null(error->field);
}

void register_set_day(Register *r, int year, int month, int day) {
    r->ctx.now_s = clock_day_of(year, month, day) * CLOCK_DAY_S + CLOCK_DAY_S / 2 -
                   CLOCK_INDIA_OFFSET_S;
}

void register_act_as_token(Register *r, int64_t id, const char *unit_code) {
    r->ctx.actor = (Actor){.kind = ACTOR_TOKEN, .id = id, .can = CAN_ENROL | CAN_READ_MEMBER,
                           .unit_id = register_unit(r, unit_code).id};
}

Enrolment register_person(Register *r, int which) {
    return (Enrolment){.name = T("Asha Devi"),
                       .phone = arena_printf(r->arena, "98%08d", which),
                       .unit_code = T("UP-174"),
                       .settlement = T("rural"),
                       .gender = T("f"),
                       .birth_year = 1980,
                       .notice = T("1"),
                       .consent_at = r->ctx.now_s,
                       .fee_method = FEE_CASH,
                       .fee_paise = REGISTER_FEE_PAISE,
                       .how = T("enroller")};
}

typedef struct Enrolling {
    Enrolment *e;
    Enrolled *enrolled;
} Enrolling;

static Status enrol_apply(Ctx *ctx, void *argument) {
    Enrolling *enrolling = argument;
    return member_enrol(ctx, enrolling->e, enrolling->enrolled);
}

Status register_enrol(Register *r, Enrolment *e, Enrolled *ret) {
    ctx_forget_errors(&r->ctx);
    TRY(member_prepare(&r->ctx, e));
    Enrolling enrolling = {e, ret};
    return register_write(r, enrol_apply, &enrolling);
}

Member register_member(Register *r, int which) {
    Enrolment e = register_person(r, which);
    Enrolled enrolled;
    register_must(r, register_enrol(r, &e, &enrolled));
    return register_member_at(r, enrolled.serial);
}

static Status read_member(Ctx *ctx, void *member) {
    return member_by_serial(ctx, ((Member *)member)->serial, member);
}

Member register_member_at(Register *r, int64_t serial) {
    Member member = {.serial = serial};
    register_must(r, register_read(r, read_member, &member));
    return member;
}

typedef struct Change {
    Member *member;
    MemberState to;
} Change;

static Status change_apply(Ctx *ctx, void *argument) {
    Change *change = argument;
    return member_change_state(ctx, change->member, change->to, T("asked for"));
}

void register_change(Register *r, Member *m, MemberState to) {
    Change change = {m, to};
    register_must(r, register_write(r, change_apply, &change));
}

static Status load_card(Ctx *ctx, void *card) {
    int64_t serial = ((Card *)card)->member.serial;
    return card_load(ctx, serial, true, card);
}

Card register_card(Register *r, int64_t serial) {
    Card card = {.member = {.serial = serial}};
    register_must(r, register_read(r, load_card, &card));
    register_must(r, card_sign(&r->ctx, NULL, &card));
    return card;
}

typedef struct UnitLook {
    const char *code;
    Unit unit;
    Tally tally;
    TallyDay day;
} UnitLook;

static Status look_at_unit(Ctx *ctx, void *argument) {
    UnitLook *look = argument;
    int64_t day = clock_day(ctx->now_s, ctx->org->zone_offset_s);
    TRY(unit_by_code(ctx, text_of(look->code), &look->unit));
    TRY(tally_read(ctx, look->unit.id, &look->tally));
    return tally_days(ctx, look->unit.id, day, day, &look->day);
}

static UnitLook look_at(Register *r, const char *code) {
    UnitLook look = {.code = code};
    register_must(r, register_read(r, look_at_unit, &look));
    return look;
}

Unit register_unit(Register *r, const char *code) { return look_at(r, code).unit; }
Tally register_tally(Register *r, const char *unit_code) { return look_at(r, unit_code).tally; }
TallyDay register_day(Register *r, const char *unit_code) { return look_at(r, unit_code).day; }

typedef struct Statement {
    const char *sql;
    int64_t value;
} Statement;

static Status read_int(Ctx *ctx, void *argument) {
    Statement *s = argument;
    return query_run_int(connection_query(ctx->tx, ctx, "test", s->sql), &s->value);
}

int64_t register_int(Register *r, const char *sql) {
    Statement s = {.sql = sql};
    register_must(r, register_read(r, read_int, &s));
    return s.value;
}

static Status run_script(Ctx *ctx, void *sql) { return connection_script(ctx->tx, ctx, sql); }

void register_run(Register *r, const char *sql) {
    register_must(r, register_write(r, run_script, arena_cstr(r->arena, text_of(sql))));
}

static Status compare(Ctx *ctx, void *rebuild) { return rebuild_compare(ctx, rebuild); }

void register_agrees(Register *r) {
    Rebuild rebuild;
    register_must(r, register_read(r, compare, &rebuild));
    for (int64_t i = 0; i < rebuild.count; i++)
        print_error("unit %lld differs%s\n", (long long)rebuild.differences[i].unit_id,
                    rebuild.differences[i].day == INT64_MIN ? "" : " in a day");
    assert_int_equal(rebuild.count, 0);
    register_must(r, store_check_integrity(r->store, &r->ctx));
}

Status register_due(Ctx *ctx, const Due *due, int max, DueDone *ret) {
    DueList list = {.after = {INT64_MIN, -1}, .to = INT64_MAX, .max = max};
    TRY(due->list(ctx, due, &list));
    return due_act(ctx, due, list.rows, list.count, ret);
}
