/* One request, command or job: its memory, its error, who acts, in which language, when, and
 * through which transaction. Passed first to nearly everything above base. */
#ifndef BASE_CTX_H
#define BASE_CTX_H

#include "base/arena.h"
#include "base/status.h"

typedef enum Lang { LANG_HI, LANG_EN, LANG_COUNT } Lang;

enum { ERROR_MAX = 12, ERROR_ARG_MAX = 3 };

typedef struct ErrorArg {
    const char *name; /* as {name} in the message */
    Text value;
} ErrorArg;

typedef struct Error {
    Status status;
    const char *field;   /* name of the parameter it is about, or NULL */
    const char *message; /* key of a message in po/, e.g. "pin_digits" */
    ErrorArg args[ERROR_ARG_MAX];
    int arg_count;
    bool asks; /* no fault: a question that comes up only by what was answered */
} Error;

typedef enum ActorKind {
    ACTOR_NOBODY,   /* an anonymous reader */
    ACTOR_OPERATOR, /* the terminal */
    ACTOR_TOKEN,    /* an API token: id is the token's */
    ACTOR_MEMBER,   /* a member on own behalf: id is the serial */
} ActorKind;

/* Capabilities an actor may hold; a route names one, the domain checks scope besides. */
typedef enum Capability {
    CAN_NOTHING = 0, /* public */
    CAN_ENROL = 1 << 0,
    CAN_READ_MEMBER = 1 << 1,
    CAN_ADMINISTER = 1 << 2,
} Capability;

typedef struct Actor {
    ActorKind kind;
    int64_t id;
    int64_t unit_id; /* top of the subtree in which it may act; 0: none */
    unsigned can;    /* Capability bits */
} Actor;

typedef struct Ctx {
    Arena *arena;
    Lang lang;
    int64_t now_s; /* fixed for the whole of the request */
    Actor actor;
    const struct Organisation *org; /* whose request this is; NULL before it is known */
    struct Tx *tx;                  /* set by the lane while apply runs; NULL otherwise */
    Error errors[ERROR_MAX];        /* the first is the main one */
    int error_count;
    unsigned wakes;   /* set in apply: jobs to wake after the commit (lane_on_wake) */
    char detail[200]; /* private: for the log, never for the reader */
} Ctx;

/* A ctx on the arena: nobody, Hindi, now, no organisation. */
void ctx_init(Ctx *ctx, Arena *arena);

/* Records an error and returns its status, so that one writes return fail(…). Several may be
 * recorded (one a field). field and message are string constants. */
Status fail(Ctx *ctx, Status status, const char *field, const char *message);
/* Adds an argument to the newest error: fail(…); fail_arg(ctx, "max", T("6")); value is copied. */
void fail_arg(Ctx *ctx, const char *name, Text value);
void fail_arg_int(Ctx *ctx, const char *name, int64_t value);
void fail_arg_paise(Ctx *ctx, const char *name, int64_t paise); /* "11.00" */
/* Private detail for the log: no personal data. Returns status for return fail_io(…). */
Status fail_io(Ctx *ctx, const char *message, const char *detail_format, ...) PRINTF_LIKE(3, 4);
void ctx_forget_errors(Ctx *ctx);

#endif
