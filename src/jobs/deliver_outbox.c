/* Messages are taken under a lease in one transaction, sent outside of any, acknowledged each in
 * another: nothing waits for a gateway but this thread. Neither phones nor words are logged. */
#include "jobs/deliver_outbox.h"

#include "base/clock.h"
#include "base/log.h"
#include "domain/outbox.h"
#include "outbound/sms_gateway.h"

enum { SLOT_BYTES = 1 << 20, TAKE_BYTES = 1 << 20, SLOTS = OUTBOX_TAKE_MAX };
_Static_assert((int)SLOTS <= (int)HTTP_CALL_PARALLEL_MAX, "slots");
_Static_assert(OUTBOX_LEASE_S * 1000 > GATEWAY_TIMEOUT_MS_MAX, "lease");

typedef struct Slot {
    Ctx ctx; /* on an arena of its own */
    HttpCall call;
    int64_t id, tries, day;
    Text success_text;
    bool busy;
} Slot;

typedef struct Delivery {
    JobRun *run;
    Ctx ctx; /* of the taking */
    OutboxBatch batch;
    int given; /* of batch.messages */
    Slot slots[SLOTS];
    Status status; /* of the store */
} Delivery;

static void refresh(Delivery *d, Ctx *ctx) {
    ctx_forget_errors(ctx);
    ctx->now_s = clock_now_s();
    ctx->org = d->run->ctx.org;
}

static Status due_apply(Ctx *ctx, void *due) { return outbox_due(ctx, due); }
static Status take_apply(Ctx *ctx, void *batch) { return outbox_take(ctx, batch); }
static Status done_apply(Ctx *ctx, void *id) { return outbox_done(ctx, *(int64_t *)id); }
static Status retry_apply(Ctx *ctx, void *failure) { return outbox_retry(ctx, failure); }

static void wipe(Text text) {
    if (text.len) secret_wipe((void *)(uintptr_t)text.ptr, text.len);
}

static void forget_batch(Delivery *d) {
    wipe(d->batch.gateway.secret);
    d->batch.gateway = (Gateway){.kind = GATEWAY_NONE}; /* nothing of it is wiped once more */
    for (int i = 0; i < d->batch.count; i++) {
        wipe(d->batch.messages[i].phone);
        wipe(d->batch.messages[i].text);
    }
    d->batch.count = d->given = 0;
    arena_clear(d->ctx.arena);
}

static void free_slot(Slot *slot) {
    wipe(slot->call.body);
    wipe(text_of(slot->call.url));
    for (int i = 0; i < slot->call.header_count; i++)
        if (strstr(slot->call.headers[i], "Content-Type: ") != slot->call.headers[i])
            wipe(text_of(slot->call.headers[i]));
    slot->call = (HttpCall){0};
    slot->busy = false;
    arena_clear(slot->ctx.arena);
}

/* A store that fails here leaves the lease: sent or not, the message comes again. */
static void record(Delivery *d, Ctx *ctx, Status status) {
    if (status == OK) return;
    d->status = status;
    log_error("outbox-not-recorded", "%s %s", ctx->error_count ? ctx->errors[0].message : "?",
              ctx->detail);
}

static void record_done(Delivery *d, Slot *slot) {
    refresh(d, &slot->ctx);
    record(d, &slot->ctx, lane_write(d->run->store, &slot->ctx, done_apply, &slot->id));
    log_debug("sms-sent", "outbox %lld, try %lld", (long long)slot->id, (long long)slot->tries);
}

static void record_failure(Delivery *d, Slot *slot, Text reason, bool free_of_cost) {
    OutboxFailure failure = {.id = slot->id, .tries = slot->tries, .reason = reason,
                             .free = free_of_cost, .day = slot->day, .jitter = random_below(1000)};
    refresh(d, &slot->ctx);
    log_warn("sms-not-sent", "outbox %lld, try %lld: %.*s", (long long)slot->id,
             (long long)slot->tries, TEXT_ARG(reason));
    record(d, &slot->ctx, lane_write(d->run->store, &slot->ctx, retry_apply, &failure));
}

