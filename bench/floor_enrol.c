/* The floor of enrolment: a bare loop that inserts the same rows, index entries and tallies into a
 * register's SQLite file with the program's pragmas; statements prepared once, batches of 64, each
 * on disk before the next begins. No checks, no look-ups, no keys: bytes of the same length.
 *
 * usage: floor_enrol REGISTER.DB UNITS-FILE SEED SECONDS */
#include <sqlite3.h>

#include "people.h"

enum { BATCH = 64, SEALED_KEY = 72, SEALED_PHONE = 56, HASH = 16, PERSON = 8,
       FEE_PAISE = 1100, ZONE_S = 19800, DAY_S = 86400, ORG = 1 };

enum Statement { BEGIN_BATCH, COMMIT_BATCH, SERIAL, MEMBER, EVENT, CONSENT, SLOT, BOOK, PAYMENT,
                 ENTRY, LINE, LEDGER_DAY, IDEMPOTENCY, TALLY, TALLY_DAY, ENROLLER, AUDIT,
                 STATEMENTS };

static const char *const texts[STATEMENTS] = {
    [BEGIN_BATCH] = "BEGIN IMMEDIATE",
    [COMMIT_BATCH] = "COMMIT",
    [SERIAL] = "UPDATE organisation SET next_serial = next_serial + 1 WHERE org_id = ?1",
    [MEMBER] = "INSERT INTO member VALUES (1, ?1, 'confirmed', 'ordinary', ?2, '', ?3, ?4, ?5, "
               "'rural', ?6, ?6, NULL, NULL, 'enroller', 1, NULL, 'unconfirmed', 'cash', 1, 1, "
               "?7, ?8, 'self', '', 'hi')",
    [EVENT] = "INSERT INTO member_event VALUES (1, ?1, 0, ?2, ?3, 'join', ?4, 'confirmed', "
              "'token:1', '')",
    [CONSENT] =
        "INSERT INTO consent VALUES (1, ?1, 0, '1', ?2, 'enroller', 'membership', 'self', 1)",
    [SLOT] = "INSERT INTO phone_slot VALUES (1, ?1, 0, ?2, ?3)",
    [BOOK] = "UPDATE receipt_book SET next_number = next_number + 1 WHERE org_id = 1 AND book = ?1",
    [PAYMENT] = "INSERT INTO payment VALUES (1, ?1, 0, ?2, ?3, 'cash', 'received', ?4, ?5, "
                "'token:1')",
    [ENTRY] = "INSERT INTO ledger_entry VALUES (1, ?1, ?2, ?3, 'fee', ?4, 'token:1', "
              "'DEMO/26-27/B002/0001')",
    [LINE] = "INSERT INTO ledger_line VALUES (1, ?1, ?2, ?3, ?4, ?5)",
    [LEDGER_DAY] = "INSERT INTO ledger_day VALUES (1, ?1, ?2, max(?3, 0), max(-?3, 0)) "
                   "ON CONFLICT (org_id, account, day) DO UPDATE SET "
                   "debit = debit + excluded.debit, credit = credit + excluded.credit",
    [IDEMPOTENCY] = "INSERT INTO idempotency VALUES (1, ?1, ?2, ?3, ?4, 0)",
    [TALLY] = "UPDATE tally SET members = members + 1, ever_joined = ever_joined + 1, "
              "rural = rural + 1, women = women + ?2, men = men + 1 - ?2, "
              "fee_proved = fee_proved + 1 WHERE org_id = 1 AND unit_id = ?1",
    [TALLY_DAY] = "INSERT INTO tally_day VALUES (1, ?1, ?2, 1, 0) "
                  "ON CONFLICT (org_id, unit_id, day) DO UPDATE SET joined = joined + 1",
    [ENROLLER] = "INSERT INTO enroller_day VALUES (1, 'token:1', ?1, 1, 1) "
                 "ON CONFLICT (org_id, enroller, day) DO UPDATE SET joins = joins + 1, "
                 "unconfirmed = unconfirmed + 1",
    [AUDIT] = "INSERT INTO audit VALUES (1, ?1, ?2, 'token:1', 'member.enrol', ?3, 'enroller')",
};

typedef struct Floor {
    sqlite3 *db;
    sqlite3_stmt *statements[STATEMENTS];
    PeopleUnit *units;
    int unit_count;
    int64_t serial, audit, book, receipt, entry, now_s, day;
} Floor;

