/* What tools/templates.py makes of templates/: for template.c only. */
#ifndef RENDER_TEMPLATE_OPS_H
#define RENDER_TEMPLATE_OPS_H

#include "base/text.h"

enum { TEMPLATE_NAME_PARTS = 3 };

typedef enum TemplateOpKind {
    TEMPLATE_LITERAL,  /* bytes as they are */
    TEMPLATE_VALUE,    /* name, escaped */
    TEMPLATE_HTML,     /* name, as it is */
    TEMPLATE_SECTION,  /* name; jump: op behind its end */
    TEMPLATE_INVERTED, /* the same */
    TEMPLATE_CLOSE,    /* end of a section or template */
    TEMPLATE_PARTIAL,  /* jump: index into templates */
    TEMPLATE_MESSAGE,  /* jump: id of the message; args */
} TemplateOpKind;

/* "member.name" as its parts, ended by an empty one or the array's end; "." is one part. */
typedef struct TemplateName {
    Text part[TEMPLATE_NAME_PARTS];
} TemplateName;

typedef struct TemplateArg {
    Text placeholder; /* {count} of the message */
    TemplateName name;
} TemplateArg;

typedef struct TemplateOp {
    TemplateOpKind kind;
    int jump;
    Text literal;
    TemplateName name;
    const TemplateArg *args;
    int arg_count;
} TemplateOp;

typedef struct Template {
    Text name;
    const TemplateOp *ops;
} Template;

/* Sorted by name. */
extern const Template templates[];
extern const int template_count;

#endif
