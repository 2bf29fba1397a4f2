/* See receipt_issued.h. */
#include "domain/receipt_issued.h"

#include "domain/code_address.h"
#include "store/query.h"

static const char *const states[RECEIPT_STATE_COUNT] = {
    [RECEIPT_VALID] = "valid",          [RECEIPT_REFUNDED] = "refunded",
    [RECEIPT_VOID] = "void",            [RECEIPT_UNKNOWN] = "unknown",
    [RECEIPT_NOT_ONE] = "not_a_receipt", [RECEIPT_OTHER_ORGANISATION] = "other_organisation",
};

Text receipt_issued_state_text(ReceiptState state) { return text_of(states[state]); }

static ReceiptState state_of(Text payment) {
    return text_eq(payment, T("received")) ? RECEIPT_VALID : RECEIPT_REFUNDED;
}

/* The payment behind a number; *ret_serial -1: there is none. */
static Status read_payment(Ctx *ctx, int64_t book, int64_t number, ReceiptIssued *ret,
                           int64_t *ret_serial) {
    Query *q = query_begin(ctx, Q_RECEIPT_ISSUED);
    query_int(q, "org", ctx->org->id);
    query_int(q, "book", book);
    query_int(q, "number", number);
    bool found;
    *ret_serial = -1;
    TRY(query_row(q, &found));
    if (found) {
        *ret_serial = query_column_int(q, 0);
        *ret = (ReceiptIssued){.sequence = query_column_int(q, 1),
                               .at = query_column_int(q, 2),
                               .paise = query_column_int(q, 3),
                               .method = query_column_text(q, 4),
                               .state = state_of(query_column_text(q, 5)),
                               .receipt = {book, number, query_column_int(q, 6)}};
        bool by_hand = !text_eq(query_column_text(q, 7), T("server"));
        if (by_hand && text_eq(ret->method, T("cash"))) ret->collector = query_column_text(q, 8);
    }
    return query_done(q);
}

static Status read_void(Ctx *ctx, int64_t book, int64_t number, ReceiptIssued *ret) {
    Query *q = query_begin(ctx, Q_RECEIPT_VOIDED);
    query_int(q, "org", ctx->org->id);
    query_int(q, "book", book);
    query_int(q, "number", number);
    bool found;
    TRY(query_row(q, &found));
    *ret = (ReceiptIssued){.state = found ? RECEIPT_VOID : RECEIPT_UNKNOWN};
    if (found) {
        ret->receipt = (Receipt){book, number, query_column_int(q, 0)};
        ret->at = query_column_int(q, 1);
    }
    return query_done(q);
}

/* By book and number; the year must be the book's. */
static Status find(Ctx *ctx, const ReceiptCode *code, ReceiptIssued *ret) {
    int64_t serial;
    TRY(read_payment(ctx, code->book, code->number, ret, &serial));
    if (serial < 0) TRY(read_void(ctx, code->book, code->number, ret));
    if (ret->receipt.financial_year != code->year)
        *ret = (ReceiptIssued){.state = RECEIPT_UNKNOWN};
    if (ret->state != RECEIPT_VALID && ret->state != RECEIPT_REFUNDED) return OK;
    TRY(member_by_serial(ctx, serial, &ret->member));
    return membership_kind_read(ctx, ret->member.kind, &ret->kind);
}

Status receipt_issued_list(Ctx *ctx, int64_t serial, int max, ReceiptIssued *ret,
                           int *ret_count) {
    Query *q = query_begin(ctx, Q_RECEIPT_OF_MEMBER);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", serial);
    query_int(q, "max", max);
    for (*ret_count = 0;; ++*ret_count) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        ret[*ret_count] = (ReceiptIssued){.receipt = {query_column_int(q, 0),
                                                      query_column_int(q, 1),
                                                      query_column_int(q, 7)},
                                          .sequence = query_column_int(q, 2),
                                          .at = query_column_int(q, 3),
                                          .paise = query_column_int(q, 4),
                                          .state = state_of(query_column_text(q, 5)),
                                          .method = query_column_text(q, 6)};
    }
    return query_done(q);
}

Status receipt_issued_of_member(Ctx *ctx, const Member *member, int64_t sequence,
                                ReceiptIssued *ret) {
    enum { RECEIPTS_MAX = 100 };
    ReceiptIssued *list = ARENA_ARRAY(ctx->arena, ReceiptIssued, RECEIPTS_MAX);
    int count;
    TRY(receipt_issued_list(ctx, member->serial, RECEIPTS_MAX, list, &count));
    for (int i = 0; i < count; i++) {
        if (sequence >= 0 && list[i].sequence != sequence) continue;
        int64_t serial;
        TRY(read_payment(ctx, list[i].receipt.book, list[i].receipt.number, ret, &serial));
        ret->member = *member;
        return membership_kind_read(ctx, member->kind, &ret->kind);
    }
    return fail(ctx, NOT_FOUND, NULL, "receipt_not_found");
}

Status receipt_issued_by_number(Ctx *ctx, Text typed, ReceiptIssued *ret) {
    ReceiptCode code;
    if (!receipt_code_parse(typed, &code)) return fail(ctx, INVALID, NULL, "receipt_form");
    bool ours = text_eq(text_of(code.code), ctx->org->code);
    if (ours) TRY(find(ctx, &code, ret));
    if (ours && (ret->state == RECEIPT_VALID || ret->state == RECEIPT_REFUNDED)) return OK;
    return fail(ctx, NOT_FOUND, NULL, "receipt_not_found");
}

static ReceiptCode code_of(Ctx *ctx, const Receipt *r) {
    ReceiptCode code = {.year = r->financial_year, .book = r->book, .number = r->number};
    memcpy(code.code, ctx->org->code.ptr, ctx->org->code.len);
    return code;
}

void receipt_issued_sign(Ctx *ctx, ReceiptIssued *r) {
    char code[RECEIPT_CODE_MAX];
    ReceiptCode unsigned_code = code_of(ctx, &r->receipt);
    size_t len = receipt_code_make(&ctx->org->keys, &unsigned_code, code);
    r->number = receipt_text(ctx, &r->receipt);
    r->code = arena_copy(ctx->arena, (Text){code, len});
    r->check_url = code_address_make(ctx, "/R/", r->code);
}

void receipt_issued_read(Ctx *ctx, Text typed, ReceiptCheck *ret) {
    *ret = (ReceiptCheck){.issued.state = RECEIPT_NOT_ONE};
    if (!receipt_code_parse(code_address_read(typed, "/R/"), &ret->code)) return;
    bool ours = text_eq(text_of(ret->code.code), ctx->org->code);
    ret->issued.state = ours ? RECEIPT_UNKNOWN : RECEIPT_OTHER_ORGANISATION;
    ret->issued.receipt = (Receipt){ret->code.book, ret->code.number, ret->code.year};
    if (ours) ret->issued.number = receipt_text(ctx, &ret->issued.receipt);
}

Status receipt_issued_look(Ctx *ctx, const ReceiptCheck *read, ReceiptCheck *ret) {
    *ret = *read;
    if (read->issued.state != RECEIPT_UNKNOWN) return OK;
    bool right = receipt_code_verify(&ctx->org->keys, &read->code);
    if (read->code.tag[0] && !right) return OK;
    TRY(find(ctx, &read->code, &ret->issued));
    ret->issued.number = read->issued.number;
    ret->shows_person = right && ret->issued.member.name.len > 0;
    return OK;
}
