/* What the pages of account statements share: the file read again for each of them, in memory of
 * its own (a request's is small), on a worker. */
#ifndef WEB_STATEMENT_ROOM_H
#define WEB_STATEMENT_ROOM_H

#include "domain/statement_import.h"
#include "web/request.h"

enum { STATEMENT_ROOM_MAX = 50 /* imports shown */, STATEMENT_MISSING_MAX = 50 };

typedef struct StatementRoom {
    StatementImport import;
    StatementImport list[STATEMENT_ROOM_MAX];
    int count;
    Statement file; /* of an import that has one, once read */
    StatementColumns columns;
    bool remembered; /* columns are those of another file with this heading */
    PaymentStatement s;
    PaymentIn missing[STATEMENT_MISSING_MAX]; /* seen before, and not in it */
    int missing_count;
} StatementRoom;

/* Makes rq->state a room. */
Status statement_room_prepare(Request *rq);
/* Reads import "id" of the path; with its file where there is one, and the columns as confirmed,
 * remembered or guessed. For work_room_within, in apply. */
MUST_USE Status statement_room_load(Request *rq);
/* Why it failed and what to do, in the reader's language. */
Text statement_room_trouble(Request *rq, const StatementImport *import);
/* "/desk/statements/12" and what follows. */
Text statement_room_path(Request *rq, int64_t id, const char *rest);

#define STATEMENT_ID_PARAM                                                                         \
    {                                                                                              \
        .name = "id", .place = PARAM_PATH, .type = PARAM_INT, .required = true, .min = 1,          \
        .max = INT64_MAX, .message = "statement_import_unknown", .help = "Of the import"           \
    }

#endif
