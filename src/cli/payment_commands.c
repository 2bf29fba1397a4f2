/* payment ways, way, list, cash, settle, refund, reject, restore, lapse: money that came in. */
#include "base/clock.h"
#include "base/limits.h"
#include "cli/register.h"
#include "cli/secret_file.h"
#include "domain/appeal.h"
#include "domain/member_lapse.h"
#include "domain/pay_link.h"
#include "domain/pay_way.h"
#include "domain/payment_cash.h"
#include "domain/payment_in.h"
#include "domain/reason.h"
#include "render/messages.h"

enum { LIST_PAGE = 200 };

static Status ways_apply(Ctx *ctx, void *ways) { return pay_way_list(ctx, ways); }

/* An account's lines in one. */
static Text one_line(Arena *arena, Text detail) {
    char *out = ARENA_ARRAY(arena, char, detail.len + 1);
    for (size_t i = 0; i < detail.len; i++) out[i] = detail.ptr[i] == '\n' ? ' ' : detail.ptr[i];
    return (Text){out, detail.len};
}

static Status run_ways(Cli *cli) {
    PayWay ways[PAY_WAY_COUNT];
    TRY(register_open(cli, STORE_READ_ONLY));
    TRY(lane_read(cli->store, &cli->ctx, ways_apply, ways));
    for (int i = 0; i < PAY_WAY_COUNT; i++)
        command_print("%-9.*s %-4s %.*s%s%.*s%s%.*s%s\n", TEXT_ARG(pay_way_text((PayWayKind)i)),
                      ways[i].is_on ? "on" : "off",
                      TEXT_ARG(one_line(cli->ctx.arena, ways[i].detail)),
                      ways[i].payee.len ? "  " : "", TEXT_ARG(ways[i].payee),
                      ways[i].key_id.len ? "  key " : "", TEXT_ARG(ways[i].key_id),
                      i == PAY_WAY_RAZORPAY && ways[i].secret.len ? "  (secrets kept sealed)" : "");
    return OK;
}

typedef struct Setting {
    PayWayKind kind;
    PayWay way;
} Setting;

static Status way_apply(Ctx *ctx, void *argument) {
    const Setting *s = argument;
    return pay_way_set(ctx, s->kind, &s->way);
}

static Status run_way(Cli *cli) {
    Setting s = {0};
    if (!pay_way_parse(cli->arguments[0], &s.kind))
        return command_misuse(cli, NULL, "pay_way_unknown");
    s.way.is_on = !command_has(cli, "off");
    static const char *const details[PAY_WAY_COUNT] = {
        [PAY_WAY_UPI] = "vpa", [PAY_WAY_RAZORPAY] = "page"};
    if (details[s.kind]) s.way.detail = command_option(cli, details[s.kind]);
    s.way.payee = command_option(cli, "payee");
    s.way.bank = (BankAccount){.holder = command_option(cli, "holder"),
                               .number = command_option(cli, "account"),
                               .ifsc = command_option(cli, "ifsc"),
                               .bank = command_option(cli, "bank")};
    if (command_has(cli, "key-id")) s.way.key_id = command_option(cli, "key-id");
    if (command_has(cli, "api")) s.way.api_url = command_option(cli, "api");
    if (command_has(cli, "secret-file"))
        TRY(secret_file_read(cli, command_option(cli, "secret-file"), &s.way.secret));
    if (command_has(cli, "key-secret-file"))
        TRY(secret_file_read(cli, command_option(cli, "key-secret-file"), &s.way.key_secret));
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, way_apply, &s));
    command_print("%.*s is %s.\n", TEXT_ARG(pay_way_text(s.kind)), s.way.is_on ? "on" : "off");
    return OK;
}

typedef struct Figures {
    PayLinkFigure list[PAY_LINK_FIGURES_MAX];
    int count;
} Figures;

static Status figures_apply(Ctx *ctx, void *argument) {
    Figures *f = argument;
    return pay_link_figures(ctx, ctx->now_s - CLOCK_DAY_S, f->list, &f->count);
}

static Status run_links(Cli *cli) {
    Figures f;
    TRY(register_open(cli, STORE_READ_ONLY));
    TRY(lane_read(cli->store, &cli->ctx, figures_apply, &f));
    for (int i = 0; i < f.count; i++)
        command_print("%8lld  %-7.*s  %.*s\n", (long long)f.list[i].count,
                      TEXT_ARG(f.list[i].state), TEXT_ARG(f.list[i].last_error));
    if (!f.count) command_print("Nothing.\n");
    return OK;
}

