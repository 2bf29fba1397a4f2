/* Accounts in words: the year's sheet, names of accounts and of what happened. */
#ifndef WEB_ACCOUNT_VIEW_H
#define WEB_ACCOUNT_VIEW_H

#include "domain/account_year.h"
#include "domain/ledger.h"
#include "render/sheet.h"
#include "render/view.h"

/* The year as a sheet, the ctx's language first. */
void account_view_sheet(Ctx *ctx, const AccountYear *year, Sheet *ret);
/* For other sheets: a text in both languages; a message so; a sheet without tables. */
SheetText account_view_two(Text text, Text alt);
SheetText account_view_words(const Ctx *ctx, const char *key);
void account_view_begin(Ctx *ctx, SheetText title, SheetText note, Sheet *ret);
/* "26-27", as receipts have it, and "2026-27". */
Text account_view_year(Arena *arena, int64_t year);
Text account_view_year_long(Arena *arena, int64_t year);
/* An account's name for people: "Bank", "Cash with collector 7". */
Text account_view_account(Ctx *ctx, Text account);
/* Who holds a book: "the office", "collector 7". */
Text account_view_holder(Ctx *ctx, Text holder);
/* What an entry is about: "Fee", and whom: a membership number, "payment 7". */
Text account_view_kind(Ctx *ctx, Text kind);
Text account_view_subject(Ctx *ctx, Text subject);
/* The sheet's tables as lists for a template: "tables" with titles, heads, rows of cells. */
void account_view_tables(Ctx *ctx, const Sheet *sheet, View *view);

#endif
