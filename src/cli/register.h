/* Opening the register that --data names, with its organisation and keys. */
#ifndef CLI_REGISTER_H
#define CLI_REGISTER_H

#include "cli/command.h"
#include "domain/due.h"

/* Opens the store, loads the organisation, reads its key file (IO keys_of_another when that was
 * made for another register, though of the same name); sets ctx.org and the actor to the
 * operator. In a demo register SANGATHAN_CLOCK_OFFSET_S turns the clock. Closed by command_main. */
MUST_USE Status register_open(Cli *cli, StoreMode mode);
/* Does what is due, all of it, after register_open: *ret rows. Fails with IO when rows were passed
 * over: standard error has their serials. */
MUST_USE Status register_do_due(Cli *cli, const Due *due, int64_t *ret);
/* For lists of what members wrote: the unit of --unit, or the root; the look is recorded. A
 * write. */
MUST_USE Status register_begin_list(Ctx *ctx, const char *action, Text unit_code,
                                    int64_t *ret_unit);
/* "2026-11-28  " at the beginning of a line. */
void register_print_day(Cli *cli, int64_t at);
/* Name of the key file of an organisation: "GKC.keys" in out. */
void register_key_file(Text code, char out[16]);

#endif
