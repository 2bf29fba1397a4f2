/* Who did what, and who looked: appended only, without personal data. */
#ifndef DOMAIN_AUDIT_H
#define DOMAIN_AUDIT_H

#include "base/ctx.h"

/* "token:7", "member:12", "operator", "nobody": of the ctx's actor, in its arena. */
Text audit_actor(Ctx *ctx);
/* action: "member.enrol"; subject: "member:12". A write. */
MUST_USE Status audit_add(Ctx *ctx, const char *action, Text subject, Text detail);
/* A list of the actor's unit and all below it was looked at. A write. */
MUST_USE Status audit_look_at_unit(Ctx *ctx, const char *action);

#endif
