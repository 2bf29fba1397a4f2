/* enrol; member show, end, list. */
#include "base/clock.h"
#include "base/limits.h"
#include "cli/register.h"
#include "domain/audit.h"
#include "domain/card.h"
#include "domain/member_guardian.h"
#include "domain/member_phone.h"
#include "domain/member_wish.h"
#include "domain/phone.h"
#include "domain/place.h"
#include "domain/reason.h"
#include "render/messages.h"

enum { MEMBER_LIST_PAGE = 200 };

typedef struct Enrolling {
    Enrolment enrolment;
    Enrolled enrolled;
    Card card;
    PlaceChoices places; /* where the PIN code is of several units */
} Enrolling;

static Status enrol_apply(Ctx *ctx, void *argument) {
    Enrolling *e = argument;
    Status status = member_enrol(ctx, &e->enrolment, &e->enrolled);
    bool spans = status == INVALID && strcmp(ctx->errors[0].message, "pin_spans") == 0;
    e->places.count = 0;
    if (spans) TRY(place_by_pin(ctx, e->enrolment.pin, &e->places));
    TRY(status);
    if (e->enrolled.state == MEMBER_APPLIED) return OK;
    return card_load(ctx, e->enrolled.serial, false, &e->card);
}

static Status read_enrolment(Cli *cli, Enrolment *e) {
    *e = (Enrolment){
        .name = command_option(cli, "name"),
        .name_alt = command_option(cli, "name-alt"),
        .phone = command_option(cli, "phone"),
        .phone_of = command_option(cli, "phone-of"),
        .unit_code = command_option(cli, "unit"),
        .settlement = command_option(cli, "settlement"),
        .gender = command_option(cli, "gender"),
        .kind = command_option(cli, "kind"),
        .country = command_option(cli, "country"),
        .town = command_option(cli, "town"),
        .of_age = command_option(cli, "of-age"),
        .guardian_name = command_option(cli, "guardian-name"),
        .guardian_phone = command_option(cli, "guardian-phone"),
        .messages = command_has(cli, "messages"),
        .notice = cli->org.notice_version,
        .consent_at = cli->ctx.now_s,
        .fee_method = FEE_NONE,
        .enrolled_by = command_option(cli, "enrolled-by"),
        .how = T("operator"),
    };
    TRY(command_int(cli, "birth-year", 0, 1900, 2200, &e->birth_year));
    if (command_has(cli, "pin") &&
        place_parse_pin(&cli->ctx, command_option(cli, "pin"), &e->pin) != OK)
        cli->misused = true;
    if (cli->misused) return INVALID;
    if (!command_has(cli, "cash")) return OK;
    e->fee_method = FEE_CASH;
    if (!text_to_paise(command_option(cli, "cash"), &e->fee_paise))
        return command_misuse(cli, "cash", "fee_form");
    return OK;
}

static void offer_places(Cli *cli, const PlaceChoices *places) {
    Ctx *ctx = &cli->ctx;
    cli->more = arena_printf(ctx->arena, "%.*s\n",
                             TEXT_ARG(message(ctx->lang, "enrol_choose_unit")));
    for (int i = 0; i < places->count; i++) {
        const Unit *unit = &places->units[i];
        Text name = unit_name(unit, ctx->lang);
        cli->more = arena_printf(ctx->arena, "%.*s  --unit %.*s  %.*s\n", TEXT_ARG(cli->more),
                                 TEXT_ARG(unit->code), TEXT_ARG(name));
    }
}

static Status run_enrol(Cli *cli) {
    Enrolling *e = ARENA_NEW(cli->ctx.arena, Enrolling);
    if (!command_has(cli, "consent"))
        return command_misuse(cli, "consent", "consent_needed_operator");
    TRY(register_open(cli, STORE_COMMAND));
    TRY(read_enrolment(cli, &e->enrolment));
    TRY(member_prepare(&cli->ctx, &e->enrolment));
    Status status = lane_write(cli->store, &cli->ctx, enrol_apply, e);
    if (e->places.count) offer_places(cli, &e->places);
    TRY(status);
    TRY(card_sign(&cli->ctx, NULL, &e->card));
    command_print("number      %.*s\nstate       %.*s\nunit        %.*s  %.*s\n",
                  TEXT_ARG(e->card.number), TEXT_ARG(member_state_text(e->enrolled.state)),
                  TEXT_ARG(e->enrolled.unit.code), TEXT_ARG(e->enrolled.unit.name_en));
    if (e->enrolled.receipt.len) command_print("receipt     %.*s\n", TEXT_ARG(e->enrolled.receipt));
    command_print("check code  %.*s\ncard        %.*s%.*s\n", TEXT_ARG(e->card.check_code),
                  TEXT_ARG(cli->org.base_url), TEXT_ARG(e->card.page_path));
    return OK;
}

