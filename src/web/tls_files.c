/* PEM files are handed to the library as texts in memory. */
#include "web/tls_files.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "crypto/keyring.h"

enum { PEM_BYTES_MAX = 256 << 10 };

static Status read_file(Ctx *ctx, const char *path, const char **ret, size_t *ret_len) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return fail_io(ctx, "tls_files", "errno %d", errno);
    char *text = arena_alloc(ctx->arena, PEM_BYTES_MAX + 1);
    size_t len = 0;
    ssize_t got = 0;
    while (len < PEM_BYTES_MAX && (got = read(fd, text + len, PEM_BYTES_MAX - len)) > 0)
        len += (size_t)got;
    close(fd);
    if (got < 0 || len == PEM_BYTES_MAX) return fail_io(ctx, "tls_files", "not readable as PEM");
    *ret = text;
    *ret_len = len;
    return OK;
}

Status tls_files_read(Ctx *ctx, const char *cert_path, const char *key_path, TlsFiles *ret) {
    TlsFiles files = {0};
    size_t cert_len;
    if (!cert_path != !key_path) return fail(ctx, INVALID, NULL, "tls_files");
    if (cert_path) {
        TRY(read_file(ctx, cert_path, &files.cert, &cert_len));
        TRY(read_file(ctx, key_path, &files.key, &files.key_len));
    }
    *ret = files;
    return OK;
}

void tls_files_wipe(TlsFiles *files) {
    if (files->key) secret_wipe((void *)(uintptr_t)files->key, files->key_len);
}