typedef struct Listing {
    Text state;
    int64_t after;
    PaymentIn *list;
    int count;
    int64_t appeals;
} Listing;

static Status list_apply(Ctx *ctx, void *argument) {
    Listing *l = argument;
    TRY(appeal_count_open(ctx, &l->appeals));
    return payment_in_list(ctx, l->state, l->after, LIST_PAGE, &l->list, &l->count);
}

static void print_payment(Cli *cli, const PaymentIn *p) {
    char day[11];
    Arena *arena = cli->ctx.arena;
    clock_iso_day(clock_day(p->at, cli->org.zone_offset_s), day);
    command_print("%6lld  %s  %-8.*s  %10.*s  left %10.*s  %-9.*s %-9.*s %.*s %.*s\n",
                  (long long)p->id, day, TEXT_ARG(p->source),
                  TEXT_ARG(message_rupees(arena, p->amount_paise)),
                  TEXT_ARG(message_rupees(arena, p->left_paise)), TEXT_ARG(p->state),
                  TEXT_ARG(p->problem), TEXT_ARG(p->external_id), TEXT_ARG(p->reason));
}

static Status run_list(Cli *cli) {
    Listing l = {.state = command_option(cli, "state")};
    if (!l.state.len) l.state = T("open");
    TRY(register_open(cli, STORE_READ_ONLY));
    do {
        TRY(lane_read(cli->store, &cli->ctx, list_apply, &l));
        for (int i = 0; i < l.count; i++) print_payment(cli, &l.list[i]);
        if (l.count) l.after = l.list[l.count - 1].id;
    } while (l.count == LIST_PAGE);
    if (!l.after) command_print("Nothing.\n");
    if (l.appeals)
        command_print("appeals that wait: %lld (payment appeals)\n", (long long)l.appeals);
    return OK;
}

typedef struct Deciding {
    int64_t id;
    Text reference, reason;
    PaymentIn payment;
    FeeOrder order;
} Deciding;

static Status settle_apply(Ctx *ctx, void *argument) {
    Deciding *d = argument;
    return payment_in_settle(ctx, d->id, d->reference, d->reason, &d->payment);
}

static Status refund_apply(Ctx *ctx, void *argument) {
    Deciding *d = argument;
    return payment_in_refund(ctx, d->id, d->reason, &d->payment);
}

static Status reject_apply(Ctx *ctx, void *argument) {
    Deciding *d = argument;
    TRY(fee_order_by_reference(ctx, d->reference, &d->order));
    return fee_order_reject(ctx, &d->order, d->reason);
}

static Status restore_apply(Ctx *ctx, void *argument) {
    Deciding *d = argument;
    TRY(fee_order_by_reference(ctx, d->reference, &d->order));
    return fee_order_restore(ctx, &d->order, d->reason);
}

static Status decide(Cli *cli, Apply apply, bool by_payment, Deciding *d) {
    d->reason = command_option(cli, "reason");
    TRY(reason_check(&cli->ctx, &d->reason));
    if (by_payment && !text_to_int(cli->arguments[0], &d->id))
        return fail(&cli->ctx, NOT_FOUND, NULL, "payment_not_found");
    if (!by_payment) d->reference = cli->arguments[0];
    TRY(register_open(cli, STORE_COMMAND));
    return lane_write(cli->store, &cli->ctx, apply, d);
}

static Status run_settle(Cli *cli) {
    Deciding d = {.reference = command_option(cli, "order")};
    TRY(decide(cli, settle_apply, true, &d));
    print_payment(cli, &d.payment);
    return OK;
}

static Status run_refund(Cli *cli) {
    Deciding d = {0};
    TRY(decide(cli, refund_apply, true, &d));
    print_payment(cli, &d.payment);
    return OK;
}

static Status run_reject(Cli *cli) {
    Deciding d = {0};
    TRY(decide(cli, reject_apply, false, &d));
    command_print("The claim is rejected; its people (%d) see the reason. Told by SMS: %d.\n",
                  d.order.people, d.order.told);
    return OK;
}

static Status run_restore(Cli *cli) {
    Deciding d = {0};
    TRY(decide(cli, restore_apply, false, &d));
    command_print("The rejected of this order are provisional again.\n");
    return OK;
}

