/* The floor of the signed code: libsodium's Ed25519 over as many bytes, detached, nothing else.
 *
 * usage: floor_sign LENGTH SECONDS */
#include <sodium.h>

#include "people.h"

int main(int argc, char **argv) {
    static unsigned char message[4096];
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
    unsigned char signature[crypto_sign_BYTES];
    if (argc != 3 || sodium_init() < 0) return 2;
    size_t len = strtoull(argv[1], NULL, 10);
    if (!len || len > sizeof message) return 2;
    (void)crypto_sign_keypair(public_key, secret);
    randombytes_buf(message, len);
    int64_t began_ns = people_now_ns(), now_ns = began_ns, count = 0;
    int64_t until_ns = began_ns + (int64_t)(strtod(argv[2], NULL) * 1e9);
    for (; now_ns < until_ns; now_ns = people_now_ns(), count++) {
        message[0]++;
        (void)crypto_sign_detached(signature, NULL, message, len, secret);
    }
    (void)printf("{\"count\":%lld,\"per_second\":%.1f}\n", (long long)count,
                 (double)count * 1e9 / (double)(now_ns - began_ns));
    return 0;
}
