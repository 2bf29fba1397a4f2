/* As messages (deliver_outbox.c): taken under a lease in one transaction, asked for outside of any,
 * settled each in another. Neither keys nor addresses of pages are logged. */
#include "jobs/make_pay_links.h"

#include "base/clock.h"
#include "base/log.h"
#include "domain/outgoing_address.h"
#include "domain/pay_link.h"
#include "outbound/payment_link.h"

enum { SLOT_BYTES = 1 << 20, TAKE_BYTES = 1 << 20, SLOTS = PAY_LINK_TAKE_MAX };
_Static_assert((int)SLOTS <= (int)HTTP_CALL_PARALLEL_MAX, "slots");
_Static_assert(PAY_LINK_LEASE_S * 1000 > MAKE_PAY_LINKS_TIMEOUT_MS, "lease");

typedef struct Slot {
    Ctx ctx; /* on an arena of its own */
    HttpCall call;
    PayLinkTask task;
    PaymentLinkRequest request;
    bool busy;
} Slot;

typedef struct Making {
    JobRun *run;
    int timeout_ms;
    Ctx ctx; /* of the taking */
    PayLinkBatch batch;
    int given; /* of batch.tasks */
    Slot slots[SLOTS];
    Status status; /* of the store */
} Making;

static void refresh(Making *m, Ctx *ctx) {
    ctx_forget_errors(ctx);
    ctx->now_s = clock_now_s();
    ctx->org = m->run->ctx.org;
}

static Status due_apply(Ctx *ctx, void *due) { return pay_link_due(ctx, due); }
static Status take_apply(Ctx *ctx, void *batch) { return pay_link_take(ctx, batch); }
static Status settle_apply(Ctx *ctx, void *result) { return pay_link_settle(ctx, result); }

static void wipe(Text text) {
    if (text.len) secret_wipe((void *)(uintptr_t)text.ptr, text.len);
}

static void forget_batch(Making *m) {
    wipe(m->batch.way.key_secret);
    wipe(m->batch.way.secret);
    m->batch.way = (PayWay){0};
    m->batch.count = m->given = 0;
    arena_clear(m->ctx.arena);
}

static bool take_more(Making *m) {
    forget_batch(m);
    m->batch.wanted = 0;
    for (int i = 0; i < SLOTS; i++) m->batch.wanted += !m->slots[i].busy;
    if (atomic_load(m->run->stopping) || m->status != OK || !m->batch.wanted) return false;
    bool due = false;
    refresh(m, &m->ctx);
    m->status = lane_read(m->run->store, &m->ctx, due_apply, &due);
    if (m->status == OK && due)
        m->status = lane_write(m->run->store, &m->ctx, take_apply, &m->batch);
    if (m->status != OK) m->batch.count = 0;
    return m->batch.count > 0;
}

/* The batch is forgotten before the answer comes: what the slot needs is its own. */
static void begin(Making *m, Slot *slot, const PayLinkTask *task) {
    Arena *arena = slot->ctx.arena;
    const PayWay *way = &m->batch.way;
    slot->busy = true;
    slot->task = *task;
    slot->task.name = arena_copy(arena, task->name);
    slot->task.reference = arena_copy(arena, task->reference);
    slot->task.return_url = arena_copy(arena, task->return_url);
    slot->request = (PaymentLinkRequest){
        .api_url = way->api_url.len ? way->api_url : T(PAY_WAY_API),
        .key_id = way->key_id,
        .key_secret = way->key_secret,
        .amount_paise = task->amount_paise,
        .name = slot->task.name,
        .reference = slot->task.reference,
        .description = slot->task.reference,
        .return_url = slot->task.return_url,
        .expires_at = task->expires_at,
        .timeout_ms = m->timeout_ms,
    };
    payment_link_fill(arena, &slot->request, &slot->call);
    slot->request.api_url = slot->request.key_id = slot->request.key_secret = TEXT_NONE;
    slot->call.owner = slot;
}

static HttpCall *next_call(void *argument) {
    Making *m = argument;
    if (m->given == m->batch.count && !take_more(m)) return NULL;
    Slot *slot = m->slots;
    while (slot->busy) slot++; /* as many are free as were taken */
    begin(m, slot, &m->batch.tasks[m->given++]);
    return &slot->call;
}

static PayLinkResult result_of(Slot *slot, HttpCall *call) {
    PaymentLinkAnswer answer;
    PaymentLinkVerdict verdict =
        payment_link_judge(slot->ctx.arena, &slot->request, call, &answer);
    bool made = verdict == PAYMENT_LINK_MADE;
    if (made && !outgoing_address_is_valid(answer.url, PAY_LINK_URL_BYTES)) {
        made = false;
        answer.reason = T("answer does not fit");
    }
    return (PayLinkResult){.task = &slot->task,
                           .made = made,
                           .for_good = verdict == PAYMENT_LINK_REFUSED,
                           .link_id = answer.link_id,
                           .url = answer.url,
                           .reason = answer.reason,
                           .jitter = random_below(1000)};
}

static void call_done(void *argument, HttpCall *call) {
    Making *m = argument;
    Slot *slot = call->owner;
    PayLinkResult result = result_of(slot, call);
    if (!result.made)
        log_warn("pay-link-not-made", "order %lld, try %lld: %.*s",
                 (long long)slot->task.order_id, (long long)slot->task.tries,
                 TEXT_ARG(result.reason));
    refresh(m, &slot->ctx);
    Status status = lane_write(m->run->store, &slot->ctx, settle_apply, &result);
    if (status != OK) {
        m->status = status;
        log_error("pay-link-not-recorded", "%s", slot->ctx.detail);
    }
    wipe(text_of(slot->call.password));
    slot->call = (HttpCall){0};
    slot->busy = false;
    arena_clear(slot->ctx.arena);
}

Status make_pay_links_within(JobRun *run, int timeout_ms) {
    bool due;
    TRY(lane_read(run->store, &run->ctx, due_apply, &due));
    if (!due) return OK;
    Making *m = ARENA_NEW(run->ctx.arena, Making);
    m->run = run;
    m->timeout_ms = timeout_ms;
    ctx_init(&m->ctx, arena_new(TAKE_BYTES));
    for (int i = 0; i < SLOTS; i++) ctx_init(&m->slots[i].ctx, arena_new(SLOT_BYTES));
    HttpCalls calls = {.parallel = SLOTS, .next = next_call, .done = call_done, .argument = m};
    http_call_run(run->http, &calls);
    forget_batch(m);
    for (int i = 0; i < SLOTS; i++) arena_delete(m->slots[i].ctx.arena);
    Status status = m->status;
    if (status != OK && m->ctx.error_count)
        status = fail_io(&run->ctx, m->ctx.errors[0].message, "%s", m->ctx.detail);
    arena_delete(m->ctx.arena);
    return status;
}

Status make_pay_links(JobRun *run) {
    return make_pay_links_within(run, MAKE_PAY_LINKS_TIMEOUT_MS);
}
