/* A statement that the power is cut under, at one operation of the disk after the other: what is
 * in the books is gone on from, nothing is there twice. And its file: sealed, and forgotten. */
#include "treasury_test.h"

#include "base/buffer.h"
#include "base/clock.h"
#include "domain/account_year.h"
#include "domain/statement_import.h"
#include "forgetful_vfs.h"
#include "jobs/import_statements.h"
#include "statement_dirty.h"
#include "statement_zip.h"

enum {
    PEOPLE = 160, /* the last two share a payment */
    LINES = PEOPLE - 1,
    JOB_ARENA = 64 << 20,
    PAYERS = 3000,
    FILLED_AT_ONCE = 200,
    CUT_STEP = 9,
};

static Text write_file(Register *r) {
    Buffer b = buffer_in(r->arena, 1 << 20);
    buffer_add(&b, T("Date,Description,Debit,Credit,Balance\n"));
    for (int i = 0; i < LINES; i++)
        buffer_printf(&b, "21/11/2026,UPI/6%011d/fee,,%s,\n", i * 7 + 1,
                      i == LINES - 1 ? "22.00" : "11.00");
    return buffer_text(&b);
}

static void claim_all(Register *r) {
    for (int i = 0; i < PEOPLE; i++) {
        int64_t serial = treasury_applicant(r, i);
        int line = i < LINES ? i : LINES - 1;
        Text utr = arena_printf(r->arena, "6%011d", line * 7 + 1);
        (void)treasury_claim(r, treasury_order(r, &serial, 1).id, utr.ptr);
    }
}

typedef struct Bringing {
    StatementFile file;
    StatementImport import;
    bool confirm;
} Bringing;

static Status bring(Ctx *ctx, void *argument) {
    Bringing *b = argument;
    TRY(statement_import_add(ctx, &b->file));
    TRY(statement_import_read(ctx, b->file.id, &b->import));
    if (!b->confirm) return OK;
    TRY(statement_import_set_columns(ctx, &b->import, T("date=1,narration=2,credit=4")));
    return statement_import_confirm(ctx, &b->import, false);
}

static Status confirm_dirty(Ctx *ctx, void *argument) {
    Bringing *b = argument;
    Text columns = T("date=1,narration=2,reference=3,debit=4,credit=5");
    TRY(statement_import_set_columns(ctx, &b->import, columns));
    return statement_import_confirm(ctx, &b->import, false);
}

static Bringing brought(Register *r, Text bytes, bool confirm) {
    Bringing b = {.confirm = confirm};
    statement_import_seal(&r->ctx, r->arena, bytes, &b.file);
    register_must(r, register_write(r, bring, &b));
    return b;
}

static Status read_again(Ctx *ctx, void *argument) {
    Bringing *b = argument;
    return statement_import_read(ctx, b->file.id, &b->import);
}

/* The job asks the system's clock: it is turned to the register's. */
static Status run(Register *r, Status (*job)(JobRun *run)) {
    atomic_bool stopping = false;
    clock_set_offset(0);
    clock_set_offset(r->ctx.now_s - clock_now_s());
    Arena *arena = arena_new(JOB_ARENA);
    JobRun job_run = {.store = r->store, .stopping = &stopping};
    ctx_init(&job_run.ctx, arena);
    job_run.ctx.org = &r->org;
    Status status = job(&job_run);
    arena_delete(arena);
    clock_set_offset(0);
    return status;
}

static void open_again(Register *r, ForgetfulLoss loss) {
    store_close(r->store);
    forgetful_reboot(loss);
    ctx_forget_errors(&r->ctx);
    StoreOptions options = {.data_dir = r->folder, .mode = STORE_SERVE, .vfs = FORGETFUL_VFS};
    register_must(r, store_open(&r->ctx, &options, &r->store));
}

static int64_t counted(Register *r) {
    return register_int(r, "SELECT count(*) FROM payment_in");
}

