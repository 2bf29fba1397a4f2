/* The form that asks for the code sent to a phone (templates/code_form.html): the same wherever a
 * code is asked for. */
#ifndef WEB_CODE_FORM_H
#define WEB_CODE_FORM_H

#include "web/request.h"

typedef struct CodeForm {
    Text action, again;        /* where the code goes; where another one is asked for */
    const char *hint, *button; /* keys of messages */
    Text demo_code;            /* shown in a demo register alone */
} CodeForm;
void code_form_fill(Request *rq, const CodeForm *form);

#endif
