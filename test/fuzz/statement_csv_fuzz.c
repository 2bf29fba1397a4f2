/* Statements as text, from bytes to whose money it was. */
#include "domain/statement_match.h"
#include "base/limits.h"
#include "fuzz.h"

static void check_rows(const Statement *statement) {
    for (int64_t i = 0; i < statement->rows_count; i++) {
        const StatementRow *row = &statement->rows[i];
        assert(row->count > 0 && row->count <= STATEMENT_COLUMNS_MAX && row->line > 0);
        assert(row->cells[row->count - 1].len);
        assert(i == 0 || row->line >= statement->rows[i - 1].line);
        for (int32_t c = 0; c < row->count; c++) {
            assert(row->cells[c].len <= STATEMENT_CELL_BYTES_MAX);
            assert(text_is_utf8(row->cells[c]));
        }
    }
}

static void check_credits(const StatementCredits *credits) {
    int64_t sum = 0;
    for (int64_t i = 0; i < credits->count; i++) {
        const StatementCredit *credit = &credits->list[i];
        assert(credit->paise > 0 && text_is_utf8(credit->narration));
        assert(credit->narration.len <= STATEMENT_NARRATION_BYTES_MAX);
        assert(credit->day >= credits->first_day && credit->day <= credits->last_day);
        assert(credit->utr.len == 0 || credit->utr.len == 12 || credit->utr.len == 16 ||
               credit->utr.len == 22);
        for (int r = 0; r < credit->reference_count; r++)
            assert(text_starts_with(credit->references[r], T("SNG")));
        for (int64_t j = 0; j < i && i < 50; j++)
            assert(memcmp(credit->fingerprint, credits->list[j].fingerprint, DIGEST_BYTES) != 0);
        sum += credit->paise;
    }
    assert(sum == credits->sum_paise);
}

/* Each credit claimed by its own number, the first once more: nothing is settled twice. */
static void check_match(const Statement *statement, const StatementCredits *credits) {
    StatementClaim claims[33] = {0};
    StatementMatch match;
    int count = 0;
    for (; count < 32 && count < credits->count; count++)
        claims[count] = (StatementClaim){.utr = credits->list[count].utr, .due_paise = 1100};
    claims[count++] = (StatementClaim){.utr = credits->list[0].utr,
                                       .reference = T("SNG1A"), .due_paise = 1100};
    if (!statement_match_run(statement->arena, credits, claims, count, &match)) return;
    int64_t booked = 0;
    for (int i = 0; i < count; i++) {
        if (match.claims[i].verdict != STATEMENT_MATCHED) continue;
        assert(match.claims[i].credit >= 0 && match.claims[i].credit < credits->count);
        booked += claims[i].due_paise;
    }
    for (int64_t i = 0; i < credits->count; i++)
        if (match.credits[i].verdict == STATEMENT_MATCHED) booked -= credits->list[i].paise;
    assert(booked <= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static Arena *arena;
    const Text prefixes[] = {T("SNG")};
    Statement statement;
    StatementColumns columns, again = {0};
    StatementCredits credits;
    Ctx ctx;
    if (size > 65536) return 0;
    if (!arena) arena = arena_new(LIMIT_COMMAND_ARENA_BYTES);
    ctx_init(&ctx, arena);
    if (statement_read(&ctx, T("file"), text_bytes(data, size), &statement) == OK) {
        check_rows(&statement);
        statement_columns_guess(&statement, &columns);
        again.header = columns.header;
        Text text = statement_columns_text(arena, &columns);
        assert(statement_columns_parse(&ctx, text, &again) == OK);
        assert(memcmp(again.at, columns.at, sizeof again.at) == 0);
        assert(again.month_first == columns.month_first);
        assert(statement_columns_signature(arena, &statement, &columns).len == 32);
        if (statement_credits_find(&ctx, &statement, &columns, prefixes, 1, &credits) == OK) {
            check_credits(&credits);
            check_match(&statement, &credits);
        }
    } else {
        assert(ctx.error_count > 0);
    }
    arena_clear(arena);
    return 0;
}