static void a_power_cut_amid_it_doubles_and_loses_nothing(void **state) {
    Register *r = *state;
    int cuts = 0, failures = 0;
    claim_all(r);
    Text file = write_file(r);
    Bringing b = brought(r, file, true);
    for (int n = 1; !text_eq(b.import.state, T("done")); n += CUT_STEP) {
        assert_true(n < 20000);
        int64_t before = counted(r);
        if (n % 2) forgetful_cut_at(n);
        else forgetful_fail_at(n);
        Status status = run(r, import_statements);
        forgetful_cut_at(0);
        forgetful_fail_at(0);
        cuts += forgetful_is_cut();
        failures += status != OK && !forgetful_is_cut();
        open_again(r, n % 4 == 1 ? FORGETFUL_ALL : FORGETFUL_SOME);
        assert_true(counted(r) >= before);
        treasury_agrees(r);
        register_must(r, register_read(r, read_again, &b));
        assert_int_equal(b.import.fresh, counted(r)); /* known how far, to the line */
    }
    print_message("%d cuts, %d failures\n", cuts, failures);
    assert_true(cuts >= 5);
    assert_int_equal(b.import.fresh, LINES);
    assert_int_equal(register_int(r, "SELECT count(*) FROM member WHERE state = 'confirmed'"),
                     PEOPLE);
    assert_int_equal(treasury_balance(r, "bank"), PEOPLE * REGISTER_FEE_PAISE);
    assert_int_equal(treasury_balance(r, "suspense"), 0);
    b = brought(r, file, true); /* and once more */
    register_must(r, run(r, import_statements));
    register_must(r, register_read(r, read_again, &b));
    assert_int_equal(b.import.fresh, 0);
    assert_int_equal(b.import.credits, LINES);
    assert_int_equal(counted(r), LINES);
    treasury_agrees(r);
}

static void the_file_is_sealed_and_gone_after_a_day(void **state) {
    Register *r = *state;
    Bringing kept = brought(r, write_file(r), true), draft = brought(r, write_file(r), false);
    assert_int_equal(register_int(r, "SELECT count(*) FROM statement_file WHERE "
                                     "instr(file, CAST('UPI' AS BLOB)) > 0"), 0);
    register_must(r, run(r, import_statements));
    r->ctx.now_s += STATEMENT_IMPORT_KEPT_S - 1;
    register_must(r, run(r, import_statements_sweep));
    assert_int_equal(register_int(r, "SELECT count(*) FROM statement_file"), 2);
    r->ctx.now_s += 1;
    register_must(r, register_read(r, read_again, &kept));
    assert_false(kept.import.has_file); /* even before it is swept */
    register_must(r, run(r, import_statements_sweep));
    assert_int_equal(register_int(r, "SELECT count(*) FROM statement_file"), 0);
    register_refused(r, register_read(r, read_again, &draft), NOT_FOUND, NULL,
                     "statement_import_unknown");
    register_must(r, register_read(r, read_again, &kept)); /* its figures stay */
    assert_true(text_eq(kept.import.state, T("done")));
}

/* What cannot be counted blocks no other. */
static void one_that_cannot_be_read_is_given_up(void **state) {
    Register *r = *state;
    Bringing bad = brought(r, T("Date,Description\n21/11/2026,x\n"), true);
    r->ctx.now_s += 60;
    Bringing good = brought(r, write_file(r), true);
    register_must(r, run(r, import_statements));
    register_must(r, register_read(r, read_again, &bad));
    register_must(r, register_read(r, read_again, &good));
    assert_true(text_eq(bad.import.state, T("failed")));
    assert_true(text_eq(bad.import.trouble, T("unreadable")));
    assert_true(text_eq(good.import.trouble, T("")));
    assert_true(text_eq(good.import.state, T("done")));
    assert_int_equal(bad.import.fresh, 0);
    assert_int_equal(good.import.credits, LINES);
}

static void only_who_administers_the_whole(void **state) {
    Register *r = *state;
    Bringing b = brought(r, write_file(r), false);
    register_act_as_token(r, 7, "UP");
    register_refused(r, register_read(r, read_again, &b), DENIED, NULL, "treasury_not_yours");
    statement_import_seal(&r->ctx, r->arena, T("x"), &b.file);
    register_refused(r, register_write(r, bring, &b), DENIED, NULL, "treasury_not_yours");
}

