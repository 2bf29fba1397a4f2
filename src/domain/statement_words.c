/* One table: the longest phrase of it that stands in a heading decides. Modelled on the headings
 * that banks and payment providers publish; they change them, so it asks for words, not for
 * whole headings. */
#include "domain/statement_words.h"

#include "domain/statement_value.h"

enum { NOT_WANTED = STATEMENT_COLUMN_COUNT };

typedef struct Phrase {
    const char *words;
    int column;
    int weight;
} Phrase;

static const Phrase phrases[] = {
    {"transaction date", STATEMENT_DATE, 9},
    {"txn date", STATEMENT_DATE, 9},
    {"tran date", STATEMENT_DATE, 9},
    {"trans date", STATEMENT_DATE, 9},
    {"payment date", STATEMENT_DATE, 9},
    {"created at", STATEMENT_DATE, 9},
    {"date", STATEMENT_DATE, 7},
    {"post date", STATEMENT_DATE, 6},
    {"posting date", STATEMENT_DATE, 6},
    {"posted date", STATEMENT_DATE, 6},
    {"value date", STATEMENT_DATE, 5},
    {"value dt", STATEMENT_DATE, 5},
    {"तारीख", STATEMENT_DATE, 7},
    {"तारीख़", STATEMENT_DATE, 7},
    {"दिनांक", STATEMENT_DATE, 7},
    {"दिनाँक", STATEMENT_DATE, 7},
    {"तिथि", STATEMENT_DATE, 7},
    {"मूल्य तिथि", STATEMENT_DATE, 5},
    {"updated date", NOT_WANTED, 0},
    {"settlement date", NOT_WANTED, 0},
    {"settled date", NOT_WANTED, 0},
    {"settled at", NOT_WANTED, 0},
    {"refund date", NOT_WANTED, 0},
    {"narration", STATEMENT_NARRATION, 9},
    {"description", STATEMENT_NARRATION, 8},
    {"particulars", STATEMENT_NARRATION, 9},
    {"transaction remarks", STATEMENT_NARRATION, 9},
    {"transaction details", STATEMENT_NARRATION, 8},
    {"transaction particulars", STATEMENT_NARRATION, 9},
    {"remarks", STATEMENT_NARRATION, 7},
    {"details", STATEMENT_NARRATION, 5},
    {"notes", STATEMENT_NARRATION, 4},
    {"विवरण", STATEMENT_NARRATION, 9},
    {"ब्योरा", STATEMENT_NARRATION, 9},
    {"error description", NOT_WANTED, 0},
    {"rrn", STATEMENT_REFERENCE, 10},
    {"utr rrn", STATEMENT_REFERENCE, 10},
    {"bank rrn", STATEMENT_REFERENCE, 10},
    {"transaction utr", STATEMENT_REFERENCE, 10},
    {"payment utr", STATEMENT_REFERENCE, 10},
    {"customer reference", STATEMENT_REFERENCE, 8},
    {"utr", STATEMENT_REFERENCE, 9},
    {"utr no", STATEMENT_REFERENCE, 9},
    {"bank transaction id", STATEMENT_REFERENCE, 8},
    {"bank reference", STATEMENT_REFERENCE, 7},
    {"chq ref", STATEMENT_REFERENCE, 7},
    {"cheque no", STATEMENT_REFERENCE, 6},
    {"cheque number", STATEMENT_REFERENCE, 6},
    {"cheque", STATEMENT_REFERENCE, 5},
    {"chq", STATEMENT_REFERENCE, 5},
    {"chqno", STATEMENT_REFERENCE, 6},
    {"ref no", STATEMENT_REFERENCE, 7},
    {"ref number", STATEMENT_REFERENCE, 7},
    {"reference", STATEMENT_REFERENCE, 6},
    {"reference no", STATEMENT_REFERENCE, 7},
    {"reference number", STATEMENT_REFERENCE, 7},
    {"transaction id", STATEMENT_REFERENCE, 4},
    {"txn id", STATEMENT_REFERENCE, 4},
    {"tran id", STATEMENT_REFERENCE, 4},
    {"payment id", STATEMENT_REFERENCE, 3},
    {"entity id", STATEMENT_REFERENCE, 4},
    {"id", STATEMENT_REFERENCE, 1},
    {"phonepe reference id", STATEMENT_REFERENCE, 4},
    {"phonepe transaction id", STATEMENT_REFERENCE, 4},
    {"यूटीआर", STATEMENT_REFERENCE, 9},
    {"संदर्भ", STATEMENT_REFERENCE, 7},
    {"चेक", STATEMENT_REFERENCE, 5},
    {"settlement utr", NOT_WANTED, 0},
    {"settlement id", NOT_WANTED, 0},
    {"merchant id", NOT_WANTED, 0},
    {"customer id", NOT_WANTED, 0},
    {"store id", NOT_WANTED, 0},
    {"terminal id", NOT_WANTED, 0},
    {"card id", NOT_WANTED, 0},
    {"invoice id", NOT_WANTED, 0},
    {"dispute id", NOT_WANTED, 0},
    {"debit", STATEMENT_DEBIT, 8},
    {"debits", STATEMENT_DEBIT, 8},
    {"dr", STATEMENT_DEBIT, 6},
    {"withdrawal", STATEMENT_DEBIT, 8},
    {"withdrawals", STATEMENT_DEBIT, 8},
    {"withdrawal amount", STATEMENT_DEBIT, 9},
    {"withdrawal amt", STATEMENT_DEBIT, 9},
    {"withdrawal dr", STATEMENT_DEBIT, 9},
    {"debit amount", STATEMENT_DEBIT, 9},
    {"dr amount", STATEMENT_DEBIT, 9},
    {"paid out", STATEMENT_DEBIT, 8},
    {"नामे", STATEMENT_DEBIT, 8},
    {"डेबिट", STATEMENT_DEBIT, 8},
    {"निकासी", STATEMENT_DEBIT, 8},
    {"credit", STATEMENT_CREDIT, 8},
    {"credits", STATEMENT_CREDIT, 8},
    {"cr", STATEMENT_CREDIT, 6},
    {"deposit", STATEMENT_CREDIT, 8},
    {"deposits", STATEMENT_CREDIT, 8},
    {"deposit amount", STATEMENT_CREDIT, 9},
    {"deposit amt", STATEMENT_CREDIT, 9},
    {"deposit cr", STATEMENT_CREDIT, 9},
    {"credit amount", STATEMENT_CREDIT, 9},
    {"cr amount", STATEMENT_CREDIT, 9},
    {"paid in", STATEMENT_CREDIT, 8},
    {"जमा", STATEMENT_CREDIT, 8},
    {"जमा राशि", STATEMENT_CREDIT, 9},
    {"क्रेडिट", STATEMENT_CREDIT, 8},
    {"credit type", NOT_WANTED, 0},
    {"total transaction amount", STATEMENT_AMOUNT, 9},
    {"transaction amount", STATEMENT_AMOUNT, 9},
    {"txn amount", STATEMENT_AMOUNT, 9},
    {"gross amount", STATEMENT_AMOUNT, 9},
    {"amount", STATEMENT_AMOUNT, 8},
    {"amt", STATEMENT_AMOUNT, 7},
    {"राशि", STATEMENT_AMOUNT, 8},
    {"रक़म", STATEMENT_AMOUNT, 8},
    {"रकम", STATEMENT_AMOUNT, 8},
    {"net amount", NOT_WANTED, 0},
    {"settled amount", NOT_WANTED, 0},
    {"settlement amount", NOT_WANTED, 0},
    {"amount refunded", NOT_WANTED, 0},
    {"amount transferred", NOT_WANTED, 0},
    {"refund amount", NOT_WANTED, 0},
    {"fee amount", NOT_WANTED, 0},
    {"gst amount", NOT_WANTED, 0},
    {"tax amount", NOT_WANTED, 0},
    {"commission amount", NOT_WANTED, 0},
    {"dr cr", STATEMENT_FLAG, 9},
    {"cr dr", STATEMENT_FLAG, 9},
    {"debit credit", STATEMENT_FLAG, 9},
    {"credit debit", STATEMENT_FLAG, 9},
    {"transaction type", STATEMENT_FLAG, 7},
    {"txn type", STATEMENT_FLAG, 7},
    {"transaction entity", STATEMENT_FLAG, 7},
    {"type", STATEMENT_FLAG, 6},
    {"नामे जमा", STATEMENT_FLAG, 9},
    {"card type", NOT_WANTED, 0},
    {"payment type", NOT_WANTED, 0},
    {"balance", STATEMENT_BALANCE, 8},
    {"bal", STATEMENT_BALANCE, 7},
    {"closing balance", STATEMENT_BALANCE, 9},
    {"available balance", STATEMENT_BALANCE, 6},
    {"शेष", STATEMENT_BALANCE, 8},
    {"शेष राशि", STATEMENT_BALANCE, 9},
    {"बैलेंस", STATEMENT_BALANCE, 8},
    {"opening balance", NOT_WANTED, 0},
    {"vpa", STATEMENT_PAYER, 9},
    {"customer vpa", STATEMENT_PAYER, 10},
    {"payer vpa", STATEMENT_PAYER, 10},
    {"payer handle", STATEMENT_PAYER, 10},
    {"upi id", STATEMENT_PAYER, 8},
    {"payer name", STATEMENT_PAYER, 8},
    {"customer name", STATEMENT_PAYER, 7},
    {"merchant vpa", NOT_WANTED, 0},
    {"order receipt", STATEMENT_ORDER, 10},
    {"merchant reference id", STATEMENT_ORDER, 9},
    {"merchant order id", STATEMENT_ORDER, 9},
    {"merchant transaction id", STATEMENT_ORDER, 8},
    {"order id", STATEMENT_ORDER, 8},
    {"order no", STATEMENT_ORDER, 8},
    {"receipt", STATEMENT_ORDER, 6},
    {"status", STATEMENT_STATUS, 8},
    {"transaction status", STATEMENT_STATUS, 9},
    {"payment status", STATEMENT_STATUS, 9},
    {"refund status", NOT_WANTED, 0},
    {"settlement status", NOT_WANTED, 0},
    {"fee", NOT_WANTED, 0},
    {"tax", NOT_WANTED, 0},
    {"gst", NOT_WANTED, 0},
    {"commission", NOT_WANTED, 0},
    {"on hold", NOT_WANTED, 0},
    {"branch", NOT_WANTED, 0},
};

static bool has_words(Text heading, Text words) {
    for (size_t at = 0; at + words.len <= heading.len; at++) {
        if (at && heading.ptr[at - 1] != ' ') continue;
        size_t end = at + words.len;
        if (memcmp(heading.ptr + at, words.ptr, words.len) != 0) continue;
        if (end == heading.len || heading.ptr[end] == ' ') return true;
    }
    return false;
}

bool statement_words_meaning(Arena *arena, Text heading, StatementColumn *ret_column,
                             int *ret_weight) {
    if (heading.len > 100) return false; /* a sentence of the preamble */
    Text words = statement_value_words(arena, heading);
    const Phrase *best = NULL;
    size_t best_len = 0;
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        Text phrase = text_of(phrases[i].words);
        if (phrase.len > best_len && has_words(words, phrase)) {
            best = &phrases[i];
            best_len = phrase.len;
        }
    }
    if (!best || best->column == NOT_WANTED) return false;
    *ret_column = (StatementColumn)best->column;
    /* Nothing else in the heading: that is what the column is. */
    *ret_weight = best->weight * 2 + (best_len == words.len);
    return true;
}
