/* receipt: a receipt as a file. */
#include <stdio.h>
#include <unistd.h>

#include "base/limits.h"
#include "cli/out_file.h"
#include "cli/register.h"
#include "domain/audit.h"
#include "web/receipt_view.h"

typedef struct Reading {
    Text typed;
    ReceiptIssued receipt;
} Reading;

/* A receipt's number or code; otherwise a membership number, for the newest. It names a person:
 * that it was drawn is recorded. */
static Status read_apply(Ctx *ctx, void *argument) {
    Reading *r = argument;
    ReceiptCode code;
    Member member;
    if (receipt_code_parse(r->typed, &code)) {
        TRY(receipt_issued_by_number(ctx, r->typed, &r->receipt));
    } else {
        TRY(member_by_number(ctx, r->typed, &member));
        TRY(receipt_issued_of_member(ctx, &member, -1, &r->receipt));
    }
    Text subject = arena_printf(ctx->arena, "member:%lld", (long long)r->receipt.member.serial);
    return audit_add(ctx, "receipt.draw", subject, T(""));
}

static Status run_receipt(Cli *cli) {
    Ctx *ctx = &cli->ctx;
    Text path = command_option(cli, "out");
    if (!path.len && isatty(STDOUT_FILENO)) return command_misuse(cli, NULL, "receipt_needs_file");
    TRY(register_open(cli, STORE_COMMAND));
    Reading r = {.typed = cli->arguments[0]};
    TRY(lane_write(cli->store, ctx, read_apply, &r));
    ReceiptFace face;
    Buffer out = buffer_in(ctx->arena, LIMIT_RESPONSE_BYTES);
    receipt_issued_sign(ctx, &r.receipt);
    receipt_view_face(ctx, &r.receipt, &face);
    TRY(receipt_pdf_write(ctx, NULL, &face, &out));
    return out_file_write(ctx, path, buffer_text(&out));
}

static const Option receipt_options[] = {
    {"out", "FILE.pdf", false, "where to write it (also -o FILE); standard output when left out"},
    {NULL, NULL, false, NULL},
};

extern const Command receipt_commands[];
const Command receipt_commands[] = {
    {"receipt", "NUMBER", 1, receipt_options, run_receipt, "a receipt as PDF",
     "NUMBER is a receipt's number or code, or a membership number for its newest receipt.",
     false},
    {.words = NULL},
};
