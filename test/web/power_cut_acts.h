/* What people and gateways do with money while the power may go: the load of power_cut_money_test.
 * Each act says by its flags what was acknowledged. */
#ifndef TEST_WEB_POWER_CUT_ACTS_H
#define TEST_WEB_POWER_CUT_ACTS_H

#include "web_test.h"

#include <pthread.h>

#include "../domain/treasury_test.h"

enum {
    GATEWAYS = 6,
    BANKS = 4,
    COLLECTORS = 4,
    OFFICES = 4,
    FAMILIES = 2,
    FIRST_OFFICE = GATEWAYS + BANKS + COLLECTORS,
    WORKERS = FIRST_OFFICE + OFFICES + FAMILIES,
    FAMILY = 3,
    REGISTER_ROUNDS = 8,
    ROUND_ACTS = 8,
    ACTS_MAX = REGISTER_ROUNDS * ROUND_ACTS,
    SHORT_PAISE = 1000,
    HANDED_IN_PAISE = 600,
    PAID_OUT_PAISE = 900,
    CHARGES_PAISE = 7,
    ANSWER_BYTES = 4096,
};

/* What one act did and was told to be done. */
typedef struct Act {
    int64_t serial, order;
    int64_t paise[2];     /* of the payments it sent, 0: not sent */
    bool told[2];         /* each was acknowledged */
    int counted[2];       /* how often the gateway heard that it was new */
    int64_t family[FAMILY], together; /* an order for all of them */
    bool ordered, claimed, enrolled, handed_in, given_back, returned;
    bool renewing, took, rejected, restored, paid_out, charged, shared, gathered;
} Act;

typedef struct Worker {
    Register *r;
    const Site *site;
    pthread_t thread;
    Arena *arena;
    Ctx ctx;
    int index, fd, first, count; /* first: of this round */
    Act acts[ACTS_MAX];
    Act *act;
    const char *wrong;
} Worker;

/* Of the gateway's events. */
extern const char power_cut_secret[];

bool power_cut_is_gateway(const Worker *w);
bool power_cut_is_bank(const Worker *w);
bool power_cut_is_collector(const Worker *w);
/* The act's number among the worker's, from 0. */
int power_cut_nth(const Worker *w);

/* From now on the power goes at the cut_at-th operation after told_first acknowledgements; 0: at
 * once. */
void power_cut_plan(int told_first, int64_t cut_at);
/* How many acknowledgements are missing until then; below 1: none. */
int power_cut_told_left(void);
/* The worker's act, of its kind; false when the power is gone. */
bool power_cut_act(Worker *w);
/* One event of the gateway about the act's payment, over HTTP; the status, 0 when no answer came.
 * named: with the order's reference. */
int power_cut_sends_event(Worker *w, int which, bool named, bool *ret_counted);

#endif
