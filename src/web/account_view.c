/* See account_view.h. */
#include "web/account_view.h"

#include "base/clock.h"
#include "crypto/number.h"
#include "render/messages.h"
#include "web/card_view.h"

SheetText account_view_two(Text text, Text alt) {
    return (SheetText){text, text_eq(text, alt) ? TEXT_NONE : alt};
}

static Lang other_than(Lang lang) { return lang == LANG_HI ? LANG_EN : LANG_HI; }

SheetText account_view_words(const Ctx *ctx, const char *key) {
    return account_view_two(message(ctx->lang, key), message(other_than(ctx->lang), key));
}

static SheetText words_with(Ctx *ctx, const char *key, ErrorArg arg) {
    return account_view_two(message_with(ctx->arena, ctx->lang, key, &arg, 1),
                            message_with(ctx->arena, other_than(ctx->lang), key, &arg, 1));
}

static const char *const names[ACCOUNT_KIND_COUNT] = {
    [ACCOUNT_COLLECTORS] = "account_collectors", [ACCOUNT_OFFICE] = "account_office",
    [ACCOUNT_GATEWAY] = "account_gateway",       [ACCOUNT_BANK] = "account_bank",
    [ACCOUNT_FEES] = "account_fees",             [ACCOUNT_REFUNDS] = "account_refunds",
    [ACCOUNT_CHARGES] = "account_charges",       [ACCOUNT_SHARES] = "account_shares",
    [ACCOUNT_SUSPENSE] = "account_suspense",     [ACCOUNT_OTHER] = "account_other",
};

Text account_view_year(Arena *arena, int64_t year) {
    return arena_printf(arena, "%02d-%02d", (int)(year % 100), (int)((year + 1) % 100));
}

Text account_view_year_long(Arena *arena, int64_t year) {
    return arena_printf(arena, "%lld-%02d", (long long)year, (int)((year + 1) % 100));
}

static SheetRow *add_row(SheetTable *table, SheetText label) {
    SheetRow *row = &table->rows[table->row_count++];
    *row = (SheetRow){.label = label};
    return row;
}

static void begin_table(Ctx *ctx, SheetTable *t, const char *title, int rows,
                        const char *const *heads, int count) {
    t->title = account_view_words(ctx, title);
    t->first = account_view_words(ctx, heads[0]);
    for (int i = 1; i < count; i++)
        t->columns[t->column_count++] = account_view_words(ctx, heads[i]);
    t->rows = ARENA_ARRAY(ctx->arena, SheetRow, rows);
}

static void add_money(Ctx *ctx, const AccountYear *y, SheetTable *t) {
    static const char *const heads[] = {"account_head_where", "account_head_opening",
                                        "account_head_in", "account_head_out",
                                        "account_head_closing"};
    begin_table(ctx, t, "account_money_title", ACCOUNT_MONEY_END + 1, heads, 5);
    SheetRow sum = {.label = account_view_words(ctx, "account_sum"), .total = true};
    for (int i = 0; i < ACCOUNT_MONEY_END; i++) {
        const AccountSums *s = &y->kinds[i];
        const int64_t values[] = {s->opening, s->debit, s->credit, s->closing};
        SheetRow *row = add_row(t, account_view_words(ctx, names[i]));
        for (int j = 0; j < 4; j++) sum.paise[j] += row->paise[j] = values[j];
    }
    t->rows[t->row_count++] = sum;
}

static void add_purposes(Ctx *ctx, const AccountYear *y, SheetTable *t) {
    static const char *const heads[] = {"account_head_what", "account_head_received",
                                        "account_head_paid"};
    begin_table(ctx, t, "account_purpose_title", ACCOUNT_KIND_COUNT + 1, heads, 3);
    for (int i = ACCOUNT_MONEY_END; i < ACCOUNT_KIND_COUNT; i++) {
        const AccountSums *s = &y->kinds[i];
        if (i == ACCOUNT_OTHER && !s->debit && !s->credit) continue;
        SheetRow *row = add_row(t, account_view_words(ctx, names[i]));
        account_year_flow(y, (AccountKind)i, &row->paise[0], &row->paise[1]);
    }
    SheetRow *sum = add_row(t, account_view_words(ctx, "account_sum"));
    *sum = (SheetRow){
        .label = sum->label, .paise = {y->received, y->paid}, .total = true};
}

static SheetText month_name(Ctx *ctx, int64_t year, int month) {
    int64_t day = clock_day_of((int)year + (month >= 9), (month + 3) % 12 + 1, 1);
    Text texts[LANG_COUNT];
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        Text text = message_day(ctx->arena, (Lang)lang, day);
        texts[lang] = text_slice(text, text_find_byte(text, ' ') + 1, text.len);
    }
    return account_view_two(texts[ctx->lang], texts[other_than(ctx->lang)]);
}

static bool moves(const AccountYear *y, int month) {
    for (int i = 0; i < ACCOUNT_KIND_COUNT; i++)
        if (y->kinds[i].months[month].debit || y->kinds[i].months[month].credit) return true;
    return false;
}

