/* The errors of a request. */
#include "base/ctx.h"

#include <stdarg.h>

#include "base/clock.h"

void ctx_init(Ctx *ctx, Arena *arena) {
    *ctx = (Ctx){.arena = arena, .lang = LANG_HI, .now_s = clock_now_s()};
}

Status fail(Ctx *ctx, Status status, const char *field, const char *message) {
    if (ctx->error_count < ERROR_MAX)
        ctx->errors[ctx->error_count++] =
            (Error){.status = status, .field = field, .message = message};
    return status;
}

void fail_arg(Ctx *ctx, const char *name, Text value) {
    if (!ctx->error_count) return;
    Error *error = &ctx->errors[ctx->error_count - 1];
    if (error->arg_count < ERROR_ARG_MAX)
        error->args[error->arg_count++] = (ErrorArg){name, arena_copy(ctx->arena, value)};
}

void fail_arg_int(Ctx *ctx, const char *name, int64_t value) {
    fail_arg(ctx, name, arena_printf(ctx->arena, "%lld", (long long)value));
}

void fail_arg_paise(Ctx *ctx, const char *name, int64_t paise) {
    fail_arg(ctx, name, arena_rupees(ctx->arena, paise));
}

Status fail_io(Ctx *ctx, const char *message, const char *detail_format, ...) {
    va_list args;
    va_start(args, detail_format);
    (void)vsnprintf(ctx->detail, sizeof ctx->detail, detail_format, args);
    va_end(args);
    return fail(ctx, IO, NULL, message);
}

void ctx_forget_errors(Ctx *ctx) {
    ctx->error_count = 0;
    ctx->detail[0] = 0;
}
