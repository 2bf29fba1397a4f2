/* See claim_notice.h. */
#include "domain/claim_notice.h"

#include "domain/outbox.h"

enum { LIFE_S = 2 * 86400 };

static bool is_among(const Text *phones, int count, Text phone) {
    for (int i = 0; i < count; i++)
        if (text_eq(phones[i], phone)) return true;
    return false;
}

Status claim_notice_rejected(Ctx *ctx, const FeeOrder *order, const bool *concerned,
                             int *ret_told) {
    Text phones[FEE_ORDER_PEOPLE_MAX];
    *ret_told = 0;
    for (int i = 0; i < order->people; i++) {
        Member member;
        Text phone;
        OutboxAdded added;
        if (!concerned[i]) continue;
        TRY(member_by_serial(ctx, order->serials[i], &member));
        TRY(member_phone(ctx, &member, &phone));
        if (!phone.len || is_among(phones, *ret_told, phone)) continue;
        OutboxDraft draft = {.purpose = "rejected", .phone = phone, .lang = member.lang,
                             .life_s = LIFE_S};
        TRY(outbox_add_if_possible(ctx, &draft, &added));
        if (added != OUTBOX_ADDED) return OK;
        phones[(*ret_told)++] = phone;
    }
    return OK;
}
