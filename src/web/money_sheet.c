/* See money_sheet.h. */
#include "web/money_sheet.h"

#include "base/clock.h"
#include "render/messages.h"
#include "web/account_view.h"

enum { DEBIT, CREDIT };

static void set_heads(Ctx *ctx, SheetTable *t, const char *const *texts, const char *const *columns,
                      int rows) {
    while (texts[t->text_count]) {
        t->text_heads[t->text_count] = account_view_words(ctx, texts[t->text_count]);
        t->text_count++;
    }
    while (columns[t->column_count]) {
        t->columns[t->column_count] = account_view_words(ctx, columns[t->column_count]);
        t->column_count++;
    }
    t->rows = ARENA_ARRAY(ctx->arena, SheetRow, rows);
}

static Text say(Ctx *ctx, Lang lang, const char *key, const ErrorArg *args, int count) {
    return message_with(ctx->arena, lang, key, args, count);
}

static Lang other_than(Lang lang) { return lang == LANG_HI ? LANG_EN : LANG_HI; }

/* A sentence with numbers or days, made for each language by fill. */
typedef int (*Fill)(Ctx *ctx, Lang lang, const void *of, ErrorArg *args);

static SheetText both(Ctx *ctx, const char *key, Fill fill, const void *of) {
    ErrorArg args[3];
    Text texts[2];
    const Lang langs[2] = {ctx->lang, other_than(ctx->lang)};
    for (int i = 0; i < 2; i++)
        texts[i] = say(ctx, langs[i], key, args, fill(ctx, langs[i], of, args));
    return account_view_two(texts[0], texts[1]);
}

static int fill_day(Ctx *ctx, Lang lang, const void *of, ErrorArg *args) {
    const MoneyDay *d = of;
    args[0] = (ErrorArg){"day", message_day(ctx->arena, lang, d->day)};
    return 1;
}

static int fill_entries(Ctx *ctx, Lang lang, const void *of, ErrorArg *args) {
    const MoneyDay *d = of;
    (void)lang;
    args[0] = (ErrorArg){"count", message_number(ctx->arena, d->all)};
    if (!d->count) return 1;
    args[1] = (ErrorArg){"from", message_number(ctx->arena, d->entries[0].number)};
    args[2] = (ErrorArg){"to", message_number(ctx->arena, d->entries[d->count - 1].number)};
    return 3;
}

/* What it was and whom it is about: "Fee · GKC-015-7046-4825". */
static Text what_of(Ctx *ctx, Lang lang, const LedgerEntry *e) {
    Lang own = ctx->lang;
    ctx->lang = lang;
    Text kind = account_view_kind(ctx, e->kind), subject = account_view_subject(ctx, e->subject);
    ctx->lang = own;
    if (!subject.len) return kind;
    return arena_printf(ctx->arena, "%.*s · %.*s", TEXT_ARG(kind), TEXT_ARG(subject));
}

static Text account_of(Ctx *ctx, Lang lang, Text account) {
    Lang own = ctx->lang;
    ctx->lang = lang;
    Text name = account_view_account(ctx, account);
    ctx->lang = own;
    return name;
}

static void add_line(Ctx *ctx, SheetTable *t, const SheetRow *first, const LedgerLine *line) {
    SheetRow *row = &t->rows[t->row_count++];
    bool debit = line->paise > 0;
    *row = *first;
    row->texts[2] = account_view_two(account_of(ctx, ctx->lang, line->account),
                                     account_of(ctx, other_than(ctx->lang), line->account));
    row->paise[debit ? DEBIT : CREDIT] = debit ? line->paise : -line->paise;
    row->blank = 1u << (debit ? CREDIT : DEBIT);
}

static void add_entry(Ctx *ctx, SheetTable *t, const LedgerEntry *e) {
    SheetRow first = {.label.text = arena_printf(ctx->arena, "%lld", (long long)e->number)};
    first.texts[0] = account_view_two(what_of(ctx, ctx->lang, e),
                                      what_of(ctx, other_than(ctx->lang), e));
    first.texts[1].text = e->note;
    for (int i = 0; i < e->count; i++) add_line(ctx, t, &first, &e->lines[i]);
}

static void add_sum(Ctx *ctx, SheetTable *t) {
    SheetRow sum = {.label = account_view_words(ctx, "account_sum"), .total = true};
    for (int i = 0; i < t->row_count; i++)
        for (int j = 0; j < t->column_count; j++) sum.paise[j] += t->rows[i].paise[j];
    t->rows[t->row_count++] = sum;
}

void money_sheet_day(Ctx *ctx, const MoneyDay *d, Sheet *ret) {
    static const char *const texts[] = {"day_book_what", "day_book_note", "day_book_account", NULL};
    static const char *const columns[] = {"day_book_debit", "day_book_credit", NULL};
    account_view_begin(ctx, both(ctx, "day_book_title", fill_day, d),
                       account_view_words(ctx, "day_book_sums"), ret);
    ret->table_count = 1;
    SheetTable *t = &ret->tables[0];
    bool whole = d->count == d->all;
    t->title = both(ctx, whole ? "day_book_count" : "day_book_part", fill_entries, d);
    t->first = account_view_words(ctx, "day_book_number");
    int rows = 1;
    for (int i = 0; i < d->count; i++) rows += d->entries[i].count;
    set_heads(ctx, t, texts, columns, rows);
    for (int i = 0; i < d->count; i++) add_entry(ctx, t, &d->entries[i]);
    add_sum(ctx, t);
}

typedef struct Period {
    int64_t first, last;
} Period;

static int fill_period(Ctx *ctx, Lang lang, const void *of, ErrorArg *args) {
    const Period *p = of;
    args[0] = (ErrorArg){"from", message_day(ctx->arena, lang, p->first)};
    args[1] = (ErrorArg){"to", message_day(ctx->arena, lang, p->last)};
    return 2;
}

void money_sheet_shares(Ctx *ctx, int64_t first, int64_t last, const UnitShareDue *due, int count,
                        Sheet *ret) {
    static const char *const texts[] = {"share_code", NULL};
    static const char *const columns[] = {"share_earned", "share_paid", "share_due", NULL};
    const Period period = {first, last};
    account_view_begin(ctx, both(ctx, "share_file_title", fill_period, &period),
                       account_view_words(ctx, "share_file_note"), ret);
    ret->table_count = 1;
    SheetTable *t = &ret->tables[0];
    t->title = account_view_words(ctx, "share_due_title");
    t->first = account_view_words(ctx, "share_unit_head");
    set_heads(ctx, t, texts, columns, count + 1);
    for (int i = 0; i < count; i++) {
        const UnitShareDue *d = &due[i];
        SheetRow *row = &t->rows[t->row_count++];
        *row = (SheetRow){.paise = {d->earned - d->returned, d->paid, d->payable}};
        row->label = account_view_two(unit_name(&d->unit, ctx->lang),
                                      unit_name(&d->unit, other_than(ctx->lang)));
        row->texts[0].text = d->unit.code;
    }
    add_sum(ctx, t);
}
