/* unit list, tree, show, import. */
#include "cli/register.h"
#include "domain/tally.h"
#include "render/messages.h"

enum { UNIT_LIST_PAGE = 200 };

typedef struct Listing {
    Text code;
    Unit parent;
    UnitCursor after;
    Unit units[UNIT_LIST_PAGE];
    int count;
} Listing;

static Status find_apply(Ctx *ctx, void *argument) {
    Listing *l = argument;
    if (l->code.len) return unit_by_code(ctx, l->code, &l->parent);
    return unit_by_id(ctx, ctx->org->root_unit_id, &l->parent);
}

static Status page_apply(Ctx *ctx, void *argument) {
    Listing *l = argument;
    return unit_children(ctx, l->parent.id, l->after, UNIT_LIST_PAGE, l->units, &l->count);
}

static void print_unit(Cli *cli, const Unit *unit, int indent) {
    (void)cli;
    command_print("%*s%-16.*s %-9.*s %.*s", indent, "", TEXT_ARG(unit->code), TEXT_ARG(unit->kind),
                  TEXT_ARG(unit->name_en));
    if (unit->name_hi.len) command_print("  %.*s", TEXT_ARG(unit->name_hi));
    command_print("\n");
}

static Status run_list(Cli *cli) {
    TRY(register_open(cli, STORE_COMMAND));
    Listing *l = ARENA_NEW(cli->ctx.arena, Listing);
    l->code = command_option(cli, "parent");
    TRY(lane_read(cli->store, &cli->ctx, find_apply, l));
    int64_t total = 0;
    do {
        TRY(lane_read(cli->store, &cli->ctx, page_apply, l));
        for (int i = 0; i < l->count; i++) print_unit(cli, &l->units[i], 0);
        total += l->count;
        if (l->count)
            l->after = (UnitCursor){l->units[l->count - 1].name_en, l->units[l->count - 1].id};
    } while (l->count == UNIT_LIST_PAGE);
    command_print("%lld unit%s in %.*s\n", (long long)total, total == 1 ? "" : "s",
                  TEXT_ARG(l->parent.code));
    return OK;
}

typedef struct Tree {
    Cli *cli;
    Text code;
    int64_t depth;
} Tree;

static Status tree_apply(Ctx *ctx, void *argument) {
    Tree *t = argument;
    Unit top, unit;
    if (t->code.len)
        TRY(unit_by_code(ctx, t->code, &top));
    else
        TRY(unit_by_id(ctx, ctx->org->root_unit_id, &top));
    UnitWalk walk = unit_walk(&top);
    bool more = true;
    for (;;) {
        TRY(unit_walk_next(ctx, &walk, &unit, &more));
        if (!more) return OK;
        if (walk.depth <= t->depth) print_unit(t->cli, &unit, 2 * walk.depth);
    }
}

static Status run_tree(Cli *cli) {
    Tree t = {.cli = cli, .code = command_option(cli, "unit")};
    TRY(command_int(cli, "depth", LIMIT_UNIT_DEPTH, 0, LIMIT_UNIT_DEPTH, &t.depth));
    TRY(register_open(cli, STORE_COMMAND));
    return lane_read(cli->store, &cli->ctx, tree_apply, &t);
}

typedef struct Showing {
    Text code;
    Unit unit, parent;
    bool has_parent;
    Tally tally;
} Showing;

static Status show_apply(Ctx *ctx, void *argument) {
    Showing *s = argument;
    TRY(unit_by_code(ctx, s->code, &s->unit));
    s->has_parent = s->unit.parent_id != 0;
    if (s->has_parent) TRY(unit_by_id(ctx, s->unit.parent_id, &s->parent));
    return tally_read(ctx, s->unit.id, &s->tally);
}

static Status run_show(Cli *cli) {
    Showing s = {.code = cli->arguments[0]};
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_read(cli->store, &cli->ctx, show_apply, &s));
    command_print("code      %.*s\nkind      %.*s\nname      %.*s  %.*s\n", TEXT_ARG(s.unit.code),
                  TEXT_ARG(s.unit.kind), TEXT_ARG(s.unit.name_en), TEXT_ARG(s.unit.name_hi));
    if (s.has_parent)
        command_print("in        %.*s  %.*s\n", TEXT_ARG(s.parent.code),
                      TEXT_ARG(s.parent.name_en));
    if (s.unit.reference.len) command_print("reference %.*s\n", TEXT_ARG(s.unit.reference));
    command_print("members   %.*s\n", TEXT_ARG(message_number(cli->ctx.arena, s.tally.members)));
    return OK;
}

static const Option list_options[] = {
    {"parent", "CODE", false, "the unit whose units are listed; the root when left out"},
    {NULL, NULL, false, NULL},
};
static const Option tree_options[] = {
    {"unit", "CODE", false, "where to begin; the root when left out"},
    {"depth", "N", false, "how many levels below it"},
    {NULL, NULL, false, NULL},
};

const Command unit_commands[] = {
    {"unit list", "", 0, list_options, run_list, "the units directly in a unit", NULL, false},
    {"unit tree", "", 0, tree_options, run_tree, "a unit and all below it", NULL, false},
    {"unit show", "CODE", 1, NULL, run_show, "one unit with its strength", NULL, false},
    {.words = NULL},
};
