/* What lies on the disk: of a person the name alone is plain. */
#include "register_test.h"

#include <dirent.h>
#include <unistd.h>

#include "crypto/secret_token.h"
#include "domain/application.h"
#include "domain/member_photo.h"
#include "domain/token.h"

static Status read_phone(Ctx *ctx, void *argument) {
    void **of = argument; /* member, phone */
    return member_phone(ctx, of[0], of[1]);
}

static Status phone_of(Register *r, Member *m, Text *ret) {
    void *of[] = {m, ret};
    return register_read(r, read_phone, of);
}

static void opens_in_its_own_row_only(void **state) {
    Register *r = *state;
    Member one = register_member(r, 1), two = register_member(r, 2);
    Text phone;
    register_must(r, phone_of(r, &one, &phone));
    assert_true(text_eq(phone, T("+919800000001")));
    assert_memory_not_equal(one.phone_sealed.ptr, two.phone_sealed.ptr, one.phone_sealed.len);
    Member mixed = one; /* another's phone in this row */
    mixed.phone_sealed = two.phone_sealed;
    register_refused(r, phone_of(r, &mixed, &phone), IO, NULL, "store_damaged");
    mixed.sealed_key = two.sealed_key; /* with its key */
    register_refused(r, phone_of(r, &mixed, &phone), IO, NULL, "store_damaged");
    Keyring right = r->org.keys;
    keyring_generate(&r->org.keys); /* whoever has the file has not the keys */
    register_refused(r, phone_of(r, &one, &phone), IO, NULL, "store_damaged");
    r->org.keys = right;
    register_must(r, phone_of(r, &one, &phone));
    char *damaged = arena_cstr(r->arena, one.phone_sealed);
    damaged[30] = (char)(damaged[30] ^ 1);
    one.phone_sealed.ptr = damaged;
    register_refused(r, phone_of(r, &one, &phone), IO, NULL, "store_damaged");
}

/* Does any file of the folder contain the bytes? */
static bool lies_there(Register *r, const char *path, Text bytes) {
    DIR *dir = opendir(path);
    assert_non_null(dir);
    bool found = false;
    for (struct dirent *entry; !found && (entry = readdir(dir));) {
        if (entry->d_type != DT_REG) continue;
        FILE *file = fopen(arena_printf(r->arena, "%s/%s", path, entry->d_name).ptr, "rb");
        assert_non_null(file);
        assert_int_equal(fseek(file, 0, SEEK_END), 0);
        size_t size = (size_t)ftell(file);
        rewind(file);
        char *content = test_malloc(size + 1);
        assert_int_equal(fread(content, 1, size, file), size);
        found = memmem(content, size, bytes.ptr, bytes.len) != NULL;
        test_free(content);
        (void)fclose(file);
    }
    (void)closedir(dir);
    return found;
}

typedef struct Writing {
    Text secret, body, code;
    ApplicationForm form;
    Application application;
    Token token;
} Writing;

static Status save(Ctx *ctx, void *argument) {
    Writing *w = argument;
    TRY(application_save(ctx, w->secret, &w->form, &w->application));
    ApplicationConsent given = {.name = w->form.name, .agreed = true};
    return application_consent(ctx, w->secret, &given, w->code, &w->application);
}

static Status give_token(Ctx *ctx, void *argument) {
    Writing *w = argument;
    return token_create(ctx, w->secret, T("enroller"), T(""), 30, T(""), &w->token);
}

static Status add_more(Ctx *ctx, void *argument) {
    const MemberOptional optional = {T("Kamalnayan Bajaj"), T("AB-"), T("+919630000147"),
                                     T("1980-08-15")};
    TRY(member_optional_put(ctx, argument, &optional));
    TRY(member_photo_put_draft(ctx, argument, T("the whole picture as it was cut")));
    return member_photo_put(ctx, argument, T("the face as it is shown"));
}

static Status read_more(Ctx *ctx, void *argument) {
    Member *m = argument;
    MemberOptional optional;
    Text photo, draft;
    TRY(member_optional_read(ctx, m, &optional));
    TRY(member_photo_read(ctx, m, &photo));
    TRY(member_photo_draft(ctx, m, &draft));
    assert_true(text_eq(optional.relative, T("Kamalnayan Bajaj")));
    assert_true(text_eq(optional.blood_group, T("AB-")));
    assert_true(text_eq(optional.emergency, T("+919630000147")));
    assert_true(text_eq(optional.birth_date, T("1980-08-15")));
    assert_true(text_eq(photo, T("the face as it is shown")));
    assert_int_equal(draft.len, 0);
    return OK;
}

static void keeps_nothing_personal_in_plain_but_the_name(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 1);
    e.phone = T("9753186420");
    e.name = T("Vasundhara Iyengar");
    e.idempotency_key = T("key-of-the-caller");
    e.body = T("{\"body\":\"as it came\"}");
    Enrolled enrolled;
    register_must(r, register_enrol(r, &e, &enrolled));
    char cookie[SECRET_TOKEN_CHARS], token[SECRET_TOKEN_CHARS];
    secret_token_make(cookie);
    secret_token_make(token);
    Writing w = {.secret = {cookie, SECRET_TOKEN_CHARS}, .code = T("918273"),
                 .form = {.name = T("Chandrakanta Bose"), .phone = T("8642097531"),
                          .phone_of = T("self"),
                          .place = T("Nautanwa"), .settlement = T("rural"), .gender = T("f"),
                          .birth_year = T("1971")}};
    register_must(r, register_write(r, save, &w));
    register_must(r, r->ctx.error_count ? INVALID : OK);
    assert_int_equal(w.application.step, APPLICATION_CODE);
    w.secret = (Text){token, SECRET_TOKEN_CHARS};
    register_must(r, register_write(r, give_token, &w));
    Member member = register_member_at(r, enrolled.serial);
    register_must(r, register_write(r, add_more, &member));
    register_must(r, register_read(r, read_more, &member));
    const Text hidden[] = {
        T("Kamalnayan"), T("+919630000147"), T("the face as it"), T("the whole picture"),
        T("9753186420"), T("97531 86420"), T("8642097531"), T("key-of-the-caller"),
        T("as it came"), T("Chandrakanta"), T("918273"), T("1980-08-15"),
        {cookie, SECRET_TOKEN_CHARS},
        {token, SECRET_TOKEN_CHARS}, text_bytes(r->org.keys.root, KEY_BYTES),
        text_bytes(r->org.keys.signing[0].secret, KEY_BYTES),
    };
    for (int closed = 0; closed < 2; closed++) { /* the log of writes, then the file itself */
        assert_true(lies_there(r, r->folder, T("Vasundhara Iyengar")));
        for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
            if (lies_there(r, r->folder, hidden[i])) print_error("in plain: %zu\n", i);
            assert_false(lies_there(r, r->folder, hidden[i]));
        }
        if (closed) break;
        store_close(r->store);
        StoreOptions options = {.data_dir = r->folder, .mode = STORE_COMMAND};
        register_must(r, store_open(&r->ctx, &options, &r->store));
    }
}

#define WITH_REGISTER(test) \
    cmocka_unit_test_setup_teardown(test, register_make_sending, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_REGISTER(opens_in_its_own_row_only),
        WITH_REGISTER(keeps_nothing_personal_in_plain_but_the_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
