/* The list of all jobs. */
#include "jobs/job.h"

#include "base/clock.h"
#include "domain/outbox.h"
#include "domain/pay_link.h"
#include "domain/statement_import.h"
#include "jobs/deliver_outbox.h"
#include "jobs/drop_leftovers.h"
#include "jobs/end_guardians.h"
#include "jobs/expire_terms.h"
#include "jobs/import_statements.h"
#include "jobs/find_oddities.h"
#include "jobs/lapse_applications.h"
#include "jobs/make_pay_links.h"
#include "jobs/remind_renewals.h"
#include "jobs/tidy_outbox.h"

const Job job_table[] = {
    /* each second: tries that failed come due, and verbs of the terminal write beside the server */
    {"deliver_outbox", 1000, OUTBOX_WAKES, deliver_outbox},
    {"make_pay_links", 1000, PAY_LINK_WAKES, make_pay_links},
    {"drop_leftovers", 3600 * 1000, 0, drop_leftovers},
    {"end_guardians", CLOCK_DAY_S * INT64_C(1000), 0, end_guardians},
    {"expire_terms", 3600 * 1000, 0, expire_terms},
    /* each ten seconds: what a server left behind that ended amid it */
    {"import_statements", 10 * 1000, STATEMENT_IMPORT_WAKES, import_statements},
    {"lapse_applications", CLOCK_DAY_S * INT64_C(1000), 0, lapse_applications},
    {"sweep_statements", 900 * 1000, 0, import_statements_sweep},
    {"find_oddities", 60 * 1000, 0, find_oddities},
    {"remind_renewals", 3600 * 1000, 0, remind_renewals},
    {"tidy_outbox", 3600 * 1000, 0, tidy_outbox},
    {.name = NULL},
};
