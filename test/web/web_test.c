/* A site for tests. */
#include "web_test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "crypto/secret_token.h"
#include "domain/token.h"
#include "web/dispatch.h"

static Status create(Ctx *ctx, void *argument) {
    const OrganisationDraft *draft = argument;
    return organisation_create(ctx, draft);
}

static Status load(Ctx *ctx, void *argument) { return organisation_load(ctx, argument); }

static Status give_token(Ctx *ctx, void *argument) {
    Site *site = argument;
    Token token;
    return token_create(ctx, text_of(site->token), T("enroller"), T(""), 30, T("test"), &token);
}

static void must(Ctx *ctx, Status status) {
    if (status != OK)
        test_fails("%s: %s", ctx->error_count ? ctx->errors[0].message : "?", ctx->detail);
}

int site_make(void **state) {
    assert_true(crypto_start());
    Site *site = test_calloc(1, sizeof *site);
    memcpy(site->folder, "/tmp/web_test_XXXXXX", 21);
    assert_non_null(mkdtemp(site->folder));
    site->arena = arena_new(LIMIT_COMMAND_ARENA_BYTES);
    Ctx *ctx = &site->ctx;
    ctx_init(ctx, site->arena);
    StoreOptions options = {.data_dir = arena_printf(site->arena, "%s/data", site->folder).ptr,
                            .mode = STORE_CREATE};
    must(ctx, store_open(ctx, &options, &site->app.store));
    OrganisationDraft draft = {.code = T("GKC"), .name_en = T("Test Club"),
                               .name_hi = T("टेस्ट क्लब"), .preset = T("community"),
                               .base_url = T("http://club.example"), .demo = true};
    must(ctx, organisation_check_draft(ctx, &draft));
    must(ctx, lane_write(site->app.store, ctx, create, &draft));
    must(ctx, lane_read(site->app.store, ctx, load, &site->org));
    keyring_generate(&site->org.keys);
    ctx->org = site->app.org = &site->org;
    secret_token_make(site->token);
    must(ctx, lane_write(site->app.store, ctx, give_token, site));
    site->app.options = (AppOptions){.listen_address = "127.0.0.1", .threads = 2};
    site->app.port = 80;
    *state = site;
    return 0;
}

static int serve(Site *site) {
    must(&site->ctx, http_server_start(&site->ctx, &site->app, &site->server));
    return 0;
}

int site_serve(void **state) {
    site_make(state);
    return serve(*state);
}

int site_serve_narrow(void **state) {
    site_make(state);
    Site *site = *state;
    site->app.options.threads = site->app.options.workers = 1;
    return serve(site);
}

int site_remove(void **state) {
    Site *site = *state;
    if (site->server) http_server_stop(site->server);
    if (site->app.arena) app_stop(&site->app);
    store_close(site->app.store);
    Text remove = arena_printf(site->arena, "rm -rf '%s'", site->folder);
    assert_int_equal(system(remove.ptr), 0);
    arena_delete(site->arena);
    test_free(site);
    return 0;
}

static void release_buffer(void *resource) { buffer_free(resource); }

Exchange *exchange_of(Site *site, const char *head, Text body) {
    if (!site->app.arena) app_start(&site->app);
    Exchange *x = ARENA_NEW(site->arena, Exchange);
    exchange_reset(x, &site->app, site->arena);
    arena_defer(site->arena, release_buffer, &x->out);
    arena_defer(site->arena, release_buffer, &x->packed);
    Text rest = text_of(head), line;
    text_split(&rest, '\n', &line);
    size_t space = text_find_byte(line, ' ');
    x->method = text_slice(line, 0, space);
    x->target = text_slice(line, space + 1, line.len);
    x->http_1_1 = true;
    x->rq.client = T("7f000001");
    x->headers[x->header_count++] = (Header){T("Host"), T("club.example")};
    while (rest.ptr && text_split(&rest, '\n', &line)) {
        size_t colon = text_find_byte(line, ':');
        x->headers[x->header_count++] = (Header){
            text_slice(line, 0, colon), text_trim(text_slice(line, colon + 1, line.len))};
    }
    x->body = buffer_in(site->arena, 1 << 20);
    buffer_add(&x->body, body);
    return x;
}

int exchange_run(Site *site, Exchange *x) {
    if (!dispatch_begin(x) && dispatch_run(x) == DISPATCH_WRITE)
        dispatch_finish(x, lane_write(site->app.store, &x->rq.ctx, dispatch_apply, x));
    return x->answer.status;
}

const char *answer_header(const Exchange *x, const char *name) {
    for (int i = 0; i < x->answer.header_count; i++)
        if (text_eq_ignoring_case(x->answer.headers[i].name, text_of(name)))
            return arena_cstr(x->rq.ctx.arena, x->answer.headers[i].value);
    return NULL;
}

const char *answer_body(Site *site, const Exchange *x) {
    return arena_cstr(site->arena, x->answer.body);
}

int client_open(const Site *site) { return client_open_from(site, INADDR_LOOPBACK); }

int client_open_from(const Site *site, uint32_t address) {
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(address)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in where = {.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)http_server_port(site->server)),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval patience = {.tv_sec = 60};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    assert_int_equal(bind(fd, (struct sockaddr *)&from, sizeof from), 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&where, sizeof where), 0);
    return fd;
}

void client_send(int fd, Text bytes) {
    while (bytes.len) {
        ssize_t sent = send(fd, bytes.ptr, bytes.len, MSG_NOSIGNAL);
        if (sent <= 0) return; /* the server hung up: its answer, if any, tells */
        bytes = text_slice(bytes, (size_t)sent, bytes.len);
    }
}

static bool read_byte(int fd, char *out, size_t *len, size_t size) {
    if (*len + 1 >= size || recv(fd, out + *len, 1, 0) != 1) return false;
    out[++*len] = 0;
    return true;
}

int client_read(int fd, bool head_only, char *out, size_t out_size) {
    size_t len = 0;
    out[0] = 0;
    while (!strstr(out, "\r\n\r\n"))
        if (!read_byte(fd, out, &len, out_size)) return 0;
    int status = (int)strtol(out + strlen("HTTP/1.1 "), NULL, 10);
    const char *length = strcasestr(out, "\r\nContent-Length:");
    long rest = length ? strtol(length + strlen("\r\nContent-Length:"), NULL, 10) : 0;
    if (head_only || status == 304 || status == 100) rest = 0;
    for (; rest > 0; rest--)
        if (!read_byte(fd, out, &len, out_size)) return 0;
    return status;
}

Text client_request(const Site *site, const char *request) {
    Buffer out = buffer_in(site->arena, 32 << 20);
    for (const char *host; (host = strstr(request, "HOST")); request = host + 4) {
        buffer_add(&out, (Text){request, (size_t)(host - request)});
        buffer_printf(&out, "Host: 127.0.0.1:%d\r\n", http_server_port(site->server));
    }
    buffer_add(&out, text_of(request));
    return buffer_text(&out);
}

int client_ask(const Site *site, const char *request, char *out, size_t out_size) {
    int fd = client_open(site);
    client_send(fd, client_request(site, request));
    int status = client_read(fd, strncmp(request, "HEAD", 4) == 0, out, out_size);
    close(fd);
    return status;
}
