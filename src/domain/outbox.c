/* The rows of messages to be sent, sealed until they are gone. */
#include "domain/outbox.h"

#include <assert.h>

#include "base/blank.h"
#include "base/buffer.h"
#include "base/clock.h"
#include "base/syllable.h"
#include "crypto/seal.h"
#include "store/query.h"

enum { TIDY_ROWS = 500, URGENCIES = 3 };

static Text row_name(Ctx *ctx, int64_t id) {
    return arena_printf(ctx->arena, "outbox/%lld", (long long)id);
}

static Text part_name(Ctx *ctx, Text row, const char *part) {
    return arena_printf(ctx->arena, "%.*s/%s", TEXT_ARG(row), part);
}

static int urgency_of(Text purpose) {
    const GatewayPurpose *known = gateway_purpose(purpose);
    return known ? known->urgency : URGENCIES - 1;
}

/* An unknown blank stays as it is. */
static Text value_of(Ctx *ctx, const OutboxDraft *draft, Text name) {
    if (text_eq(name, T("organisation"))) return organisation_name(ctx->org, draft->lang);
    for (int i = 0; i < draft->blank_count; i++)
        if (text_eq(name, text_of(draft->blanks[i].name))) return draft->blanks[i].value;
    return arena_printf(ctx->arena, "{%.*s}", TEXT_ARG(name));
}

/* The registered words with their blanks filled; TEXT_NONE when they are too long then. */
static Text fill_words(Ctx *ctx, const OutboxDraft *draft, Text form) {
    Buffer out = buffer_in(ctx->arena, 4 * GATEWAY_TEXT_BYTES);
    Text before, name;
    while (blank_next(&form, &before, &name)) {
        buffer_add(&out, before);
        if (name.len) buffer_add(&out, value_of(ctx, draft, name));
    }
    return out.overflowed ? TEXT_NONE : buffer_text(&out);
}

static int64_t fresh_id(void) {
    uint64_t id;
    random_bytes(&id, sizeof id);
    return (int64_t)(id >> 2) | 1; /* never 0 */
}

static Status insert(Ctx *ctx, const OutboxDraft *draft, const GatewayTemplate *words, int64_t id) {
    MemberKey key;
    uint8_t wrapped[SEAL_WRAPPED_BYTES];
    Text row = row_name(ctx, id);
    OutboxDraft filled = *draft;
    filled.lang = words->lang; /* the organisation's name is in the language of the words */
    Text text = fill_words(ctx, &filled, words->text);
    if (!text.len) return fail(ctx, INVALID, NULL, "gateway_text_form");
    seal_new_key(&ctx->org->keys, row, &key, wrapped);
    Query *q = query_begin(ctx, Q_OUTBOX_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "outbox", id);
    query_text(q, "purpose", text_of(draft->purpose));
    query_int(q, "urgency", urgency_of(text_of(draft->purpose)));
    query_text(q, "template", words->id);
    query_blob(q, "sealed_key", text_bytes(wrapped, sizeof wrapped));
    query_blob(q, "destination",
               seal_value(ctx->arena, &key, part_name(ctx, row, "destination"), draft->phone));
    query_blob(q, "body", seal_value(ctx->arena, &key, part_name(ctx, row, "body"), text));
    secret_wipe(&key, sizeof key);
    query_int(q, "now", ctx->now_s);
    query_int(q, "expires_at", ctx->now_s + draft->life_s);
    return query_run(q);
}

static Status add(Ctx *ctx, const Gateway *gateway, const OutboxDraft *draft, int64_t *ret_id) {
    if (gateway->kind == GATEWAY_NONE) return fail(ctx, DENIED, NULL, "gateway_none");
    const GatewayTemplate *words = gateway_template(gateway, text_of(draft->purpose), draft->lang);
    if (!words) return fail(ctx, NOT_FOUND, NULL, "gateway_text_missing");
    int64_t used;
    TRY(gateway_used(ctx, &used));
    if (used >= gateway->daily_cap) return fail(ctx, LIMIT, NULL, "gateway_cap_reached");
    *ret_id = fresh_id();
    TRY(insert(ctx, draft, words, *ret_id));
    ctx->wakes |= OUTBOX_WAKES;
    return OK;
}

