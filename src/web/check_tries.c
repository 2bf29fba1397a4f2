/* One place for both faces of checking. */
#include "web/check_tries.h"

Status check_tries_left(Request *rq, const Check *read) {
    switch (read->kind) {
    case CHECK_BY_TAG: return request_tries_left_at(rq, "check", read->number);
    case CHECK_BY_NUMBER: return request_tries_left(rq, "number");
    case CHECK_BY_SIGNATURE: break; /* nobody guesses a signature */
    }
    return OK;
}

Status check_tries_count(Request *rq, const Check *result) {
    if (result->verdict == CHECK_WRONG_TAG)
        return request_wrong_try_at(rq, "check", result->number);
    if (result->verdict == CHECK_UNKNOWN && result->kind == CHECK_BY_NUMBER)
        return request_wrong_try(rq, "number");
    return OK;
}
