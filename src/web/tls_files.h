/* The certificate and its key, read once at start-up. */
#ifndef WEB_TLS_FILES_H
#define WEB_TLS_FILES_H

#include "base/ctx.h"

typedef struct TlsFiles {
    const char *cert, *key; /* PEM, in the ctx's arena; NULL: plain HTTP */
    size_t key_len;
} TlsFiles;

/* Both names or neither. Fails with tls_files. */
MUST_USE Status tls_files_read(Ctx *ctx, const char *cert_path, const char *key_path,
                               TlsFiles *ret);
/* The library has its copy of the key. */
void tls_files_wipe(TlsFiles *files);

#endif