Status outbox_add(Ctx *ctx, const OutboxDraft *draft, int64_t *ret_id) {
    Gateway gateway;
    TRY(gateway_read(ctx, &gateway));
    return add(ctx, &gateway, draft, ret_id);
}

Status outbox_add_if_possible(Ctx *ctx, const OutboxDraft *draft, OutboxAdded *ret) {
    int64_t id;
    int errors = ctx->error_count;
    Status status = outbox_add(ctx, draft, &id);
    if (status == IO || status == BUSY) return status;
    bool no_words = status == NOT_FOUND || status == INVALID;
    *ret = status == OK ? OUTBOX_ADDED : no_words ? OUTBOX_NO_WORDS : OUTBOX_NOT_NOW;
    ctx->error_count = errors; /* it fails before it writes anything */
    return OK;
}

Status outbox_reminders_left(Ctx *ctx, int64_t *ret) {
    Gateway gateway;
    int64_t used, waiting;
    *ret = 0;
    TRY(gateway_read(ctx, &gateway));
    if (gateway.kind == GATEWAY_NONE) return OK;
    int64_t share = gateway.daily_cap / 2;
    TRY(gateway_used(ctx, &used));
    Query *q = query_begin(ctx, Q_OUTBOX_WAITING_REMINDERS);
    query_int(q, "org", ctx->org->id);
    query_int(q, "max", share);
    TRY(query_run_int(q, &waiting));
    if (used + waiting < share) *ret = share - used - waiting;
    return OK;
}

static Status add_code(Ctx *ctx, const Gateway *gateway, OutboxDraft *draft) {
    int64_t id;
    draft->life_s = OUTBOX_CODE_LIFE_S;
    if (gateway->kind == GATEWAY_NONE && ctx->org->demo) return OK;
    return add(ctx, gateway, draft, &id);
}

Status outbox_add_code(Ctx *ctx, Text phone_e164, Lang lang, Text act, Text code) {
    OutboxBlank blanks[] = {{"code", code}, {"act", act}};
    OutboxDraft draft = {.purpose = act.len ? "act" : "code", .phone = phone_e164, .lang = lang,
                         .blanks = blanks, .blank_count = 2};
    Gateway gateway;
    TRY(gateway_read(ctx, &gateway));
    return add_code(ctx, &gateway, &draft);
}

/* At its last whole word, else where a syllable ends. */
static Text within_blank(Text name) {
    size_t end = 0, word = 0, at = 0;
    for (size_t letters = 0; at < name.len; end = at) {
        at = syllable_end(name, at);
        letters += text_codepoints(text_slice(name, end, at - end));
        if (letters > OUTBOX_BLANK_LETTERS) return text_slice(name, 0, word ? word : end);
        if (at < name.len && name.ptr[at] == ' ') word = at;
    }
    return name;
}

Status outbox_add_guardian_code(Ctx *ctx, Text phone_e164, Lang lang, Text member, Text code) {
    OutboxBlank blanks[] = {{"code", code}, {"member", within_blank(member)}};
    OutboxDraft draft = {.purpose = "guardian", .phone = phone_e164, .lang = lang,
                         .blanks = blanks, .blank_count = 2};
    Gateway gateway;
    TRY(gateway_read(ctx, &gateway));
    if (!gateway_template(&gateway, T("guardian"), lang)) draft.purpose = "code";
    return add_code(ctx, &gateway, &draft);
}

Status outbox_due(Ctx *ctx, bool *ret) {
    int64_t count;
    Query *q = query_begin(ctx, Q_OUTBOX_DUE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "now", ctx->now_s);
    TRY(query_run_int(q, &count));
    *ret = count > 0;
    return OK;
}

