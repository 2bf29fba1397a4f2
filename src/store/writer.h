/* The one thread that writes. */
#ifndef STORE_WRITER_H
#define STORE_WRITER_H

#include "store/store.h"

MUST_USE Status writer_start(Store *store, Ctx *ctx);
/* Ends when all that was queued is done. */
void writer_stop(Store *store);

#endif
