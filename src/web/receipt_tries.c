/* One place for both faces of checking. */
#include "web/receipt_tries.h"

Status receipt_tries_left(Request *rq, const ReceiptCheck *read) {
    if (read->issued.state != RECEIPT_UNKNOWN) return OK; /* nothing is looked up */
    if (!read->code.tag[0]) return request_tries_left(rq, "number");
    return request_tries_left_at(rq, "check", read->issued.number);
}

Status receipt_tries_count(Request *rq, const ReceiptCheck *found) {
    bool asked = found->issued.state != RECEIPT_NOT_ONE &&
                 found->issued.state != RECEIPT_OTHER_ORGANISATION;
    if (asked && !found->code.tag[0]) {
        request_count(rq, "number");
        return OK;
    }
    if (found->issued.state != RECEIPT_UNKNOWN) return OK;
    return request_wrong_try_at(rq, "check", found->issued.number);
}