static bool take_more(Delivery *d) {
    forget_batch(d);
    d->batch.wanted = 0;
    for (int i = 0; i < SLOTS; i++) d->batch.wanted += !d->slots[i].busy;
    if (atomic_load(d->run->stopping) || d->status != OK || !d->batch.wanted) return false;
    bool due = false;
    refresh(d, &d->ctx);
    d->status = lane_read(d->run->store, &d->ctx, due_apply, &due);
    if (d->status == OK && due)
        d->status = lane_write(d->run->store, &d->ctx, take_apply, &d->batch);
    if (d->status != OK) d->batch.count = 0;
    return d->batch.count > 0;
}

static SmsGateway request_of(const Gateway *g) {
    return (SmsGateway){.url = g->url, .method = g->method, .headers = g->headers, .body = g->body,
                        .secret = g->secret, .entity_id = g->entity_id, .header = g->header,
                        .success_text = g->success_text, .timeout_ms = (int)g->timeout_ms};
}

/* Gets the message ready to be called; false when that ended it already. */
static bool begin(Delivery *d, Slot *slot, const OutboxMessage *m) {
    const Gateway *g = &d->batch.gateway;
    slot->id = m->id;
    slot->tries = m->tries;
    slot->day = d->batch.day;
    if (g->kind == GATEWAY_LOG) {
        log_info("sms-pretended", "outbox %lld, %.*s", (long long)m->id, TEXT_ARG(m->purpose));
        record_done(d, slot);
        free_slot(slot);
        return false;
    }
    SmsGateway request = request_of(g);
    SmsMessage message = {.phone = m->phone, .text = m->text, .template_id = m->template_id};
    if (!sms_gateway_fill(slot->ctx.arena, &request, &message, &slot->call)) {
        record_failure(d, slot, T("does not fit the gateway's request"), true);
        free_slot(slot);
        return false;
    }
    slot->success_text = arena_copy(slot->ctx.arena, g->success_text);
    slot->call.owner = slot;
    slot->busy = true;
    return true;
}

static HttpCall *next_call(void *argument) {
    Delivery *d = argument;
    for (;;) {
        if (d->given == d->batch.count && !take_more(d)) return NULL;
        Slot *slot = d->slots;
        while (slot->busy) slot++; /* as many are free as were taken */
        if (begin(d, slot, &d->batch.messages[d->given++])) return &slot->call;
    }
}

static void call_done(void *argument, HttpCall *call) {
    Delivery *d = argument;
    Slot *slot = call->owner;
    Text reason;
    SmsVerdict verdict =
        sms_gateway_judge(slot->ctx.arena, slot->success_text, call, &reason);
    if (verdict == SMS_SENT)
        record_done(d, slot);
    else
        record_failure(d, slot, reason, verdict == SMS_NOT_SENT);
    free_slot(slot);
}

static Status deliver(JobRun *run, int64_t only) {
    Delivery *d = ARENA_NEW(run->ctx.arena, Delivery);
    d->run = run;
    d->batch.only = only;
    ctx_init(&d->ctx, arena_new(TAKE_BYTES));
    for (int i = 0; i < SLOTS; i++) ctx_init(&d->slots[i].ctx, arena_new(SLOT_BYTES));
    HttpCalls calls = {.parallel = SLOTS, .next = next_call, .done = call_done, .argument = d};
    http_call_run(run->http, &calls);
    forget_batch(d);
    for (int i = 0; i < SLOTS; i++) arena_delete(d->slots[i].ctx.arena);
    Status status = d->status;
    if (status != OK && d->ctx.error_count)
        status = fail_io(&run->ctx, d->ctx.errors[0].message, "%s", d->ctx.detail);
    arena_delete(d->ctx.arena);
    return status;
}

Status deliver_outbox(JobRun *run) {
    bool due;
    TRY(lane_read(run->store, &run->ctx, due_apply, &due));
    return due ? deliver(run, 0) : OK;
}

Status deliver_outbox_one(JobRun *run, int64_t id) { return deliver(run, id); }