static Status expire(Ctx *ctx) {
    Query *q = query_begin(ctx, Q_OUTBOX_EXPIRE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "now", ctx->now_s);
    return query_run(q);
}

typedef struct Sealed {
    Text key, destination, body;
} Sealed;

static bool open_message(Ctx *ctx, OutboxMessage *m, const Sealed *sealed) {
    MemberKey key;
    Text row = row_name(ctx, m->id);
    bool good =
        seal_unwrap(&ctx->org->keys, row, sealed->key, &key) &&
        seal_open(ctx->arena, &key, part_name(ctx, row, "destination"), sealed->destination,
                  &m->phone) &&
        seal_open(ctx->arena, &key, part_name(ctx, row, "body"), sealed->body, &m->text);
    secret_wipe(&key, sizeof key);
    return good;
}

static Status end(Ctx *ctx, int64_t id, const char *state, Text reason) {
    Query *q = query_begin(ctx, Q_OUTBOX_END);
    query_int(q, "org", ctx->org->id);
    query_int(q, "outbox", id);
    query_text(q, "state", text_of(state));
    query_int(q, "now", ctx->now_s);
    query_text(q, "last_error", reason);
    return query_run(q);
}

/* One that does not open ends here, as failed, and keeps none of the others. */
static Status keep_whole(Ctx *ctx, OutboxBatch *batch, int first, const Sealed *sealed) {
    int count = first;
    for (int i = first; i < batch->count; i++) {
        OutboxMessage *m = &batch->messages[i];
        if (open_message(ctx, m, &sealed[i]))
            batch->messages[count++] = *m;
        else
            TRY(end(ctx, m->id, "failed", T("damaged")));
    }
    batch->count = count;
    return OK;
}

static Status take_urgency(Ctx *ctx, OutboxBatch *batch, int urgency, int64_t max) {
    Sealed sealed[OUTBOX_TAKE_MAX];
    int first = batch->count;
    Query *q = query_begin(ctx, Q_OUTBOX_TAKE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "urgency", urgency);
    query_int(q, "now", ctx->now_s);
    query_int(q, "lease_ends_at", ctx->now_s + OUTBOX_LEASE_S);
    query_int(q, "only", batch->only);
    query_int(q, "max", max);
    bool found;
    for (;;) {
        TRY(query_row(q, &found));
        if (!found) break;
        sealed[batch->count] = (Sealed){.key = query_column_blob(q, 4),
                                        .destination = query_column_blob(q, 5),
                                        .body = query_column_blob(q, 6)};
        batch->messages[batch->count++] = (OutboxMessage){.id = query_column_int(q, 0),
                                                          .tries = query_column_int(q, 1),
                                                          .purpose = query_column_text(q, 2),
                                                          .template_id = query_column_text(q, 3)};
    }
    TRY(query_done(q));
    return keep_whole(ctx, batch, first, sealed);
}

Status outbox_take(Ctx *ctx, OutboxBatch *batch) {
    assert(batch->wanted > 0 && batch->wanted <= OUTBOX_TAKE_MAX);
    batch->count = 0;
    TRY(expire(ctx));
    TRY(gateway_read(ctx, &batch->gateway));
    if (batch->gateway.kind == GATEWAY_NONE) return OK;
    int64_t used;
    TRY(gateway_used(ctx, &used));
    int64_t left = batch->gateway.daily_cap - used;
    if (left > batch->wanted) left = batch->wanted;
    for (int urgency = 0; urgency < URGENCIES && batch->count < left; urgency++)
        TRY(take_urgency(ctx, batch, urgency, left - batch->count));
    batch->day = organisation_day(ctx);
    return batch->count ? gateway_use(ctx, batch->day, batch->count) : OK;
}

Status outbox_done(Ctx *ctx, int64_t id) { return end(ctx, id, "sent", T("")); }

