/* The key file: damaged ones are refused, and what is read is written the same. */
#include "crypto/keyring.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Keyring ring, again;
    char out[2048], out_again[2048];
    if (!crypto_start()) abort();
    if (!keyring_read(text_bytes(data, size), &ring)) return 0;
    size_t len = keyring_write(&ring, out, sizeof out);
    assert(len && keyring_read((Text){out, len}, &again));
    assert(memcmp(ring.use, again.use, sizeof ring.use) == 0);
    assert(keyring_write(&again, out_again, sizeof out_again) == len);
    assert(memcmp(out, out_again, len) == 0);
    return 0;
}