static void give_up(Floor *f, const char *what) {
    (void)fprintf(stderr, "floor_enrol: %s: %s\n", what, f->db ? sqlite3_errmsg(f->db) : "");
    exit(3);
}

static int64_t ask(Floor *f, const char *sql) {
    sqlite3_stmt *q;
    if (sqlite3_prepare_v2(f->db, sql, -1, &q, NULL) != SQLITE_OK ||
        sqlite3_step(q) != SQLITE_ROW)
        give_up(f, sql);
    int64_t value = sqlite3_column_int64(q, 0);
    (void)sqlite3_finalize(q);
    return value;
}

static void run(Floor *f, enum Statement which) {
    if (sqlite3_step(f->statements[which]) != SQLITE_DONE) give_up(f, texts[which]);
    (void)sqlite3_reset(f->statements[which]);
}

static void set(Floor *f, enum Statement which, int at, int64_t value) {
    (void)sqlite3_bind_int64(f->statements[which], at, value);
}

static void set_text(Floor *f, enum Statement which, int at, const char *value) {
    (void)sqlite3_bind_text(f->statements[which], at, value, -1, SQLITE_STATIC);
}

static void set_bytes(Floor *f, enum Statement which, int at, const void *bytes, int len) {
    (void)sqlite3_bind_blob(f->statements[which], at, bytes, len, SQLITE_STATIC);
}

/* Cheap bytes without order, as hashes and sealed values are. */
static void fill(uint64_t *state, uint8_t *bytes, int len) {
    for (int i = 0; i < len; i += 8) {
        *state = *state * 6364136223846793005u + 1442695040888963407u;
        uint64_t mixed = (*state ^ (*state >> 29)) * 0xbf58476d1ce4e5b9u;
        memcpy(bytes + i, &mixed, 8);
    }
}

static void open_register(Floor *f, const char *file) {
    if (sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) != SQLITE_OK ||
        sqlite3_open_v2(file, &f->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
            SQLITE_OK)
        give_up(f, file);
    if (sqlite3_exec(f->db, "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;"
                            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                            "PRAGMA journal_size_limit = 67108864;"
                            "PRAGMA wal_autocheckpoint = 4000", NULL, NULL, NULL) != SQLITE_OK)
        give_up(f, "pragmas");
    for (int i = 0; i < STATEMENTS; i++)
        if (sqlite3_prepare_v3(f->db, texts[i], -1, SQLITE_PREPARE_PERSISTENT, &f->statements[i],
                               NULL) != SQLITE_OK)
            give_up(f, texts[i]);
    f->serial = ask(f, "SELECT next_serial FROM organisation");
    f->audit = ask(f, "SELECT coalesce(max(audit_id), 0) + 1 FROM audit");
    f->book = ask(f, "SELECT book FROM receipt_book WHERE holder = 'token:1'");
    f->receipt = ask(f, "SELECT next_number FROM receipt_book WHERE holder = 'token:1'");
    f->now_s = time(NULL);
    f->day = (f->now_s + ZONE_S) / DAY_S;
    f->entry = ask(f, "SELECT coalesce(max(number), 0) + 1 FROM ledger_entry "
                      "WHERE day = (SELECT max(day) FROM ledger_entry)");
}

static void insert_member(Floor *f, const Person *p, const PeopleUnit *unit, uint64_t *chance) {
    uint8_t key[SEALED_KEY], phone[SEALED_PHONE];
    fill(chance, key, SEALED_KEY);
    fill(chance, phone, SEALED_PHONE);
    set(f, SERIAL, 1, ORG);
    run(f, SERIAL);
    set(f, MEMBER, 1, f->serial);
    set_text(f, MEMBER, 2, p->name);
    set_text(f, MEMBER, 3, p->gender);
    set(f, MEMBER, 4, p->birth_year);
    set(f, MEMBER, 5, unit->path[unit->depth - 1]);
    set(f, MEMBER, 6, f->now_s);
    set_bytes(f, MEMBER, 7, key, SEALED_KEY);
    set_bytes(f, MEMBER, 8, phone, SEALED_PHONE);
    run(f, MEMBER);
    set(f, EVENT, 1, f->serial);
    set(f, EVENT, 2, f->now_s);
    set(f, EVENT, 3, f->day);
    set(f, EVENT, 4, unit->path[unit->depth - 1]);
    run(f, EVENT);
    set(f, CONSENT, 1, f->serial);
    set(f, CONSENT, 2, f->now_s);
    run(f, CONSENT);
}

