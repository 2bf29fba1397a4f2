/* Keys outside the database. */
#include "store_test.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/keyfile.h"

static char *key_path(Folder *folder, const char *name) {
    return arena_cstr(folder->arena,
                      arena_printf(folder->arena, "%s/keys/%s", folder->path, name));
}

static Status write_key(Folder *folder, Text secret, bool replace) {
    ctx_forget_errors(&folder->ctx);
    return keyfile_write(&folder->ctx, folder->path, "register.key", secret, replace);
}

static Status read_key(Folder *folder, Text *ret) {
    ctx_forget_errors(&folder->ctx);
    *ret = TEXT_NONE;
    return keyfile_read(&folder->ctx, folder->path, "register.key", ret);
}

static void is_kept_for_its_owner(void **state) {
    Folder *folder = *state;
    Text secret;
    assert_int_equal(write_key(folder, (Text){"a\0b\xff", 4}, false), OK);
    assert_int_equal(read_key(folder, &secret), OK);
    assert_true(text_eq(secret, (Text){"a\0b\xff", 4}));
    struct stat st;
    assert_int_equal(stat(key_path(folder, ""), &st), 0);
    assert_int_equal(st.st_mode & 07777, 0700);
    assert_int_equal(stat(key_path(folder, "register.key"), &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    assert_int_equal(st.st_nlink, 1);
}

static int files_in(const char *path) {
    DIR *dir = opendir(path);
    assert_non_null(dir);
    int count = 0;
    while (readdir(dir)) count++;
    (void)closedir(dir);
    return count - 2;
}

static void is_replaced_only_when_asked(void **state) {
    Folder *folder = *state;
    Text secret;
    assert_int_equal(write_key(folder, T("one"), false), OK);
    assert_int_equal(write_key(folder, T("two"), false), CONFLICT);
    assert_string_equal(message_in(&folder->ctx), "key_exists");
    assert_int_equal(read_key(folder, &secret), OK);
    assert_true(text_eq(secret, T("one")));
    assert_int_equal(write_key(folder, T("two"), true), OK);
    assert_int_equal(read_key(folder, &secret), OK);
    assert_true(text_eq(secret, T("two")));
    assert_int_equal(files_in(key_path(folder, "")), 1);
}

static void refuses(Folder *folder, Status status, const char *message) {
    Text secret;
    assert_int_equal(read_key(folder, &secret), status);
    assert_string_equal(message_in(&folder->ctx), message);
    assert_null(secret.ptr);
    assert_true(text_eq(folder->ctx.errors[0].args[0].value, T("register.key")));
}

static void trouble_is_told(void **state) {
    Folder *folder = *state;
    refuses(folder, NOT_FOUND, "key_missing"); /* not even the folder */
    assert_int_equal(write_key(folder, T("one"), false), OK);
    const char *path = key_path(folder, "register.key");
    static const mode_t open_modes[] = {0640, 0604, 0620, 0601};
    for (size_t i = 0; i < sizeof open_modes / sizeof *open_modes; i++) {
        assert_int_equal(chmod(path, open_modes[i]), 0);
        refuses(folder, IO, "key_mode");
    }
    assert_int_equal(truncate(path, KEYFILE_MAX_BYTES + 1), 0);
    refuses(folder, IO, "key_unreadable");
    assert_int_equal(unlink(path), 0);
    refuses(folder, NOT_FOUND, "key_missing");
    assert_int_equal(symlink("/etc/hostname", path), 0);
    refuses(folder, IO, "key_unreadable");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    refuses(folder, IO, "key_unreadable");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    refuses(folder, IO, "key_unreadable");
}

static void is_wiped_with_its_arena(void **state) {
    Folder *folder = *state;
    Text secret;
    assert_int_equal(write_key(folder, T("very secret"), false), OK);
    assert_int_equal(read_key(folder, &secret), OK);
    /* the first block stays with the arena, so that it can be looked at */
    arena_clear(folder->arena);
    for (size_t i = 0; i < secret.len; i++) assert_int_equal(secret.ptr[i], 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, folder_make, folder_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(is_kept_for_its_owner), TEST(is_replaced_only_when_asked), TEST(trouble_is_told),
        TEST(is_wiped_with_its_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