/* A month that is still to come says nothing. */
static void add_months(Ctx *ctx, const AccountYear *y, SheetTable *t) {
    static const char *const heads[] = {"account_head_month", "account_head_fees",
                                        "account_head_refunds", "account_head_costs",
                                        "account_head_open", "account_head_money"};
    begin_table(ctx, t, "account_month_title", ACCOUNT_YEAR_MONTHS + 1, heads, 6);
    SheetRow sum = {.label = account_view_words(ctx, "account_sum"), .total = true};
    int64_t money = y->opening, today = organisation_day(ctx);
    for (int m = 0; m < ACCOUNT_YEAR_MONTHS; m++) {
        SheetRow *row = add_row(t, month_name(ctx, y->year, m));
        for (int i = 0; i < ACCOUNT_KIND_COUNT; i++) {
            int64_t moved = y->kinds[i].months[m].credit - y->kinds[i].months[m].debit;
            if (i < ACCOUNT_MONEY_END)
                money -= moved;
            else if (i == ACCOUNT_FEES)
                row->paise[0] += moved;
            else if (i == ACCOUNT_REFUNDS)
                row->paise[1] -= moved;
            else if (i == ACCOUNT_CHARGES || i == ACCOUNT_SHARES)
                row->paise[2] -= moved;
            else
                row->paise[3] += moved;
        }
        row->paise[4] = money;
        if (clock_day_of((int)y->year + (m >= 9), (m + 3) % 12 + 1, 1) > today && !moves(y, m))
            row->blank = (1u << t->column_count) - 1;
        for (int j = 0; j < 4; j++) sum.paise[j] += row->paise[j];
    }
    sum.paise[4] = money;
    t->rows[t->row_count++] = sum;
}

void account_view_begin(Ctx *ctx, SheetText title, SheetText note, Sheet *ret) {
    const Organisation *org = ctx->org;
    *ret = (Sheet){
        .organisation = account_view_two(organisation_name(org, ctx->lang),
                                         organisation_name(org, other_than(ctx->lang))),
        .title = title,
        .accent = card_view_accent(org->accent),
        .note = note,
    };
}

void account_view_sheet(Ctx *ctx, const AccountYear *y, Sheet *ret) {
    account_view_begin(ctx,
                       words_with(ctx, "account_title_year",
                                  (ErrorArg){"year", account_view_year_long(ctx->arena, y->year)}),
                       account_view_words(ctx, y->balances ? "account_balances"
                                                           : "account_differs"),
                       ret);
    ret->table_count = 3;
    add_money(ctx, y, &ret->tables[0]);
    add_purposes(ctx, y, &ret->tables[1]);
    add_months(ctx, y, &ret->tables[2]);
}

static Text with_rest(Ctx *ctx, const char *key, Text text, size_t prefix) {
    ErrorArg rest = {"which", text_slice(text, prefix, text.len)};
    return message_with(ctx->arena, ctx->lang, key, &rest, 1);
}

Text account_view_account(Ctx *ctx, Text account) {
    static const struct {
        const char *code, *key;
    } known[] = {
        {"cash:server", "account_office"}, {"gateway", "account_gateway"},
        {"bank", "account_bank"}, {"fees", "account_fees"}, {"refunds", "account_refunds"},
        {"gateway-charges", "account_charges"}, {"suspense", "account_suspense"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (text_eq(account, text_of(known[i].code))) return message(ctx->lang, known[i].key);
    if (text_starts_with(account, T("cash:token:")))
        return with_rest(ctx, "account_collector", account, T("cash:token:").len);
    if (text_starts_with(account, T("shares:")))
        return with_rest(ctx, "account_share_of", account, T("shares:").len);
    return account;
}

Text account_view_holder(Ctx *ctx, Text holder) {
    if (!text_starts_with(holder, T("token:"))) return message(ctx->lang, "book_holder_office");
    return with_rest(ctx, "book_holder_collector", holder, T("token:").len);
}

Text account_view_kind(Ctx *ctx, Text kind) {
    static const char *const known[][2] = {
        {"fee", "ledger_kind_fee"},         {"money", "ledger_kind_money"},
        {"refund", "ledger_kind_refund"},   {"return", "ledger_kind_return"},
        {"deposit", "ledger_kind_deposit"}, {"payout", "ledger_kind_payout"},
        {"charges", "ledger_kind_charges"}, {"share", "ledger_kind_share"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (text_eq(kind, text_of(known[i][0]))) return message(ctx->lang, known[i][1]);
    return kind;
}

Text account_view_subject(Ctx *ctx, Text subject) {
    int64_t id;
    size_t colon = text_find_byte(subject, ':');
    bool numbered = text_to_int(text_slice(subject, colon + 1, subject.len), &id);
    if (numbered && text_starts_with(subject, T("member:"))) {
        Number number = number_of_serial(&ctx->org->keys, ctx->org->code, id);
        return number_text_in(ctx->arena, &number);
    }
    if (text_starts_with(subject, T("payment:")))
        return with_rest(ctx, "ledger_subject_payment", subject, colon + 1);
    if (text_starts_with(subject, T("token:")))
        return with_rest(ctx, "ledger_subject_token", subject, colon + 1);
    return subject;
}

void account_view_tables(Ctx *ctx, const Sheet *sheet, View *view) {
    Arena *arena = ctx->arena;
    View *tables = view_list(arena, view, "tables");
    for (int i = 0; i < sheet->table_count; i++) {
        const SheetTable *t = &sheet->tables[i];
        View *table = view_item(arena, tables);
        view_text(arena, table, "title", t->title.text);
        view_text(arena, table, "first", t->first.text);
        View *heads = view_list(arena, table, "heads");
        for (int j = 0; j < t->column_count; j++)
            view_item_text(arena, heads, t->columns[j].text);
        View *rows = view_list(arena, table, "rows");
        for (int j = 0; j < t->row_count; j++) {
            View *row = view_item(arena, rows);
            view_text(arena, row, "label", t->rows[j].label.text);
            view_bool(arena, row, "total", t->rows[j].total);
            View *cells = view_list(arena, row, "cells");
            for (int k = 0; k < t->column_count; k++) {
                View *cell = view_item(arena, cells);
                view_text(arena, cell, "head", t->columns[k].text);
                view_text(arena, cell, "value", sheet_cell(arena, &t->rows[j], k));
            }
        }
    }
}
