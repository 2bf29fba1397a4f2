/* Two small stacks of idle tools under one lock. */
#include "web/card_tools.h"

#include <pthread.h>

#include "render/card_painter.h"

enum { IDLE_MAX = 64 };

typedef struct Stack {
    void *idle[IDLE_MAX];
    int count;
} Stack;

struct CardTools {
    pthread_mutex_t lock;
    Stack makers, painters;
};

static void release(void *resource) {
    CardTools *tools = resource;
    while (tools->makers.count) signed_code_maker_delete(tools->makers.idle[--tools->makers.count]);
    while (tools->painters.count)
        card_painter_delete(tools->painters.idle[--tools->painters.count]);
    (void)pthread_mutex_destroy(&tools->lock);
}

CardTools *card_tools_new(Arena *arena) {
    CardTools *tools = ARENA_NEW(arena, CardTools);
    (void)pthread_mutex_init(&tools->lock, NULL);
    arena_defer(arena, release, tools);
    return tools;
}

static void *take(CardTools *tools, Stack *stack) {
    (void)pthread_mutex_lock(&tools->lock);
    void *tool = stack->count ? stack->idle[--stack->count] : NULL;
    (void)pthread_mutex_unlock(&tools->lock);
    return tool;
}

/* False when there are enough already: the caller then deletes the tool. */
static bool give(CardTools *tools, Stack *stack, void *tool) {
    (void)pthread_mutex_lock(&tools->lock);
    bool kept = stack->count < IDLE_MAX;
    if (kept) stack->idle[stack->count++] = tool;
    (void)pthread_mutex_unlock(&tools->lock);
    return kept;
}

Status card_tools_sign(CardTools *tools, Ctx *ctx, Card *card) {
    SignedCodeMaker *maker = take(tools, &tools->makers);
    if (!maker) maker = signed_code_maker_new();
    Status status = card_sign(ctx, maker, card);
    if (!give(tools, &tools->makers, maker)) signed_code_maker_delete(maker);
    return status;
}

struct CardPainter *card_tools_painter(CardTools *tools) {
    CardPainter *painter = take(tools, &tools->painters);
    return painter ? painter : card_painter_new();
}

void card_tools_return(CardTools *tools, struct CardPainter *painter) {
    if (!give(tools, &tools->painters, painter)) card_painter_delete(painter);
}
