/* The strict CBOR reader, as one item of any kind and as maps that are walked. */
#include "crypto/cbor.h"
#include "fuzz.h"

/* Every map in which this reader walks has its keys in strict order. */
static bool walk(Text bytes) {
    Cbor c = cbor_of(bytes);
    CborMap map = cbor_read_map(&c);
    CborKey key, last = {.is_text = false};
    bool any = false;
    while (cbor_map_next(&c, &map, &key)) {
        if (any && !key.is_text && !last.is_text && key.number >= 0 && last.number >= 0)
            assert(key.number > last.number);
        last = key;
        any = true;
        cbor_skip(&c);
    }
    return cbor_done(&c) && map.left == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Text bytes = text_bytes(data, size);
    Cbor c = cbor_of(bytes);
    cbor_skip(&c);
    bool whole = cbor_done(&c);
    assert(c.at == c.end || !c.failed);
    if (walk(bytes)) assert(whole || size > 0);
    if (whole && data[0] >> 5 == 5) assert(walk(bytes)); /* a good map walks to its end */
    c = cbor_of(bytes);
    int64_t value = cbor_read_int(&c);
    if (cbor_done(&c)) { /* one way only to write it */
        Buffer b = buffer_heap(16);
        cbor_put_int(&b, value);
        assert(text_eq(buffer_text(&b), bytes));
        buffer_free(&b);
    }
    return 0;
}