int64_t outbox_backoff_s(int64_t tries, uint32_t jitter) {
    int64_t wait = OUTBOX_BACKOFF_S;
    for (int64_t i = 1; i < tries && wait < OUTBOX_BACKOFF_MAX_S; i++) wait *= 2;
    if (wait > OUTBOX_BACKOFF_MAX_S) wait = OUTBOX_BACKOFF_MAX_S;
    return wait + wait * (int64_t)jitter / 2000;
}

static Status find(Ctx *ctx, int64_t id, OutboxState *ret, bool *ret_found) {
    *ret = (OutboxState){0};
    Query *q = query_begin(ctx, Q_OUTBOX_READ);
    query_int(q, "org", ctx->org->id);
    query_int(q, "outbox", id);
    TRY(query_row(q, ret_found));
    if (*ret_found)
        *ret = (OutboxState){.state = query_column_text(q, 0),
                             .tries = query_column_int(q, 1),
                             .last_error = query_column_text(q, 2),
                             .expires_at = query_column_int(q, 3),
                             .leased = query_column_int(q, 4) > ctx->now_s};
    return query_done(q);
}

Status outbox_read(Ctx *ctx, int64_t id, OutboxState *ret) {
    bool found;
    TRY(find(ctx, id, ret, &found));
    return found ? OK : fail(ctx, NOT_FOUND, NULL, "outbox_not_found");
}

Status outbox_give_up(Ctx *ctx, int64_t id) {
    OutboxState state;
    TRY(outbox_read(ctx, id, &state));
    return end(ctx, id, "failed", state.last_error);
}

Status outbox_retry(Ctx *ctx, const OutboxFailure *failure) {
    OutboxState state;
    bool found;
    if (failure->free) TRY(gateway_use(ctx, failure->day, -1));
    TRY(find(ctx, failure->id, &state, &found));
    if (!text_eq(state.state, T("waiting")) || state.tries != failure->tries)
        return OK; /* the lease was over and somebody else has it */
    if (failure->tries >= OUTBOX_TRIES) return end(ctx, failure->id, "failed", failure->reason);
    int64_t next = ctx->now_s + outbox_backoff_s(failure->tries, failure->jitter);
    if (next >= state.expires_at) return end(ctx, failure->id, "expired", failure->reason);
    Query *q = query_begin(ctx, Q_OUTBOX_RETRY);
    query_int(q, "org", ctx->org->id);
    query_int(q, "outbox", failure->id);
    query_int(q, "tries", failure->tries);
    query_int(q, "next_try_at", next);
    query_text(q, "last_error", failure->reason);
    return query_run(q);
}

Status outbox_figures(Ctx *ctx, int64_t since, OutboxFigure *ret, int *ret_count) {
    Query *q = query_begin(ctx, Q_OUTBOX_FIGURES);
    query_int(q, "org", ctx->org->id);
    query_int(q, "since", since);
    query_int(q, "max", OUTBOX_FIGURES_MAX);
    bool found;
    for (*ret_count = 0;; ++*ret_count) {
        TRY(query_row(q, &found));
        if (!found) break;
        ret[*ret_count] = (OutboxFigure){.purpose = query_column_text(q, 0),
                                         .state = query_column_text(q, 1),
                                         .last_error = query_column_text(q, 2),
                                         .count = query_column_int(q, 3)};
    }
    return query_done(q);
}

Status outbox_tidy(Ctx *ctx, bool *ret_more) {
    Query *q = query_begin(ctx, Q_OUTBOX_TIDY);
    query_int(q, "org", ctx->org->id);
    query_int(q, "before", ctx->now_s - OUTBOX_KEEP_DAYS * CLOCK_DAY_S);
    query_int(q, "max", TIDY_ROWS);
    TRY(query_run_changed(q, ret_more));
    q = query_begin(ctx, Q_GATEWAY_USE_TIDY);
    query_int(q, "org", ctx->org->id);
    query_int(q, "day", organisation_day(ctx) - OUTBOX_KEEP_DAYS);
    return query_run(q);
}
