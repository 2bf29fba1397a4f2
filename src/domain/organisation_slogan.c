/* Two columns of the organisation's row. */
#include "domain/organisation_slogan.h"

#include "domain/audit.h"
#include "domain/normal.h"
#include "store/query.h"

Status organisation_slogan_read(Ctx *ctx, OrganisationSlogan *ret) {
    bool found;
    *ret = (OrganisationSlogan){T(""), T("")};
    Query *q = query_begin(ctx, Q_ORGANISATION_SLOGAN_READ);
    query_int(q, "org", ctx->org->id);
    TRY(query_row(q, &found));
    if (found) *ret = (OrganisationSlogan){query_column_text(q, 0), query_column_text(q, 1)};
    return query_done(q);
}

static void check(Ctx *ctx, const char *field, Text slogan) {
    if (normal_is_line(slogan) && text_codepoints(slogan) <= ORGANISATION_SLOGAN_LETTERS_MAX)
        return;
    (void)fail(ctx, INVALID, field, "slogan_form");
    fail_arg_int(ctx, "most", ORGANISATION_SLOGAN_LETTERS_MAX);
}

Status organisation_slogan_set(Ctx *ctx, const OrganisationSlogan *slogan) {
    check(ctx, "en", slogan->en);
    check(ctx, "hi", slogan->hi);
    if (ctx->error_count) return INVALID;
    Query *q = query_begin(ctx, Q_ORGANISATION_SLOGAN_SET);
    query_int(q, "org", ctx->org->id);
    query_text(q, "en", slogan->en);
    query_text(q, "hi", slogan->hi);
    TRY(query_run(q));
    return audit_add(ctx, "organisation.slogan", T("organisation"), T(""));
}

Text organisation_slogan_text(const OrganisationSlogan *slogan, Lang lang) {
    Text here = lang == LANG_HI ? slogan->hi : slogan->en;
    return here.len ? here : lang == LANG_HI ? slogan->en : slogan->hi;
}