typedef struct Payers {
    int from;
    Text references[PAYERS];
    int64_t serials[PAYERS];
} Payers;

/* Applies, orders and types what this payer types, as the page takes it. */
static Status fill_one(Ctx *ctx, Payers *p, int i) {
    char typed[STATEMENT_DIRTY_TYPED];
    Enrolled enrolled;
    FeeOrder order;
    Text utr;
    Enrolment e = {.name = T("Asha Devi"), .phone = arena_printf(ctx->arena, "97%08d", i),
                   .unit_code = T("UP-174"), .settlement = T("rural"), .gender = T("f"),
                   .birth_year = 1980, .notice = T("1"), .consent_at = ctx->now_s,
                   .fee_method = FEE_PENDING, .how = T("web")};
    TRY(member_prepare(ctx, &e));
    TRY(member_enrol(ctx, &e, &enrolled));
    TRY(fee_order_create(ctx, &enrolled.serial, 1, &order));
    p->serials[i] = enrolled.serial;
    p->references[i] = fee_order_reference(ctx, order.id);
    statement_dirty_type(i, typed);
    if (!typed[0]) return OK;
    for (char *c = typed; *c; c++) /* the page sends an O back, and it is typed again */
        if (*c == 'O' || *c == 'o') *c = '0';
    TRY(fee_order_utr(ctx, "utr", text_of(typed), false, &utr));
    return fee_order_claim(ctx, &order, T("upi"), utr);
}

static Status fill(Ctx *ctx, void *argument) {
    Payers *p = argument;
    for (int i = p->from; i < p->from + FILLED_AT_ONCE; i++) TRY(fill_one(ctx, p, i));
    return OK;
}

/* As banks write who are older than UTF-8: a byte or two for each letter. */
static Text recoded(Register *r, Text utf8, bool wide) {
    Buffer b = buffer_in(r->arena, 4 << 20);
    if (wide) buffer_add(&b, T("\xFF\xFE"));
    for (size_t at = 0; at < utf8.len;) {
        uint32_t letter = text_next_codepoint(utf8, &at);
        char bytes[] = {(char)letter, 0};
        assert_true(letter < 256);
        buffer_add(&b, (Text){bytes, wide ? 2 : 1});
    }
    return buffer_text(&b);
}

/* Brings it, lets the job count it, and says what the desk then says. */
static StatementImport imported(Register *r, Text bytes) {
    Bringing b = {0};
    statement_import_seal(&r->ctx, r->arena, bytes, &b.file);
    register_must(r, register_write(r, bring, &b));
    register_must(r, register_write(r, confirm_dirty, &b));
    register_must(r, run(r, import_statements));
    register_must(r, register_read(r, read_again, &b));
    assert_true(text_eq(b.import.state, T("done")));
    assert_int_equal(b.import.looked, b.import.credits);
    return b.import;
}

static void reports(Register *r, Text bytes, int from, int to, int64_t fresh) {
    StatementImport i = imported(r, bytes);
    assert_int_equal(i.credits, statement_dirty_lines(from, to));
    assert_int_equal(i.sum_paise, statement_dirty_paise(from, to));
    assert_int_equal(i.first_day, clock_day_of(2026, 4, 1));
    assert_int_equal(i.last_day, clock_day_of(2026, 4, 28));
    assert_int_equal(i.fresh, fresh);
}

/* What somebody claimed; money that nobody claims stays where it is. */
static int64_t fresh_of(int from, int to) {
    return statement_dirty_lines(from, to) - statement_dirty_count(DIRTY_NEVER_CLAIMED, from, to);
}

static MemberState truth(int i) {
    switch (statement_dirty_fate(i)) {
    case DIRTY_NEVER_CLAIMED: return MEMBER_APPLIED;
    case DIRTY_SHORT:
    case DIRTY_WRONG_DIGIT:
    case DIRTY_NEVER_PAID: return MEMBER_PROVISIONAL;
    default: return MEMBER_CONFIRMED;
    }
}

static int64_t waiting(Register *r, const char *problem) {
    return register_int(r, arena_printf(r->arena, "SELECT coalesce(sum(left_paise), 0) FROM "
                                                  "payment_in WHERE problem = '%s'", problem).ptr);
}

