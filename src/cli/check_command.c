/* check: is this card genuine? */
#include "base/clock.h"
#include "cli/image_code.h"
#include "cli/register.h"
#include "domain/check.h"
#include "render/messages.h"
#include "web/card_view.h"

typedef struct Asking {
    Text code;
    Check read, check;
} Asking;

static Status look_apply(Ctx *ctx, void *argument) {
    Asking *a = argument;
    TRY(check_read(ctx, a->code, &a->read));
    return check_look(ctx, &a->read, &a->check);
}

static const char *const sentences[CHECK_VERDICT_COUNT] = {
    [CHECK_VALID] = "check_valid_title",
    [CHECK_PROVISIONAL] = "check_provisional_title",
    [CHECK_ENDED] = "check_ended_title",
    [CHECK_SUSPENDED] = "check_suspended_title",
    [CHECK_REISSUED] = "check_reissued_title",
    [CHECK_UNKNOWN] = "check_unknown_title",
    [CHECK_WRONG_TAG] = "check_wrong_tag_title",
    [CHECK_WRONG_DIGIT] = "check_wrong_digit_title",
    [CHECK_NOT_A_CODE] = "check_not_a_code_title",
    [CHECK_OTHER_ORGANISATION] = "check_other_organisation_title",
    [CHECK_FORGED] = "check_forged_title",
    [CHECK_EXPIRED] = "check_expired_title",
};

static void print_check(Cli *cli, const Check *check) {
    Lang lang = cli->ctx.lang;
    command_print("%.*s: %.*s\n", TEXT_ARG(check_verdict_text(check->verdict)),
                  TEXT_ARG(message(lang, sentences[check->verdict])));
    if (check->number.len) command_print("number  %.*s\n", TEXT_ARG(check->number));
    if (!check->shows_person) return;
    const Card *card = &check->card;
    command_print("name    %.*s\n", TEXT_ARG(card->member.name));
    command_print("unit    %.*s\n", TEXT_ARG(card_view_place(&cli->ctx, card, lang)));
    command_print("since   %.*s\n",
                  TEXT_ARG(card_view_day(&cli->ctx, card->member.joined_at, lang)));
}

/* A code is good when it is of a member, be the fee still unproved. */
static bool is_good(CheckVerdict verdict) {
    return verdict == CHECK_VALID || verdict == CHECK_PROVISIONAL;
}

static Status run(Cli *cli) {
    Text codes[IMAGE_CODES_MAX] = {cli->arguments[0]};
    int count = 1;
    if (text_starts_with(codes[0], T("@")))
        TRY(image_code_read(&cli->ctx, text_slice(codes[0], 1, codes[0].len), codes, &count));
    TRY(register_open(cli, STORE_COMMAND));
    for (int i = 0; i < count; i++) {
        Asking a = {.code = codes[i]};
        TRY(lane_read(cli->store, &cli->ctx, look_apply, &a));
        print_check(cli, &a.check);
        if (!is_good(a.check.verdict)) cli->exit_code = 1;
    }
    return OK;
}

const Command check_commands[] = {
    {"check", "CODE", 1, NULL, run, "is this card genuine? A number, a code, or @picture.png",
     "CODE is a membership number, the check code of a card's front, the signed code of its back, "
     "or\n"
     "@FILE.png with either as a QR code. Exit code 0 when it is of a member, 1 otherwise.",
     false},
    {.words = NULL},
};
