/* What a fallible function answers. One word for each thing that an edge must tell apart;
 * web/problem.c maps them to HTTP, cli/commands.c to exit codes. */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

typedef enum Status {
    OK,        /* done */
    INVALID,   /* what was given is wrong; a message and mostly a field say what to do */
    DENIED,    /* known, but not allowed */
    NOT_FOUND, /* no such thing, or none that this actor may know of */
    CONFLICT,  /* contradicts what the register holds */
    LIMIT,     /* too much or too often: later, or less */
    BUSY,      /* not now; trying again is right */
    IO,        /* disk, database or network failed; nothing was done */
} Status;

/* Returns from the calling function when expr is not OK. */
#define TRY(expr)                                                                                  \
    do {                                                                                           \
        Status try_status_ = (expr);                                                               \
        if (try_status_ != OK) return try_status_;                                                 \
    } while (0)

#endif
