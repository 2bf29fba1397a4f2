/* serve: the server, until SIGTERM or SIGINT. */
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "base/log.h"
#include "cli/register.h"
#include "jobs/runner.h"
#include "web/app.h"
#include "web/http_server.h"
#include "web/listen.h"

/* "ADDR:PORT", "[::1]:8080" or ":8080". */
static Status read_listen(Cli *cli, AppOptions *ret) {
    Text listen = command_has(cli, "listen") ? command_option(cli, "listen") : T("127.0.0.1:8080");
    size_t colon = listen.len;
    while (colon > 0 && listen.ptr[colon - 1] != ':') colon--;
    Text address = text_slice(listen, 0, colon ? colon - 1 : 0);
    int64_t port;
    if (!colon || !text_to_int(text_slice(listen, colon, listen.len), &port) || port < 0 ||
        port > 65535)
        return command_misuse(cli, "listen", "listen_form");
    if (address.len >= 2 && address.ptr[0] == '[')
        address = text_slice(address, 1, address.len - 2);
    if (!address.len) address = T("0.0.0.0");
    ret->listen_address = arena_cstr(cli->ctx.arena, address);
    if (!listen_is_address(ret->listen_address))
        return command_misuse(cli, "listen", "listen_form");
    ret->listen_port = (int)port;
    return OK;
}

static Status read_options(Cli *cli, AppOptions *ret) {
    *ret = (AppOptions){.trusted_proxy = command_has(cli, "trusted-proxy")};
    TRY(read_listen(cli, ret));
    int64_t threads;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    TRY(command_int(cli, "threads", cores > 0 ? cores : 1, 1, 256, &threads));
    ret->threads = (int)threads;
    bool cert = command_has(cli, "tls-cert"), key = command_has(cli, "tls-key");
    if (cert != key) return command_misuse(cli, NULL, "tls_both");
    if (cert) {
        ret->tls_cert = arena_cstr(cli->ctx.arena, command_option(cli, "tls-cert"));
        ret->tls_key = arena_cstr(cli->ctx.arena, command_option(cli, "tls-key"));
    }
    return OK;
}

static Status run(Cli *cli) {
    AppOptions options;
    TRY(read_options(cli, &options));
    /* Blocked before any thread is made, so that only sigwait below gets them. */
    sigset_t ends;
    (void)sigemptyset(&ends);
    (void)sigaddset(&ends, SIGINT);
    (void)sigaddset(&ends, SIGTERM);
    (void)pthread_sigmask(SIG_BLOCK, &ends, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    if (command_has(cli, "verbose")) log_set_level(LOG_LEVEL_DEBUG);
    TRY(register_open(cli, STORE_SERVE));
    App app = {.options = options, .store = cli->store, .org = &cli->org, .demo = cli->org.demo};
    HttpServer *server;
    TRY(http_server_start(&cli->ctx, &app, &server));
    Runner *runner;
    Status jobs = runner_start(&cli->ctx, cli->store, job_table, &runner);
    if (jobs != OK) http_server_stop(server);
    TRY(jobs);
    bool v6 = strchr(options.listen_address, ':') != NULL;
    log_info("serving", "%s%s%s:%d%s", v6 ? "[" : "", options.listen_address, v6 ? "]" : "",
             http_server_port(server), app.demo ? " (demo register)" : "");
    int got;
    (void)sigwait(&ends, &got);
    log_info("ending", "finishing what was taken");
    http_server_stop(server);
    runner_stop(runner); /* last: what the server took may want to be sent */
    return OK;
}

static const Option options[] = {
    {"listen", "ADDR:PORT", false, "127.0.0.1:8080 when left out"},
    {"threads", "N", false, "HTTP threads; as many as cores when left out"},
    {"tls-cert", "FILE", false, "certificate chain, PEM"},
    {"tls-key", "FILE", false, "its key, PEM"},
    {"trusted-proxy", NULL, false, "a proxy before it sets X-Forwarded-For"},
    {"verbose", NULL, false, "a log line for every request"},
    {NULL, NULL, false, NULL},
};

const Command serve_commands[] = {
    {"serve", "", 0, options, run, "the server; SIGTERM finishes what it took, then ends", NULL,
     false},
    {.words = NULL},
};
