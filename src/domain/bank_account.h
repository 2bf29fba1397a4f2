/* The organisation's account for bank transfers, as the payer must copy it. */
#ifndef DOMAIN_BANK_ACCOUNT_H
#define DOMAIN_BANK_ACCOUNT_H

#include "base/ctx.h"

typedef struct BankAccount {
    Text holder;
    Text number; /* 6 to 18 digits */
    Text ifsc;   /* four letters, 0, six letters or digits (RBI) */
    Text bank;   /* bank and branch, as people say them */
} BankAccount;

/* Capital letters in the IFSC, no blanks in it and in the number. INVALID on the fields "holder",
 * "account", "ifsc", "bank": bank_holder, bank_number, bank_ifsc, bank_name. */
MUST_USE Status bank_account_check(Ctx *ctx, BankAccount *account);
/* As kept: a line each, in this order. */
Text bank_account_write(Arena *arena, const BankAccount *account);
/* false: it was written as one text, before there were lines; *ret is empty texts then. */
bool bank_account_read(Text kept, BankAccount *ret);

#endif
