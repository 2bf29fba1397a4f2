/* See the header. */
#include "card_tools.h"

#include <fcntl.h>
#include <math.h>
#include <png.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zbar.h>

extern char **environ;

static Picture blank(Arena *arena, int width, int height) {
    return (Picture){width, height, arena_alloc(arena, (size_t)width * (size_t)height)};
}

Picture card_tools_png(Arena *arena, Text file) {
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_memory(&image, file.ptr, file.len)) return (Picture){0, 0, NULL};
    image.format = PNG_FORMAT_GRAY;
    Picture picture = blank(arena, (int)image.width, (int)image.height);
    if (!png_image_finish_read(&image, NULL, picture.grey, 0, NULL)) picture.width = 0;
    return picture;
}

Picture card_tools_pgm(Arena *arena, Text file) {
    int64_t parts[3] = {0, 0, 0};
    Text rest = file, word;
    if (!text_starts_with(file, T("P5\n"))) return (Picture){0, 0, NULL};
    rest = text_slice(file, 3, file.len);
    for (int i = 0; i < 3; i++) {
        size_t end = 0;
        while (end < rest.len && rest.ptr[end] != ' ' && rest.ptr[end] != '\n') end++;
        word = text_slice(rest, 0, end);
        if (!text_to_int(word, &parts[i])) return (Picture){0, 0, NULL};
        rest = text_slice(rest, end + 1, rest.len);
    }
    Picture picture = blank(arena, (int)parts[0], (int)parts[1]);
    size_t size = (size_t)parts[0] * (size_t)parts[1];
    if (rest.len < size) return (Picture){0, 0, NULL};
    memcpy(picture.grey, rest.ptr, size);
    return picture;
}

static uint32_t next_random(uint32_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static double grey_at(const Picture *from, double x, double y) {
    if (x < 0 || y < 0 || x >= from->width || y >= from->height) return 255;
    return from->grey[(size_t)y * (size_t)from->width + (size_t)x];
}

Picture card_tools_degraded(Arena *arena, const Picture *from, double from_dpi) {
    enum { SAMPLES = 3, MARGIN = 20 };
    double scale = from_dpi / 200, turn = 3.14159265358979 / 180;
    int width = (int)(from->width / scale) + 2 * MARGIN;
    int height = (int)(from->height / scale) + 2 * MARGIN;
    Picture copy = blank(arena, width, height);
    uint32_t state = 2463534242U;
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            double sum = 0;
            for (int s = 0; s < SAMPLES * SAMPLES; s++) {
                double dx = x - width / 2.0 + (s % SAMPLES + 0.5) / SAMPLES;
                double dy = y - height / 2.0 + (s / SAMPLES + 0.5) / SAMPLES;
                sum += grey_at(from, (dx * cos(turn) - dy * sin(turn)) * scale + from->width / 2.0,
                               (dx * sin(turn) + dy * cos(turn)) * scale + from->height / 2.0);
            }
            double grey = sum / (SAMPLES * SAMPLES) + (double)(next_random(&state) % 61) - 30;
            bool wrong = next_random(&state) % 500 == 0;
            copy.grey[y * width + x] = (grey > 128) != wrong ? 255 : 0;
        }
    }
    return copy;
}

int card_tools_codes(const Picture *picture, Text text, bool *ret_found) {
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_scanner_set_config(scanner, 0, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_t *image = zbar_image_create();
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, (unsigned)picture->width, (unsigned)picture->height);
    zbar_image_set_data(image, picture->grey,
                        (unsigned long)picture->width * (unsigned long)picture->height, NULL);
    int count = zbar_scan_image(scanner, image);
    *ret_found = false;
    for (const zbar_symbol_t *symbol = zbar_image_first_symbol(image); symbol;
         symbol = zbar_symbol_next(symbol)) {
        Text read = {zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol)};
        if (text_eq(read, text)) *ret_found = true;
    }
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
    return count;
}

static bool spawn(const char *const argv[], int output, pid_t *ret_pid) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    int failed = posix_spawnp(ret_pid, argv[0], &actions, NULL, (char *const *)argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    return failed == 0;
}

static void read_all(int from, Buffer *out) {
    char block[4096];
    ssize_t got;
    while ((got = read(from, block, sizeof block)) > 0) {
        buffer_add(out, text_bytes(block, (size_t)got));
    }
}

static bool write_all(int to, Text bytes) {
    while (bytes.len > 0) {
        ssize_t put = write(to, bytes.ptr, bytes.len);
        if (put <= 0) return false;
        bytes = text_slice(bytes, (size_t)put, bytes.len);
    }
    return true;
}

bool card_tools_run(const char *const argv[], Text bytes, Buffer *out) {
    enum { ARGUMENTS = 16 };
    char path[] = "/tmp/sangathan-card-XXXXXX";
    int file = mkstemp(path);
    if (file < 0) return false;
    const char *with_path[ARGUMENTS + 1] = {NULL};
    for (int i = 0; i < ARGUMENTS && argv[i]; i++) {
        with_path[i] = strcmp(argv[i], "@") == 0 ? path : argv[i];
    }
    int ends[2];
    pid_t pid = 0;
    bool good = write_all(file, bytes) && pipe2(ends, O_CLOEXEC) == 0;
    if (good) {
        good = spawn(with_path, ends[1], &pid);
        close(ends[1]);
        if (good) read_all(ends[0], out);
        close(ends[0]);
    }
    int status = 1;
    if (good) waitpid(pid, &status, 0);
    close(file);
    unlink(path);
    return good && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool card_tools_have(const char *program) {
    Buffer ignored = buffer_heap(1 << 16);
    const char *const argv[] = {program, "-v", NULL};
    bool have = card_tools_run(argv, TEXT_NONE, &ignored);
    buffer_free(&ignored);
    return have;
}