static Status read_year(Ctx *ctx, void *year) { return account_year_read(ctx, 2026, year); }

/* Everybody has what is theirs, and every paisa is somewhere once. */
static void everything_is_in_its_place(Register *r, const Payers *p) {
    AccountYear year;
    int64_t confirmed = 0;
    for (int i = 0; i < PAYERS; i++) {
        MemberState now = register_member_at(r, p->serials[i]).state;
        if (now != truth(i)) print_error("%d: fate %d\n", i, statement_dirty_fate(i));
        assert_int_equal(now, truth(i));
        confirmed += now == MEMBER_CONFIRMED;
    }
    int64_t came = statement_dirty_paise(0, PAYERS) -
                   REGISTER_FEE_PAISE * statement_dirty_count(DIRTY_NEVER_CLAIMED, 0, PAYERS);
    assert_int_equal(treasury_balance(r, "bank"), came);
    assert_int_equal(-treasury_balance(r, "fees"), confirmed * REGISTER_FEE_PAISE);
    assert_int_equal(-treasury_balance(r, "suspense"), came - confirmed * REGISTER_FEE_PAISE);
    assert_int_equal(waiting(r, "short"), 1000 * statement_dirty_count(DIRTY_SHORT, 0, PAYERS));
    assert_int_equal(waiting(r, "excess"), 8900 * statement_dirty_count(DIRTY_EXCESS, 0, PAYERS));
    assert_int_equal(waiting(r, "double"), 1100 * statement_dirty_count(DIRTY_DOUBLE, 0, PAYERS));
    assert_int_equal(waiting(r, "ambiguous"),
                     1100 * statement_dirty_count(DIRTY_WRONG_DIGIT, 0, PAYERS));
    assert_int_equal(waiting(r, "unknown") + waiting(r, "late"), 0);
    register_must(r, register_read(r, read_year, &year));
    assert_true(year.balances);
    assert_int_equal(year.received, came);
    treasury_agrees(r);
}

/* Three thousand fees as three banks write them, a part of the lines in each of the files. */
static void three_thousand_dirty_fees_are_counted_once(void **state) {
    Register *r = *state;
    Payers *p = ARENA_NEW(r->arena, Payers);
    enum { SOME = 2000, LATER = 1500 };
    register_set_day(r, 2026, 4, 2);
    for (p->from = 0; p->from < PAYERS; p->from += FILLED_AT_ONCE)
        register_must(r, register_write(r, fill, p));
    register_set_day(r, 2026, 4, 30);
    Text first = statement_dirty_csv(r->arena, p->references, 0, SOME);
    Text rows = statement_dirty_rows(r->arena, p->references, 0, PAYERS);
    Text book = statement_zip_workbook(r->arena, rows, T(""));
    Text last = statement_dirty_csv(r->arena, p->references, LATER, PAYERS);
    reports(r, recoded(r, first, true), 0, SOME, fresh_of(0, SOME));
    treasury_agrees(r);
    reports(r, book, 0, PAYERS, fresh_of(SOME, PAYERS));
    everything_is_in_its_place(r, p);
    int64_t written = register_int(r, "SELECT count(*) FROM ledger_entry");
    reports(r, book, 0, PAYERS, 0);
    reports(r, recoded(r, last, false), LATER, PAYERS, 0);
    reports(r, first, 0, SOME, 0);
    assert_int_equal(register_int(r, "SELECT count(*) FROM ledger_entry"), written);
    assert_int_equal(counted(r), fresh_of(0, PAYERS));
    everything_is_in_its_place(r, p);
}

static int make_forgetful(void **state) {
    forgetful_start(1);
    *state = register_make_on(FORGETFUL_VFS, NULL);
    return 0;
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_power_cut_amid_it_doubles_and_loses_nothing,
                                        make_forgetful, register_remove),
        WITH_REGISTER(the_file_is_sealed_and_gone_after_a_day),
        WITH_REGISTER(one_that_cannot_be_read_is_given_up),
        WITH_REGISTER(only_who_administers_the_whole),
        WITH_REGISTER(three_thousand_dirty_fees_are_counted_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
