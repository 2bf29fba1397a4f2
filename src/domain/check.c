/* Checking cards for anybody: says no more than the code that was shown allows. */
#include "domain/check.h"

#include "domain/code_address.h"
#include "domain/fee_order.h"
#include "store/query.h"

static const char *const verdicts[CHECK_VERDICT_COUNT] = {
    [CHECK_VALID] = "valid",           [CHECK_PROVISIONAL] = "provisional",
    [CHECK_ENDED] = "ended",           [CHECK_SUSPENDED] = "suspended",
    [CHECK_REISSUED] = "reissued",     [CHECK_UNKNOWN] = "unknown",
    [CHECK_WRONG_TAG] = "wrong_tag",   [CHECK_WRONG_DIGIT] = "wrong_digit",
    [CHECK_NOT_A_CODE] = "not_a_code", [CHECK_OTHER_ORGANISATION] = "other_organisation",
    [CHECK_FORGED] = "forged",         [CHECK_EXPIRED] = "expired",
};

Text check_verdict_text(CheckVerdict verdict) { return text_of(verdicts[verdict]); }

/* A number of this organisation, or the verdict that it is not. */
static bool is_ours(Ctx *ctx, const Number *number, Check *ret) {
    ret->number = number_text_in(ctx->arena, number);
    if (text_eq(text_of(number->code), ctx->org->code)) return true;
    ret->verdict = CHECK_OTHER_ORGANISATION;
    return false;
}

/* A space is a letter of Base45, and forms, shells and people cut those at the end off. */
static SignedCodeResult read_with_spaces(Ctx *ctx, Text code, CardClaims *ret) {
    SignedCodeResult result = signed_code_read(ctx->arena, &ctx->org->keys, code, ret);
    for (int spaces = 1; spaces <= 2 && result == SIGNED_CODE_NOT_ONE; spaces++) {
        Text longer = arena_printf(ctx->arena, "%.*s%*s", TEXT_ARG(code), spaces, "");
        result = signed_code_read(ctx->arena, &ctx->org->keys, longer, ret);
    }
    return result;
}

static void read_signed(Ctx *ctx, Text code, Check *ret) {
    CardClaims claims;
    ret->kind = CHECK_BY_SIGNATURE;
    switch (read_with_spaces(ctx, code, &claims)) {
    case SIGNED_CODE_NOT_ONE: ret->verdict = CHECK_NOT_A_CODE; return;
    case SIGNED_CODE_UNKNOWN_KEY: ret->verdict = CHECK_OTHER_ORGANISATION; return;
    case SIGNED_CODE_FORGED: ret->verdict = CHECK_FORGED; return;
    case SIGNED_CODE_GOOD: break;
    }
    Number number;
    if (number_parse(claims.number, TEXT_NONE, &number) != NUMBER_OK) {
        ret->verdict = CHECK_NOT_A_CODE;
        return;
    }
    if (!is_ours(ctx, &number, ret)) return;
    ret->card.member.number = number;
    ret->signed_at = claims.issued_at;
    ret->verdict =
        claims.expires_at && claims.expires_at <= ctx->now_s ? CHECK_EXPIRED : CHECK_VALID;
}

Status check_read(Ctx *ctx, Text code, Check *ret) {
    *ret = (Check){.verdict = CHECK_NOT_A_CODE};
    code = code_address_read(code, "/V/");
    Number number;
    if (check_code_parse(code, &number, ret->tag)) {
        ret->kind = CHECK_BY_TAG;
        if (!is_ours(ctx, &number, ret)) return OK;
        ret->card.member.number = number;
        ret->verdict = CHECK_VALID;
        return OK;
    }
    NumberParse parsed = number_parse(code, ctx->org->code, &number);
    if (parsed == NUMBER_NOT_ONE) {
        read_signed(ctx, code, ret);
        return OK;
    }
    if (parsed == NUMBER_WRONG_DIGIT) {
        ret->verdict = CHECK_WRONG_DIGIT;
        return OK;
    }
    if (!is_ours(ctx, &number, ret)) return OK;
    ret->card.member.number = number;
    ret->verdict = CHECK_VALID;
    return OK;
}

/* Right for the present issue, for an older one (then *ret_old), or for none. */
static bool tag_fits(Ctx *ctx, const Member *m, const char *tag, bool *ret_old) {
    *ret_old = false;
    if (check_code_verify(&ctx->org->keys, &m->number, m->card_issue, tag)) return true;
    for (int64_t issue = m->card_issue - 1; issue >= 1 && m->card_issue - issue <= 50; issue--) {
        if (check_code_verify(&ctx->org->keys, &m->number, issue, tag)) {
            *ret_old = true;
            return true;
        }
    }
    return false;
}

static CheckVerdict verdict_of(const Member *m, int64_t now_s) {
    switch (m->state) {
    case MEMBER_ENDED:
    case MEMBER_REJECTED:
    case MEMBER_REFUNDED: return CHECK_ENDED;
    case MEMBER_EXPIRED: return CHECK_EXPIRED;
    case MEMBER_SUSPENDED: return CHECK_SUSPENDED;
    case MEMBER_LAPSED:
    case MEMBER_APPLIED: return CHECK_UNKNOWN;
    case MEMBER_PROVISIONAL: return CHECK_PROVISIONAL;
    case MEMBER_CONFIRMED:
    case MEMBER_STATE_COUNT: break;
    }
    return m->expires_at && m->expires_at <= now_s ? CHECK_EXPIRED : CHECK_VALID;
}

/* Who has claimed to have paid the renewal is not expired, but provisional, until that is known. */
static Status look_for_renewal(Ctx *ctx, Check *check) {
    const Member *m = &check->card.member;
    bool claimed;
    if (m->state != MEMBER_CONFIRMED) return OK;
    TRY(fee_order_renewal_claimed(ctx, m->serial, &claimed));
    if (claimed) check->verdict = CHECK_PROVISIONAL;
    return OK;
}

Status check_look(Ctx *ctx, const Check *read, Check *check) {
    *check = *read;
    if (check->verdict != CHECK_VALID && check->verdict != CHECK_EXPIRED) return OK;
    Number number = check->card.member.number;
    Card *card = &check->card;
    Status status = card_load_number(ctx, &number, card);
    if (status == NOT_FOUND) {
        ctx_forget_errors(ctx);
        check->verdict = check->kind == CHECK_BY_TAG ? CHECK_WRONG_TAG : CHECK_UNKNOWN;
        return OK;
    }
    TRY(status);
    bool old = false;
    if (check->kind == CHECK_BY_TAG && !tag_fits(ctx, &card->member, check->tag, &old)) {
        check->verdict = CHECK_WRONG_TAG;
        return OK;
    }
    if (check->kind == CHECK_BY_SIGNATURE) old = check->signed_at < card->issued_at;
    check->verdict = verdict_of(&card->member, ctx->now_s);
    if (check->verdict == CHECK_EXPIRED) TRY(look_for_renewal(ctx, check));
    bool member = check->verdict == CHECK_VALID || check->verdict == CHECK_PROVISIONAL;
    /* Numbers can be tried by anybody: one alone learns valid or not, nothing else. */
    if (check->kind == CHECK_BY_NUMBER) check->verdict = member ? CHECK_VALID : CHECK_UNKNOWN;
    if (old && member) check->verdict = CHECK_REISSUED;
    check->shows_person = member && !old && check->kind != CHECK_BY_NUMBER;
    return OK;
}
