/* From synthetic people to enrolments and what became of them. */
#include "domain/demo_load.h"
#include "domain/membership_kind.h"

enum { SCRATCH_BYTES = 64 << 20 };

static void release(void *arena) { arena_delete(arena); }

Status demo_load_begin(Ctx *ctx, uint64_t seed, int64_t members, DemoLoad *ret) {
    if (!ctx->org->demo) return fail(ctx, DENIED, NULL, "demo_only");
    if (members < 1 || members > DEMO_MEMBERS_MAX) {
        (void)fail(ctx, INVALID, "members", "demo_members");
        fail_arg_int(ctx, "max", DEMO_MEMBERS_MAX);
        return INVALID;
    }
    memset(ret, 0, sizeof *ret);
    ret->total = members;
    ret->seed = seed;
    ret->demo = demo_open(ctx, seed, members, ctx->org->preset);
    ret->scratch = arena_new(SCRATCH_BYTES);
    arena_defer(ctx->arena, release, ret->scratch);
    return OK;
}

static Enrolment enrolment_of(const Ctx *ctx, const DemoPerson *person) {
    return (Enrolment){.name = person->name,
                       .name_alt = person->name_alt,
                       .phone = person->phone,
                       .phone_of = person->phone_of,
                       .phone_proof = person->phone_proved ? T("code") : T(""),
                       .unit_code = person->unit_code,
                       .settlement = person->settlement,
                       .gender = person->gender,
                       .birth_year = person->birth_year,
                       .notice = ctx->org->notice_version,
                       .consent_at = person->joined_at,
                       .fee_method = person->fate == DEMO_PROVISIONAL ? FEE_NONE
                                     : person->paid_cash              ? FEE_CASH
                                                                      : FEE_DEMO,
                       .how = T("demo"),
                       .joined_at = person->joined_at};
}

static Status prepare_chunk(Ctx *ctx, DemoLoad *load) {
    for (int i = 0; i < load->chunk_count; i++) {
        int64_t index = load->done + i;
        demo_person(load->demo, ctx->arena, index, &load->people[i]);
        Enrolment *e = &load->enrolments[i];
        *e = enrolment_of(ctx, &load->people[i]);
        /* An ended member's phone is free again, so only its key tells that it was there. */
        if (!e->phone.len || load->people[i].fate == DEMO_ENDED) {
            e->idempotency_key = arena_printf(ctx->arena, "demo-%llx-%lld",
                                              (unsigned long long)load->seed, (long long)index);
            e->body = e->idempotency_key;
        }
        TRY(member_prepare(ctx, e));
    }
    return OK;
}

Status demo_load_prepare(Ctx *ctx, DemoLoad *load) {
    int64_t left = load->total - load->done;
    load->chunk_count = left < DEMO_LOAD_CHUNK ? (int)left : DEMO_LOAD_CHUNK;
    arena_clear(load->scratch);
    ctx_forget_errors(ctx);
    Arena *arena = ctx->arena;
    ctx->arena = load->scratch;
    Status status = prepare_chunk(ctx, load);
    ctx->arena = arena;
    return status;
}

static Status meet_fate(Ctx *ctx, const DemoPerson *person, int64_t serial) {
    if (person->fate != DEMO_SUSPENDED && person->fate != DEMO_ENDED) return OK;
    Member member;
    TRY(member_by_serial(ctx, serial, &member));
    int64_t now_s = ctx->now_s;
    ctx->now_s = person->fate_at;
    Status status =
        member_change_state(ctx, &member,
                            person->fate == DEMO_ENDED ? MEMBER_ENDED : MEMBER_SUSPENDED,
                            T("demo"));
    ctx->now_s = now_s;
    return status;
}

static Status enrol_one(Ctx *ctx, DemoLoad *load, int at, int64_t fee_paise) {
    Enrolment e = load->enrolments[at];
    e.fee_paise = e.fee_method == FEE_NONE ? 0 : fee_paise;
    Enrolled enrolled;
    Status status = member_enrol(ctx, &e, &enrolled);
    /* Refused before anything was written: this person is there. */
    if (status == CONFLICT) {
        ctx_forget_errors(ctx);
        load->chunk_present++;
        return OK;
    }
    if (status != OK) return status;
    if (enrolled.replayed) {
        load->chunk_present++;
        return OK;
    }
    return meet_fate(ctx, &load->people[at], enrolled.serial);
}

static Status enrol_chunk(Ctx *ctx, DemoLoad *load) {
    MembershipKind kind;
    TRY(membership_kind_read(ctx, T("ordinary"), &kind));
    load->chunk_present = 0;
    for (int i = 0; i < load->chunk_count; i++) TRY(enrol_one(ctx, load, i, kind.fee_paise));
    return OK;
}

Status demo_load_apply(Ctx *ctx, void *argument) {
    DemoLoad *load = argument;
    Arena *arena = ctx->arena;
    ctx->arena = load->scratch;
    Status status = enrol_chunk(ctx, load);
    ctx->arena = arena;
    return status;
}

void demo_load_committed(DemoLoad *load) {
    load->done += load->chunk_count;
    load->present += load->chunk_present;
    load->chunk_count = load->chunk_present = 0;
}
