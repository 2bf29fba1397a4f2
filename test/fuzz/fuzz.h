/* What every fuzz target exports. A target keeps properties by assert: a wrong answer is a crash
 * too. libFuzzer drives it (-Dfuzz=true, clang), or fuzz_corpus.c over kept inputs. */
#ifndef FUZZ_H
#define FUZZ_H

#include <assert.h>

#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A key file for targets that need keys: no secret, and always the same, so that kept inputs stay
 * meaningful. */
#define FUZZ_KEYS                                                                                  \
    "sangathan-keys 1\n"                                                                           \
    "root 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"                      \
    "sign 9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60 0\n"

#endif
