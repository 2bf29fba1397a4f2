/* Replays kept inputs without libFuzzer: feeds each file given, and every file of each folder
 * given, to the target. Fails when there was none. Each is also fed cut short at every length, if
 * it is small: most bugs of readers are at the end. */
#include <dirent.h>
#include <sys/stat.h>

#include "fuzz.h"

enum { INPUT_MAX = 1 << 20, CUT_MAX = 2048, PATH_BYTES = 4096 };

static int fed;

/* A block of its own and exactly as long, so that a sanitizer sees reading behind it. */
static void feed(const uint8_t *bytes, size_t size) {
    uint8_t *copy = malloc(size ? size : 1);
    if (!copy) abort();
    if (size) memcpy(copy, bytes, size);
    (void)LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static bool feed_file(const char *path) {
    static uint8_t bytes[INPUT_MAX];
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    size_t size = fread(bytes, 1, sizeof bytes, file);
    bool good = !ferror(file);
    (void)fclose(file);
    feed(bytes, size);
    for (size_t cut = 0; cut < size && size <= CUT_MAX; cut++) feed(bytes, cut);
    fed++;
    return good;
}

static bool feed_folder(const char *path) {
    DIR *folder = opendir(path);
    if (!folder) return feed_file(path);
    bool good = true;
    for (struct dirent *entry; (entry = readdir(folder));) {
        char inner[PATH_BYTES];
        if (entry->d_name[0] == '.') continue;
        (void)snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (!feed_file(inner)) good = false;
    }
    (void)closedir(folder);
    return good;
}

int main(int argc, char **argv) {
    bool good = true;
    for (int i = 1; i < argc; i++)
        if (!feed_folder(argv[i])) {
            (void)fprintf(stderr, "cannot read %s\n", argv[i]);
            good = false;
        }
    (void)printf("%d inputs\n", fed);
    return good && fed > 0 ? 0 : 1;
}