typedef struct Showing {
    Text number;
    Member member;
    Unit unit;
    Guardian guardian;
    MemberWish wish;
} Showing;

static Status show_apply(Ctx *ctx, void *argument) {
    Showing *s = argument;
    TRY(member_look(ctx, s->number, &s->member, &s->unit));
    TRY(member_guardian_read(ctx, &s->member, &s->guardian));
    return member_wish_read(ctx, s->member.serial, &s->wish);
}

static void print_time(Cli *cli, const char *label, int64_t time_s) {
    if (!time_s) return;
    char day[11];
    clock_iso_day(clock_day(time_s, cli->org.zone_offset_s), day);
    command_print("%-11s %s\n", label, day);
}

static Status run_show(Cli *cli) {
    Showing s = {.number = cli->arguments[0]};
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, show_apply, &s));
    const Member *m = &s.member;
    char number[NUMBER_TEXT_MAX];
    Text phone;
    (void)number_text(&m->number, number);
    TRY(member_phone(&cli->ctx, m, &phone));
    command_print("number      %s\nname        %.*s\n", number, TEXT_ARG(m->name));
    if (m->name_alt.len) command_print("            %.*s\n", TEXT_ARG(m->name_alt));
    command_print("state       %.*s\nkind        %.*s\nunit        %.*s  %.*s\n",
                  TEXT_ARG(member_state_text(m->state)), TEXT_ARG(m->kind), TEXT_ARG(s.unit.code),
                  TEXT_ARG(s.unit.name_en));
    command_print("born        %lld\ngender      %.*s\nsettlement  %.*s\n",
                  (long long)m->birth_year, TEXT_ARG(m->gender), TEXT_ARG(m->settlement));
    command_print("phone       %.*s (%.*s, %.*s)\n", TEXT_ARG(phone), TEXT_ARG(m->phone_of),
                  TEXT_ARG(m->phone_proof));
    if (s.guardian.name.len)
        command_print("guardian    %.*s, %.*s (%.*s)\n", TEXT_ARG(s.guardian.name),
                      TEXT_ARG(s.guardian.e164), TEXT_ARG(s.guardian.proof));
    command_print("messages    %s, in %s\n", s.wish.given ? "wished for" : "not wished for",
                  m->lang == LANG_HI ? "Hindi" : "English");
    command_print("fee         %.*s\ncard issue  %lld\n", TEXT_ARG(m->fee_proof),
                  (long long)m->card_issue);
    print_time(cli, "joined", m->joined_at);
    print_time(cli, "confirmed", m->confirmed_at);
    print_time(cli, "expires", m->expires_at);
    print_time(cli, "ended", m->ended_at);
    return OK;
}

typedef struct Changing {
    Text number, reason;
    MemberState to;
    bool reissue;
    Member member;
} Changing;

static Status change_apply(Ctx *ctx, void *argument) {
    Changing *c = argument;
    TRY(member_by_number(ctx, c->number, &c->member));
    if (c->reissue) return member_reissue(ctx, &c->member, c->reason);
    if (c->to == MEMBER_CONFIRMED && c->member.state != MEMBER_SUSPENDED)
        return fail(ctx, CONFLICT, NULL, "member_state_refused"); /* fees confirm, not this verb */
    if (c->to == MEMBER_CONFIRMED && !c->member.confirmed_at)
        c->to = MEMBER_PROVISIONAL; /* what it was before */
    return member_change_state(ctx, &c->member, c->to, c->reason);
}

static Status change(Cli *cli, MemberState to, bool reissue) {
    Changing c = {.number = cli->arguments[0],
                  .reason = command_option(cli, "reason"),
                  .to = to,
                  .reissue = reissue};
    TRY(reason_check(&cli->ctx, &c.reason));
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, change_apply, &c));
    char number[NUMBER_TEXT_MAX];
    (void)number_text(&c.member.number, number);
    command_print("%s is %.*s now; card issue %lld.\n", number,
                  TEXT_ARG(member_state_text(c.member.state)), (long long)c.member.card_issue);
    return OK;
}

typedef struct Moving {
    Text number, reason, phone, phone_of;
    Member member;
} Moving;

static Status phone_apply(Ctx *ctx, void *argument) {
    Moving *m = argument;
    TRY(member_by_number(ctx, m->number, &m->member));
    return member_phone_assign(ctx, &m->member, m->phone, m->phone_of, m->reason);
}

