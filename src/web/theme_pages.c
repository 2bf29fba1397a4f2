/* /theme.css: the organisation's colour, made fit to be read on light and dark. The style sheet
 * itself is the same for all; a style attribute would break the Content-Security-Policy. */
#include "render/card_colour.h"
#include "web/app.h"
#include "web/route.h"

enum { PALE_LIGHT = 0xffffff, PALE_DARK = 0x1c1d29, STEPS = 40 };

#define READABLE 4.5
#define READABLE_IN_DARK 6.0

static uint32_t mix(uint32_t a, uint32_t b, double share_b) {
    uint32_t out = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        double from = (a >> shift) & 0xff, to = (b >> shift) & 0xff;
        out |= (uint32_t)(from + (to - from) * share_b + 0.5) << shift;
    }
    return out;
}

/* The colour, taken towards black or white until it can be read on the background. */
static uint32_t fit(uint32_t colour, uint32_t background, uint32_t towards, double least) {
    uint32_t out = colour;
    for (int i = 0; i <= STEPS && card_colour_contrast(out, background) < least; i++)
        out = mix(colour, towards, (double)i / STEPS);
    return out;
}

/* The same hue at full brightness, so that it does not turn grey on its way to white. */
static uint32_t brighten(uint32_t colour) {
    uint32_t most = 1, out = 0;
    for (int shift = 0; shift <= 16; shift += 8)
        if (((colour >> shift) & 0xff) > most) most = (colour >> shift) & 0xff;
    for (int shift = 0; shift <= 16; shift += 8)
        out |= ((colour >> shift) & 0xff) * 255 / most << shift;
    return out;
}

static uint32_t accent_of(Text accent) {
    uint8_t rgb[3];
    if (accent.len != 7 || !text_unhex(text_slice(accent, 1, 6), rgb, 3)) return 0x34357a;
    return (uint32_t)rgb[0] << 16 | (uint32_t)rgb[1] << 8 | rgb[2];
}

static Text colours(Arena *arena, uint32_t accent, uint32_t pale) {
    return arena_printf(arena, ":root{--accent:#%06x;--on-accent:#%06x;--accent-pale:#%06x}",
                        accent, card_colour_on(accent), pale);
}

static Status theme_css(Request *rq) {
    Arena *arena = rq->ctx.arena;
    uint32_t accent = accent_of(rq->app->org->accent);
    uint32_t pale = mix(PALE_LIGHT, accent, 0.1), pale_dark = mix(PALE_DARK, accent, 0.28);
    Text light = colours(arena, fit(accent, pale, 0x000000, READABLE), pale);
    uint32_t bright = fit(brighten(accent), pale_dark, 0xffffff, READABLE_IN_DARK);
    Text dark = colours(arena, bright, pale_dark);
    /* the card's band looks as on paper in the dark too */
    Text css = arena_printf(arena,
                            ":root{--brand:#%06x;--on-brand:#%06x}%.*s"
                            "@media(prefers-color-scheme:dark){%.*s}",
                            accent, card_colour_on(accent), TEXT_ARG(light), TEXT_ARG(dark));
    request_answer_bytes(rq, "text/css; charset=utf-8", css, NULL);
    return OK;
}

extern const Route theme_routes[];
const Route theme_routes[] = {
    {.method = "GET",
     .path = "/theme.css",
     .kind = ROUTE_STATIC,
     .face = FACE_FILE,
     .render = theme_css,
     .cache_s = 3600,
     .summary = "The organisation's colours for the style sheet"},
    {0},
};