static Status run_lapse(Cli *cli) {
    int64_t total;
    TRY(register_open(cli, STORE_COMMAND));
    TRY(register_do_due(cli, &member_lapse_due, &total));
    command_print("%lld lapsed; nothing that names them is kept.\n", (long long)total);
    return OK;
}

typedef struct Cash {
    Text target;
    int64_t paise;
    FeeOrder order;
} Cash;

static Status cash_apply(Ctx *ctx, void *argument) {
    Cash *c = argument;
    return payment_cash_take(ctx, c->target, c->paise, TEXT_NONE, &c->order);
}

static Status run_cash(Cli *cli) {
    Cash c = {.target = cli->arguments[0]};
    if (!text_to_paise(command_option(cli, "cash"), &c.paise))
        return command_misuse(cli, "cash", "fee_form");
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, cash_apply, &c));
    command_print("Order %.*s is paid in cash.\n",
                  TEXT_ARG(fee_order_reference(&cli->ctx, c.order.id)));
    return OK;
}

static const Option way_options[] = {
    {"off", NULL, false, "closes this way"},
    {"vpa", "NAME@BANK", false, "upi: the organisation's own address"},
    {"payee", "NAME", false, "upi: the name that the payer's app shows"},
    {"holder", "NAME", false, "bank: the account's holder"},
    {"account", "NUMBER", false, "bank: the account's number"},
    {"ifsc", "CODE", false, "bank: its IFSC"},
    {"bank", "NAME", false, "bank: bank and branch, as people say them"},
    {"page", "URL", false, "razorpay: its payment page for the fee"},
    {"secret-file", "FILE", false, "razorpay: the webhook's secret; - is standard input"},
    {"key-id", "ID", false, "razorpay: of its API, so that each order gets a payment link"},
    {"key-secret-file", "FILE", false, "razorpay: the secret of that key"},
    {"api", "URL", false, "razorpay: another server of its API; for tests"},
    {NULL, NULL, false, NULL},
};
static const Option list_options[] = {
    {"state", "open|kept|returning|settled|refunded|seen", false,
     "open when left out: what is to be decided; seen: on the account, in no statement yet"},
    {NULL, NULL, false, NULL},
};
static const Option settle_options[] = {
    {"order", "REFERENCE", true, "for which payment number it was"},
    {"reason", "TEXT", true, "how that is known"},
    {NULL, NULL, false, NULL},
};
static const Option reason_options[] = {
    {"reason", "TEXT", true, "why; no personal data"},
    {NULL, NULL, false, NULL},
};

static const Option cash_options[] = {
    {"cash", "11.00", true, "what was taken: the whole fee"},
    {NULL, NULL, false, NULL},
};

const Command payment_commands[] = {
    {"payment ways", "", 0, NULL, run_ways, "how people may pay", NULL, false},
    {"payment way", "WAY", 1, way_options, run_way, "open or close a way: upi, bank, razorpay…",
     "WAY is demo, razorpay, upi, bank or cash. The webhook of a gateway is POST /hook/razorpay.",
     false},
    {"payment links", "", 0, NULL, run_links,
     "what happened to the payment links wanted in the last 24 hours", NULL, false},
    {"payment list", "", 0, list_options, run_list,
     "money that is too little, paid twice, too much or from an unknown payer", NULL, false},
    {"payment cash", "NUMBER", 1, cash_options, run_cash,
     "take the open fee of a member, or of a payment number, in cash",
     "NUMBER is the member's, or a payment number. Where no other fee is open it is that\n"
     "of the renewal, once its time has come. Each person gets a receipt.", false},
    {"payment settle", "ID", 1, settle_options, run_settle,
     "record a payment for a payment number", NULL, false},
    {"payment refund", "ID", 1, reason_options, run_refund,
     "record that the rest of a payment was returned",
     "Return the money first: this program moves none.", false},
    {"payment reject", "REFERENCE", 1, reason_options, run_reject,
     "the payment they told us of never came: refuse it, with the reason", NULL, false},
    {"payment restore", "REFERENCE", 1, reason_options, run_restore,
     "grant their request: the cards are provisional again", NULL, false},
    {"payment lapse", "", 0, NULL, run_lapse,
     "delete people who applied or were refused 30 days ago, with nothing since", NULL, false},
    {.words = NULL},
};
