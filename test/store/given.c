/* The gate and what queues behind it. */
#include "given.h"

#include <semaphore.h>

typedef struct Gate {
    sem_t entered, open;
} Gate;

static sem_t finished;
static int done_count;

static void wait_for(sem_t *semaphore) {
    while (sem_wait(semaphore) != 0) continue;
}

static Status wait_at_gate(Ctx *ctx, void *argument) {
    (void)ctx;
    Gate *gate = argument;
    (void)sem_post(&gate->entered);
    wait_for(&gate->open);
    return OK;
}

static void note_done(Work *work) {
    ((Given *)work)->done_at = done_count++;
    (void)sem_post(&finished);
}

static Status counted(Ctx *ctx, void *argument) {
    Given *given = argument;
    given->runs++;
    if (ctx->error_count || ctx->detail[0]) given->dirty = true;
    return given->apply(ctx, &given->row);
}

static void submit(Store *store, Given *given, Apply apply, void *argument) {
    given->arena = arena_new(1 << 20);
    ctx_init(&given->ctx, given->arena);
    given->work = (Work){.ctx = &given->ctx, .apply = apply, .argument = argument,
                         .done = note_done};
    lane_submit(store, &given->work);
}

static void begin(void) {
    assert_int_equal(sem_init(&finished, 0, 0), 0);
    done_count = 0;
}

static void submit_all(Store *store, Given *works, int count) {
    for (int i = 0; i < count; i++) submit(store, &works[i], counted, &works[i]);
}

static void await_answers(int count) {
    for (int i = 0; i < count; i++) wait_for(&finished);
}

void given_run(Store *store, Given *works, int count) {
    Gate gate;
    Given first = {0};
    begin();
    done_count = -1; /* the gate's own */
    assert_int_equal(sem_init(&gate.entered, 0, 0) | sem_init(&gate.open, 0, 0), 0);
    submit(store, &first, wait_at_gate, &gate);
    wait_for(&gate.entered);
    submit_all(store, works, count);
    (void)sem_post(&gate.open);
    await_answers(count + 1);
    given_free(&first, 1);
}

void given_run_at_once(Store *store, Given *works, int count) {
    begin();
    submit_all(store, works, count);
    await_answers(count);
}

void given_expect(const Given *works, int count, const char *letters) {
    for (int i = 0; i < count; i++) {
        Status status = works[i].work.status;
        char letter = status == OK         ? 'o'
                      : status == CONFLICT ? 'c'
                      : status == BUSY     ? 'b'
                      : status == IO       ? 'i'
                                           : '?';
        if (letter != letters[i]) print_error("work %d: %s\n", i, works[i].ctx.detail);
        assert_int_equal(letter, letters[i]);
        assert_false(works[i].dirty);
        assert_int_equal(works[i].ctx.error_count, status == OK ? 0 : 1);
    }
}

void given_free(Given *works, int count) {
    for (int i = 0; i < count; i++) arena_delete(works[i].arena);
}
