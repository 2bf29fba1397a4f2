/* One place for both faces of checking. */
#include "web/check_asked.h"

static Status tries_left(Request *rq, const Check *read) {
    switch (read->kind) {
    case CHECK_BY_TAG: return request_tries_left_at(rq, "check", read->number);
    case CHECK_BY_NUMBER: return request_tries_left(rq, "number");
    case CHECK_BY_SIGNATURE: break; /* nobody guesses a signature */
    }
    return OK;
}

Status check_asked_prepare(Request *rq) {
    request_private(rq);
    CheckAsked *asked = rq->state = ARENA_NEW(rq->ctx.arena, CheckAsked);
    TRY(check_read(&rq->ctx, request_text(rq, "code"), &asked->read));
    return tries_left(rq, &asked->read);
}

Status check_asked_apply(Request *rq) {
    CheckAsked *asked = rq->state;
    return check_look(&rq->ctx, &asked->read, &asked->result);
}

Status check_asked_count(Request *rq) {
    const Check *result = &((const CheckAsked *)rq->state)->result;
    if (result->verdict == CHECK_WRONG_TAG)
        return request_wrong_try_at(rq, "check", result->number);
    if (result->verdict == CHECK_UNKNOWN && result->kind == CHECK_BY_NUMBER)
        return request_wrong_try(rq, "number");
    return OK;
}