static Status run_phone(Cli *cli) {
    Moving m = {.number = cli->arguments[0], .reason = command_option(cli, "reason"),
                .phone_of = T("self")};
    if (command_has(cli, "of")) m.phone_of = command_option(cli, "of");
    if (!text_eq(m.phone_of, T("self")) && !text_eq(m.phone_of, T("household")))
        return command_misuse(cli, "of", "phone_of_form");
    TRY(phone_parse(&cli->ctx, "to", command_option(cli, "to"), &m.phone));
    TRY(register_open(cli, STORE_COMMAND));
    TRY(lane_write(cli->store, &cli->ctx, phone_apply, &m));
    char number[NUMBER_TEXT_MAX];
    (void)number_text(&m.member.number, number);
    command_print("%s is on %.*s now, unconfirmed until the member signs in with it.\n", number,
                  TEXT_ARG(phone_masked(cli->ctx.arena, m.phone)));
    return OK;
}

static Status run_end(Cli *cli) { return change(cli, MEMBER_ENDED, false); }
static Status run_suspend(Cli *cli) { return change(cli, MEMBER_SUSPENDED, false); }
static Status run_resume(Cli *cli) { return change(cli, MEMBER_CONFIRMED, false); }
static Status run_reissue(Cli *cli) { return change(cli, MEMBER_CONFIRMED, true); }

typedef struct Listing {
    Text unit_code;
    int64_t since;
    Unit unit;
    UnitWalk walk;
    bool more; /* walk gave a unit */
    MemberCursor cursor;
    Member page[MEMBER_LIST_PAGE];
    int count;
    int64_t total;
} Listing;

/* Looking at a list of people is recorded before the first one is shown. */
static Status begin_apply(Ctx *ctx, void *argument) {
    Listing *l = argument;
    Unit top;
    TRY(unit_by_code(ctx, l->unit_code, &top));
    l->walk = unit_walk(&top);
    TRY(audit_add(ctx, "member.list", arena_printf(ctx->arena, "unit:%lld", (long long)top.id),
                  T("")));
    return unit_walk_next(ctx, &l->walk, &l->unit, &l->more);
}

static Status page_apply(Ctx *ctx, void *argument) {
    Listing *l = argument;
    return member_of_unit(ctx, l->unit.id, l->since, &l->cursor, l->page, MEMBER_LIST_PAGE,
                          &l->count);
}

static Status next_unit_apply(Ctx *ctx, void *argument) {
    Listing *l = argument;
    return unit_walk_next(ctx, &l->walk, &l->unit, &l->more);
}

/* RFC 4180: in quotes where needed; a leading sign that a spreadsheet would run is defused. */
static void print_csv_field(Text field, bool last) {
    bool quote = false;
    for (size_t i = 0; i < field.len; i++)
        quote |= field.ptr[i] == ',' || field.ptr[i] == '"' || field.ptr[i] == '\n';
    bool formula = field.len && strchr("=+-@", field.ptr[0]);
    if (quote) command_print("\"");
    if (formula) command_print("'");
    for (size_t i = 0; i < field.len; i++) {
        if (field.ptr[i] == '"') command_print("\"");
        (void)fputc(field.ptr[i], stdout);
    }
    command_print("%s%s", quote ? "\"" : "", last ? "\r\n" : ",");
}

static void print_member(Cli *cli, const Member *m, Text unit_code, bool csv) {
    char number[NUMBER_TEXT_MAX], day[11];
    (void)number_text(&m->number, number);
    clock_iso_day(clock_day(m->joined_at, cli->org.zone_offset_s), day);
    if (!csv) {
        command_print("%s  %-11.*s %s  %-10.*s %.*s\n", number,
                      TEXT_ARG(member_state_text(m->state)), day, TEXT_ARG(unit_code),
                      TEXT_ARG(m->name));
        return;
    }
    print_csv_field(text_of(number), false);
    print_csv_field(m->name, false);
    print_csv_field(m->name_alt, false);
    print_csv_field(member_state_text(m->state), false);
    print_csv_field(unit_code, false);
    print_csv_field(m->gender, false);
    command_print("%lld,", (long long)m->birth_year);
    print_csv_field(m->settlement, false);
    print_csv_field(text_of(day), true);
}

/* All members of the unit at hand, then the next unit. A page's texts live no longer than the page:
 * members may be a crore. */
static Status print_unit_members(Cli *cli, Listing *l, Arena *pages, bool csv) {
    Arena *command = cli->ctx.arena;
    l->cursor = (MemberCursor){0};
    do {
        cli->ctx.arena = pages;
        Status status = lane_read(cli->store, &cli->ctx, page_apply, l);
        cli->ctx.arena = command;
        TRY(status);
        for (int i = 0; i < l->count; i++) print_member(cli, &l->page[i], l->unit.code, csv);
        l->total += l->count;
        arena_clear(pages);
    } while (l->count == MEMBER_LIST_PAGE);
    return lane_read(cli->store, &cli->ctx, next_unit_apply, l);
}

