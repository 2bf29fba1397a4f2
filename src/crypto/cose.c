/* Signed messages that others' software can verify. One algorithm, so that none can be chosen by
 * whoever sends one. */
#include "crypto/cose.h"

#include <sodium.h>

#include "crypto/cbor.h"

enum { HEADER_ALGORITHM = 1, HEADER_KEY_ID = 4, HEADER_TYPE = 16, ALGORITHM_EDDSA = -8 };
enum { TAG_SIGN1 = 18, AROUND_BYTES = 256 }; /* more than heads, header and signature take */

Text cose_header(Arena *arena, const SigningKey *key, Text type) {
    Buffer b = buffer_in(arena, type.len + AROUND_BYTES);
    cbor_put_map(&b, type.len ? 3 : 2);
    cbor_put_int(&b, HEADER_ALGORITHM);
    cbor_put_int(&b, ALGORITHM_EDDSA);
    cbor_put_int(&b, HEADER_KEY_ID);
    cbor_put_bytes(&b, text_bytes(key->id, KEY_ID_BYTES));
    if (type.len) {
        cbor_put_int(&b, HEADER_TYPE);
        cbor_put_text(&b, type);
    }
    return buffer_text(&b);
}

Text cose_signed_bytes(Arena *arena, Text header, Text payload) {
    Buffer b = buffer_in(arena, header.len + payload.len + AROUND_BYTES);
    cbor_put_array(&b, 4);
    cbor_put_text(&b, T("Signature1"));
    cbor_put_bytes(&b, header);
    cbor_put_bytes(&b, T(""));
    cbor_put_bytes(&b, payload);
    return b.overflowed ? TEXT_NONE : buffer_text(&b);
}

Text cose_make(Arena *arena, const SigningKey *key, Text type, Text payload) {
    uint8_t signature[crypto_sign_BYTES];
    Text header = cose_header(arena, key, type);
    Text covered = cose_signed_bytes(arena, header, payload);
    if (!covered.len) return TEXT_NONE;
    (void)crypto_sign_detached(signature, NULL, (const uint8_t *)covered.ptr, covered.len,
                               key->secret);
    Buffer b = buffer_in(arena, header.len + payload.len + AROUND_BYTES);
    cbor_put_tag(&b, TAG_SIGN1);
    cbor_put_array(&b, 4);
    cbor_put_bytes(&b, header);
    cbor_put_map(&b, 0);
    cbor_put_bytes(&b, payload);
    cbor_put_bytes(&b, text_bytes(signature, sizeof signature));
    return b.overflowed ? TEXT_NONE : buffer_text(&b);
}

static bool read_header(CoseSign1 *message) {
    Cbor c = cbor_of(message->header);
    CborMap map = cbor_read_map(&c);
    CborKey key;
    int64_t algorithm = 0;
    while (cbor_map_next(&c, &map, &key)) {
        if (key.is_text) return false;
        if (key.number == HEADER_ALGORITHM)
            algorithm = cbor_read_int(&c);
        else if (key.number == HEADER_KEY_ID)
            message->key_id = cbor_read_bytes(&c);
        else if (key.number == HEADER_TYPE)
            message->type = cbor_read_text(&c);
        else
            return false;
    }
    return cbor_done(&c) && algorithm == ALGORITHM_EDDSA && message->key_id.len == KEY_ID_BYTES;
}

bool cose_read(Text bytes, CoseSign1 *ret) {
    CoseSign1 message = {.type = TEXT_NONE};
    Cbor c = cbor_of(bytes);
    cbor_expect_tag(&c, TAG_SIGN1);
    cbor_expect_array(&c, 4);
    message.header = cbor_read_bytes(&c);
    if (cbor_read_map(&c).left) return false; /* unprotected: nothing may hide there */
    message.payload = cbor_read_bytes(&c);
    message.signature = cbor_read_bytes(&c);
    if (!cbor_done(&c) || message.signature.len != crypto_sign_BYTES || !read_header(&message))
        return false;
    *ret = message;
    return true;
}

bool cose_verify(Arena *arena, const CoseSign1 *message, const uint8_t public_key[32]) {
    Text covered = cose_signed_bytes(arena, message->header, message->payload);
    return covered.len &&
           crypto_sign_verify_detached((const uint8_t *)message->signature.ptr,
                                       (const uint8_t *)covered.ptr, covered.len,
                                       public_key) == 0;
}
