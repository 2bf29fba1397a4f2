/* Some hundred rows say enough. */
#include "domain/statement_content.h"

#include "domain/statement_utr.h"
#include "domain/statement_value.h"

bool statement_content_is_day(Text cell) {
    int64_t day;
    return statement_value_day(cell, false, &day) || statement_value_day(cell, true, &day);
}

static int64_t end_of(const Statement *statement, int64_t from) {
    int64_t end = from + STATEMENT_CONTENT_ROWS;
    return end < statement->rows_count ? end : statement->rows_count;
}

static bool is_decoration(Text cell) {
    for (size_t i = 0; i < cell.len; i++)
        if (!strchr("*-=_ .", cell.ptr[i])) return false;
    return true;
}

StatementContent statement_content_of(const Statement *statement, int64_t from, int32_t column) {
    StatementContent content = {0};
    Text before = TEXT_NONE;
    for (int64_t i = from; i < end_of(statement, from); i++) {
        Text cell = statement_cell(&statement->rows[i], column);
        char utr[STATEMENT_UTR_BYTES_MAX];
        int64_t paise;
        StatementSign sign = STATEMENT_SIGN_NONE;
        if (is_decoration(cell)) continue;
        bool day = statement_content_is_day(cell);
        bool amount = !day && statement_value_paise(cell, &paise, &sign);
        bool flag = statement_value_sign(cell) != STATEMENT_SIGN_NONE;
        content.filled++;
        content.days += day;
        content.amounts += amount;
        content.money += amount && (sign != STATEMENT_SIGN_NONE || text_starts_with(cell, T("₹")) ||
                                    text_find_byte(cell, '.') < cell.len);
        content.utrs += statement_utr_find(cell, utr) > 0;
        content.signs += flag;
        content.repeated += text_eq(before, cell);
        if (!day && !amount && !flag) content.letters += (int)cell.len;
        before = cell;
    }
    return content;
}

int32_t statement_content_width(const Statement *statement, int64_t from) {
    int32_t width = 0;
    for (int64_t i = from; i < end_of(statement, from); i++)
        if (statement->rows[i].count > width) width = statement->rows[i].count;
    return width;
}

bool statement_content_month_first(const Statement *statement, int64_t from, int32_t column) {
    int64_t day, only_day = 0, only_month = 0;
    for (int64_t i = from; i < statement->rows_count; i++) {
        Text cell = statement_cell(&statement->rows[i], column);
        if (!cell.len) continue;
        bool day_first = statement_value_day(cell, false, &day);
        bool month_first = statement_value_day(cell, true, &day);
        only_day += day_first && !month_first;
        only_month += month_first && !day_first;
    }
    return only_month > only_day;
}

static int64_t paise_at(const StatementRow *row, int32_t column) {
    int64_t paise;
    StatementSign sign;
    if (!statement_value_paise(statement_cell(row, column), &paise, &sign)) return 0;
    return sign == STATEMENT_SIGN_DEBIT ? -paise : paise;
}

/* How many rows the balance proves if `in` came in and `out` went out, in either order of time. */
static int balance_votes(const Statement *statement, int32_t out, int32_t in, int32_t balance) {
    int votes = 0;
    for (int64_t i = 1; i < end_of(statement, 0); i++) {
        const StatementRow *above = &statement->rows[i - 1], *row = &statement->rows[i];
        int64_t step = paise_at(row, balance) - paise_at(above, balance);
        votes += step == paise_at(row, in) - paise_at(row, out);
        votes += -step == paise_at(above, in) - paise_at(above, out);
    }
    return votes;
}

static void guess_money(const Statement *statement, const int32_t *money, int count,
                        StatementColumns *ret) {
    int32_t *at = ret->at;
    if (count == 0) return;
    if (count == 1 || at[STATEMENT_FLAG] >= 0) {
        at[STATEMENT_AMOUNT] = money[0];
        if (count > 1) at[STATEMENT_BALANCE] = money[count - 1];
        return;
    }
    at[STATEMENT_DEBIT] = money[0];
    at[STATEMENT_CREDIT] = money[1];
    if (count == 2) return;
    at[STATEMENT_BALANCE] = money[2];
    if (balance_votes(statement, money[1], money[0], money[2]) >
        balance_votes(statement, money[0], money[1], money[2])) {
        at[STATEMENT_DEBIT] = money[1];
        at[STATEMENT_CREDIT] = money[0];
    }
}

void statement_content_guess(const Statement *statement, StatementColumns *ret) {
    int32_t width = statement_content_width(statement, 0), money[3];
    int money_count = 0, most_letters = 0, most_utrs = 0;
    for (int32_t i = 0; i < width; i++) {
        StatementContent content = statement_content_of(statement, 0, i);
        int most = content.filled * 4 / 5;
        if (!content.filled) continue;
        if (content.days && content.days >= most) {
            if (ret->at[STATEMENT_DATE] < 0) ret->at[STATEMENT_DATE] = i;
        } else if (content.signs && content.signs >= most) {
            if (ret->at[STATEMENT_FLAG] < 0) ret->at[STATEMENT_FLAG] = i;
        } else if (content.money && content.money >= most) {
            if (money_count < 3) money[money_count++] = i;
        } else if (content.letters / content.filled > 12 && content.letters > most_letters) {
            most_letters = content.letters;
            ret->at[STATEMENT_NARRATION] = i;
        } else if (content.utrs > most_utrs) {
            most_utrs = content.utrs;
            ret->at[STATEMENT_REFERENCE] = i;
        }
    }
    guess_money(statement, money, money_count, ret);
}