static void insert_line(Floor *f, int line, const char *account, int64_t paise) {
    set(f, LINE, 1, f->day);
    set(f, LINE, 2, f->entry);
    set(f, LINE, 3, line);
    set_text(f, LINE, 4, account);
    set(f, LINE, 5, paise);
    run(f, LINE);
    set_text(f, LEDGER_DAY, 1, account);
    set(f, LEDGER_DAY, 2, f->day);
    set(f, LEDGER_DAY, 3, paise);
    run(f, LEDGER_DAY);
}

static void insert_entry(Floor *f, const char *subject) {
    set(f, ENTRY, 1, f->day);
    set(f, ENTRY, 2, f->entry);
    set(f, ENTRY, 3, f->now_s);
    set_text(f, ENTRY, 4, subject);
    run(f, ENTRY);
    insert_line(f, 1, "cash:token:1", FEE_PAISE);
    insert_line(f, 2, "fees", -FEE_PAISE);
    f->entry++;
}

static void insert_rest(Floor *f, uint64_t *chance) {
    uint8_t hashes[3 * HASH], person[PERSON];
    char subject[32];
    fill(chance, hashes, 3 * HASH);
    fill(chance, person, PERSON);
    set_bytes(f, SLOT, 1, hashes, HASH);
    set_bytes(f, SLOT, 2, person, PERSON);
    set(f, SLOT, 3, f->serial);
    run(f, SLOT);
    set(f, BOOK, 1, f->book);
    run(f, BOOK);
    set(f, PAYMENT, 1, f->serial);
    set(f, PAYMENT, 2, f->now_s);
    set(f, PAYMENT, 3, FEE_PAISE);
    set(f, PAYMENT, 4, f->book);
    set(f, PAYMENT, 5, f->receipt++);
    run(f, PAYMENT);
    set_bytes(f, IDEMPOTENCY, 1, hashes + HASH, HASH);
    set_bytes(f, IDEMPOTENCY, 2, hashes + 2 * HASH, HASH);
    set(f, IDEMPOTENCY, 3, f->serial);
    set(f, IDEMPOTENCY, 4, f->now_s);
    run(f, IDEMPOTENCY);
    (void)snprintf(subject, sizeof subject, "member:%lld", (long long)f->serial);
    set(f, AUDIT, 1, f->audit++);
    set(f, AUDIT, 2, f->now_s);
    set_text(f, AUDIT, 3, subject);
    run(f, AUDIT);
    insert_entry(f, subject);
    set(f, ENROLLER, 1, f->day);
    run(f, ENROLLER);
}

static void count(Floor *f, const Person *p, const PeopleUnit *unit) {
    for (int i = 0; i < unit->depth; i++) {
        set(f, TALLY, 1, unit->path[i]);
        set(f, TALLY, 2, p->gender[0] == 'f');
        run(f, TALLY);
        set(f, TALLY_DAY, 1, unit->path[i]);
        set(f, TALLY_DAY, 2, f->day);
        run(f, TALLY_DAY);
    }
}

int main(int argc, char **argv) {
    Floor f = {0};
    if (argc != 5) return 2;
    f.units = people_units(argv[2], &f.unit_count);
    open_register(&f, argv[1]);
    uint64_t seed = strtoull(argv[3], NULL, 10), chance = seed;
    int64_t began_ns = people_now_ns(), now_ns = began_ns, done = 0;
    int64_t until_ns = began_ns + (int64_t)(strtod(argv[4], NULL) * 1e9);
    while (now_ns < until_ns) {
        run(&f, BEGIN_BATCH);
        for (int i = 0; i < BATCH; i++, done++, f.serial++) {
            Person p;
            people_make(seed, done, &p);
            const PeopleUnit *unit = &f.units[p.chance % (uint64_t)f.unit_count];
            insert_member(&f, &p, unit, &chance);
            insert_rest(&f, &chance);
            count(&f, &p, unit);
        }
        run(&f, COMMIT_BATCH);
        now_ns = people_now_ns();
    }
    (void)printf("{\"count\":%lld,\"per_second\":%.1f}\n", (long long)done,
                 (double)done * 1e9 / (double)(now_ns - began_ns));
    for (int i = 0; i < STATEMENTS; i++) (void)sqlite3_finalize(f.statements[i]);
    (void)sqlite3_close(f.db);
    return 0;
}