static Status run_list(Cli *cli) {
    Listing *l = ARENA_NEW(cli->ctx.arena, Listing);
    l->unit_code = command_option(cli, "unit");
    bool csv = command_has(cli, "csv");
    int64_t since_day;
    TRY(register_open(cli, STORE_COMMAND));
    if (command_has(cli, "since")) {
        if (!clock_parse_day(command_option(cli, "since"), &since_day))
            return command_misuse(cli, "since", "date_form");
        l->since = since_day * CLOCK_DAY_S - cli->org.zone_offset_s;
    }
    TRY(lane_write(cli->store, &cli->ctx, begin_apply, l));
    if (csv)
        command_print("number,name,name_alt,state,unit,gender,birth_year,settlement,joined\r\n");
    Arena *pages = arena_new(LIMIT_REQUEST_ARENA_BYTES);
    Status status = OK;
    while (status == OK && l->more) status = print_unit_members(cli, l, pages, csv);
    arena_delete(pages);
    TRY(status);
    if (!csv) command_print("%lld membership%s\n", (long long)l->total, l->total == 1 ? "" : "s");
    return OK;
}

static const Option enrol_options[] = {
    {"name", "NAME", true, "as it should be printed, in any script"},
    {"name-alt", "NAME", false, "in the other script"},
    {"phone", "PHONE", false, "ten digits, or with + and the country"},
    {"phone-of", "WHOSE", false, "self or household"},
    {"pin", "PIN", false,
     "PIN code of the post; where it is of several units they are named, for --unit"},
    {"unit", "CODE", false, "unit in which the member is counted"},
    {"settlement", "KIND", false, "rural or urban"},
    {"gender", "LETTER", true, "f, m, x (other) or n (not said)"},
    {"birth-year", "YEAR", true, "year of birth"},
    {"kind", "CODE", false, "kind of membership; ordinary when left out"},
    {"country", "CODE", false, "abroad: ISO 3166 letters of the country, instead of --pin"},
    {"town", "NAME", false, "abroad: the city"},
    {"of-age", "yes|no", false,
     "for a person who turns 18 this year: is 18 or not yet; yes when left out"},
    {"guardian-name", "NAME", false, "who agrees for a person under 18"},
    {"guardian-phone", "PHONE", false, "and the guardian's phone"},
    {"messages", NULL, false, "the person wants news, too"},
    {"cash", "11.00", false, "the fee was taken in cash; provisional without it"},
    {"enrolled-by", "NUMBER", false, "the member who brought this one in"},
    {"consent", NULL, false, "the person has seen the notice and agreed (needed)"},
    {NULL, NULL, false, NULL},
};
static const Option reason_options[] = {
    {"reason", "TEXT", true, "why; kept in the register, shown to nobody outside"},
    {NULL, NULL, false, NULL},
};
static const Option phone_options[] = {
    {"to", "PHONE", true, "the phone that the member has now"},
    {"of", "WHOSE", false, "self or household; self when left out"},
    {"reason", "TEXT", true, "how you know that it is the member who asks; kept in the register"},
    {NULL, NULL, false, NULL},
};
static const Option list_options[] = {
    {"unit", "CODE", true, "the unit, with all below it"},
    {"since", "YYYY-MM-DD", false, "only who joined on that day or later"},
    {"csv", NULL, false, "as CSV"},
    {NULL, NULL, false, NULL},
};

const Command member_commands[] = {
    {"enrol", "", 0, enrol_options, run_enrol, "a new member with a card", NULL, false},
    {"member show", "NUMBER", 1, NULL, run_show, "one member; that you looked is recorded", NULL,
     false},
    {"member end", "NUMBER", 1, reason_options, run_end, "end a membership; the card is void", NULL,
     false},
    {"member suspend", "NUMBER", 1, reason_options, run_suspend, "suspend until it is looked into",
     NULL, false},
    {"member resume", "NUMBER", 1, reason_options, run_resume, "end a suspension", NULL, false},
    {"member reissue", "NUMBER", 1, reason_options, run_reissue,
     "a new card; the old one then says so", NULL, false},
    {"member phone", "NUMBER", 1, phone_options, run_phone,
     "another phone, for a member who lost theirs; the old phone is told", NULL, false},
    {"member list", "", 0, list_options, run_list, "the members of a unit with all below it", NULL,
     false},
    {.words = NULL},
};
