/* Walks over containers only as far as their lengths are sound; never fails: a picture without
 * a readable orientation is taken as it is. */
#include "media/photo_exif.h"

#include "media/photo_reduce.h"

enum { UPRIGHT = 1, TAG_ORIENTATION = 0x0112, TYPE_SHORT = 3, ENTRY_BYTES = 12 };

static uint32_t number(Text t, size_t at, size_t size, bool big_endian) {
    uint32_t value = 0;
    for (size_t i = 0; i < size; i++) {
        size_t from = big_endian ? at + i : at + size - 1 - i;
        value = value << 8 | (uint8_t)t.ptr[from];
    }
    return value;
}

/* Bytes of t from start, none when start is beyond its end. */
static Text from(Text t, size_t start) { return text_slice(t, start, t.len); }

static int tiff_orientation(Text tiff) {
    if (tiff.len < 8) return UPRIGHT;
    bool big = text_starts_with(tiff, T("MM"));
    if (!big && !text_starts_with(tiff, T("II"))) return UPRIGHT;
    if (number(tiff, 2, 2, big) != 42) return UPRIGHT;
    Text entries = from(tiff, number(tiff, 4, 4, big));
    if (entries.len < 2) return UPRIGHT;
    size_t count = number(entries, 0, 2, big);
    entries = from(entries, 2);
    for (; count > 0 && entries.len >= ENTRY_BYTES; count--, entries = from(entries, ENTRY_BYTES)) {
        if (number(entries, 0, 2, big) != TAG_ORIENTATION) continue;
        uint32_t value = number(entries, 8, 2, big);
        bool sound = number(entries, 2, 2, big) == TYPE_SHORT && number(entries, 4, 4, big) == 1 &&
                     value >= 1 && value <= 8;
        return sound ? (int)value : UPRIGHT;
    }
    return UPRIGHT;
}

static int exif_orientation(Text exif) {
    const Text head = T("Exif\0\0");
    return tiff_orientation(text_starts_with(exif, head) ? from(exif, head.len) : exif);
}

int photo_exif_of_jpeg(Text file) {
    enum { APP1 = 0xE1, SOS = 0xDA, EOI = 0xD9, FILL = 0xFF };
    Text rest = from(file, 2);
    while (rest.len >= 4 && (uint8_t)rest.ptr[0] == 0xFF) {
        uint8_t marker = (uint8_t)rest.ptr[1];
        if (marker == FILL) {
            rest = from(rest, 1);
            continue;
        }
        if (marker == SOS || marker == EOI) break;
        size_t size = number(rest, 2, 2, true);
        if (size < 2 || size > rest.len - 2) break;
        Text segment = text_slice(rest, 4, size - 2);
        if (marker == APP1 && text_starts_with(segment, T("Exif\0\0")))
            return exif_orientation(segment);
        rest = from(rest, size + 2);
    }
    return UPRIGHT;
}

/* The content of the first chunk of this name; NULL pointer when there is none. */
static Text png_chunk(Text file, Text name) {
    enum { SIGNATURE_BYTES = 8, FRAME_BYTES = 12 };
    Text rest = from(file, SIGNATURE_BYTES);
    while (rest.len >= FRAME_BYTES) {
        size_t size = number(rest, 0, 4, true);
        if (size > rest.len - FRAME_BYTES) break;
        if (text_eq(text_slice(rest, 4, 4), name)) return text_slice(rest, 8, size);
        rest = from(rest, size + FRAME_BYTES);
    }
    return TEXT_NONE;
}

int photo_exif_of_png(Text file) { return exif_orientation(png_chunk(file, T("eXIf"))); }

bool photo_exif_png_is_animated(Text file) { return png_chunk(file, T("acTL")).ptr != NULL; }

int photo_exif_of_webp(Text file) {
    enum { HEAD_BYTES = 12, FRAME_BYTES = 8 };
    Text rest = from(file, HEAD_BYTES);
    while (rest.len >= FRAME_BYTES) {
        size_t size = number(rest, 4, 4, false);
        if (size > rest.len - FRAME_BYTES) break;
        if (text_starts_with(rest, T("EXIF")))
            return exif_orientation(text_slice(rest, FRAME_BYTES, size));
        rest = from(rest, FRAME_BYTES + size + (size & 1));
    }
    return UPRIGHT;
}

void photo_exif_turn(Photo *photo, int orientation) {
    if (orientation <= UPRIGHT || orientation > 8) return;
    /* as stored, the upright picture's rows run from: right, below, or are columns */
    bool mirrored_x = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    bool mirrored_y = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    bool columns = orientation >= 5;
    size_t width = (size_t)photo->width, height = (size_t)photo->height;
    size_t new_width = columns ? height : width, new_height = columns ? width : height;
    uint8_t *turned = photo_reduce_memory(new_width * 3, new_height), *to = turned;
    for (size_t y = 0; y < new_height; y++)
        for (size_t x = 0; x < new_width; x++, to += 3) {
            size_t old_x = columns ? y : x, old_y = columns ? x : y;
            if (mirrored_x) old_x = width - 1 - old_x;
            if (mirrored_y) old_y = height - 1 - old_y;
            memcpy(to, photo->rgb + (old_y * width + old_x) * 3, 3);
        }
    free(photo->rgb);
    *photo = (Photo){(int)new_width, (int)new_height, turned};
}
