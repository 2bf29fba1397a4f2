/* An init that is killed at every step that changes the disk: the next one ends well, and a
 * register stands beside the key that it was made with. Others' keys are left alone. */
#include "cli/init_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../store/store_test.h"

enum { KILLED = 9, ENDED = 0, STEPS_MAX = 200, WORD_BYTES = 24, PATH_BYTES = 256 };

static int steps_left = -1; /* before the process ends; -1: never */

static void step(void) {
    if (steps_left == 0) _exit(KILLED);
    if (steps_left > 0) steps_left--;
}

#define WRAP(type, call, parameters, arguments)                                                    \
    type __real_##call parameters;                                                                 \
    type __wrap_##call parameters;                                                                 \
    type __wrap_##call parameters {                                                                \
        step();                                                                                    \
        return __real_##call arguments;                                                            \
    }
WRAP(int, fsync, (int fd), (fd))
WRAP(int, link, (const char *from, const char *to), (from, to))
WRAP(int, mkdir, (const char *path, mode_t mode), (path, mode))
WRAP(char *, mkdtemp, (char *path), (path))
WRAP(int, remove, (const char *path), (path))
WRAP(int, rename, (const char *from, const char *to), (from, to))
WRAP(int, rmdir, (const char *path), (path))
WRAP(int, unlink, (const char *path), (path))

static void put(const char *dir, const char *name, const char *word) {
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof path, "%s/%s", dir, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, word, strlen(word)), strlen(word));
    assert_int_equal(close(fd), 0);
}

static const char *get(const char *dir, const char *name, char word[WORD_BYTES]) {
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof path, "%s/%s", dir, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t len = fd < 0 ? -1 : read(fd, word, WORD_BYTES - 1);
    if (fd >= 0) (void)close(fd);
    word[len < 0 ? 0 : len] = 0;
    return len < 0 ? NULL : word;
}

/* As init does, with a word in place of what belongs together. */
static Status init(Folder *folder, const char *data, const char *word) {
    InitFolder f;
    char keys[PATH_BYTES];
    Status status = init_folder_begin(&folder->ctx, text_of(data), "GKC.keys", &f);
    if (status == OK) {
        put(f.build_dir, "register.db", word);
        (void)snprintf(keys, sizeof keys, "%s/keys", f.build_dir);
        assert_int_equal(mkdir(keys, 0700), 0);
        put(keys, "GKC.keys", word);
        status = init_folder_settle(&folder->ctx, &f);
    }
    init_folder_end(&folder->ctx, &f);
    return status;
}

static int init_killed(Folder *folder, const char *data, const char *word, int at) {
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        steps_left = at;
        _exit(init(folder, data, word) == OK ? ENDED : 1);
    }
    int how;
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFEXITED(how));
    return WEXITSTATUS(how);
}

static int left_over(const char *data) {
    int count = 0;
    DIR *dir = opendir(data);
    assert_non_null(dir);
    for (const struct dirent *entry; (entry = readdir(dir));)
        count += strncmp(entry->d_name, ".init-", 6) == 0;
    (void)closedir(dir);
    return count;
}

static void assert_whole(const char *data) {
    char a[WORD_BYTES], b[WORD_BYTES];
    assert_non_null(get(data, "register.db", a));
    assert_non_null(get(data, "keys/GKC.keys", b));
    assert_string_equal(a, b);
    assert_int_equal(left_over(data), 0);
}

static void killed_anywhere_the_next_one_ends_well(void **state) {
    Folder *folder = *state;
    int at = 0;
    for (int how = KILLED; how == KILLED; at++) {
        char data[PATH_BYTES], word[WORD_BYTES];
        assert_true(at < STEPS_MAX);
        (void)snprintf(data, sizeof data, "%s/at-%d", folder->path, at);
        how = init_killed(folder, data, "first", at);
        assert_true(how == KILLED || how == ENDED);
        bool stands = get(data, "register.db", word) != NULL;
        Status status = init(folder, data, "second");
        assert_int_equal(status, stands ? CONFLICT : OK);
        if (stands) assert_string_equal(folder->ctx.errors[0].message, "store_exists");
        ctx_forget_errors(&folder->ctx);
        assert_whole(data);
        assert_string_equal(get(data, "register.db", word), stands ? "first" : "second");
    }
    assert_true(at > 8); /* or nothing was wrapped */
}

/* Killed twice and thrice, each time a step further. */
static void killed_again_and_again(void **state) {
    Folder *folder = *state;
    char data[PATH_BYTES];
    (void)snprintf(data, sizeof data, "%s/again", folder->path);
    for (int at = 1; init_killed(folder, data, "word", at) == KILLED; at++)
        assert_true(at < STEPS_MAX);
    (void)init(folder, data, "word");
    ctx_forget_errors(&folder->ctx);
    assert_whole(data);
}

static void refused(Folder *folder, const char *data, const char *message) {
    assert_int_equal(init(folder, data, "other"), CONFLICT);
    assert_string_equal(folder->ctx.errors[0].message, message);
    ctx_forget_errors(&folder->ctx);
}

static void keys_of_others_stay(void **state) {
    Folder *folder = *state;
    char data[PATH_BYTES], keys[PATH_BYTES], left[PATH_BYTES], word[WORD_BYTES];
    (void)snprintf(data, sizeof data, "%s/others", folder->path);
    (void)snprintf(keys, sizeof keys, "%s/keys", data);
    (void)snprintf(left, sizeof left, "%s/.init-abcdef", data);
    assert_int_equal(mkdir(data, 0700) | mkdir(keys, 0700) | mkdir(left, 0700), 0);
    put(keys, "GKC.keys", "theirs");
    put(left, "register.db", "theirs");
    refused(folder, data, "key_without_register");
    assert_string_equal(get(keys, "GKC.keys", word), "theirs");
    assert_int_equal(left_over(data), 0);
}

static void two_at_once_are_one(void **state) {
    Folder *folder = *state;
    char data[PATH_BYTES];
    (void)snprintf(data, sizeof data, "%s/two", folder->path);
    assert_int_equal(mkdir(data, 0700), 0);
    int fd = open(data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    refused(folder, data, "init_running");
    assert_int_equal(close(fd), 0);
    assert_int_equal(init(folder, data, "word"), OK);
    assert_whole(data);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(killed_anywhere_the_next_one_ends_well, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(killed_again_and_again, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(keys_of_others_stay, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(two_at_once_are_one, folder_make, folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
