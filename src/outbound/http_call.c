/* Several calls at once on one thread, by libcurl's multi interface. */
#include "outbound/http_call.h"

#include <assert.h>
#include <curl/curl.h>

#include "base/buffer.h"

enum { NEXT_EVERY_MS = 1000 };

Text http_call_trouble_text(HttpTrouble trouble) {
    switch (trouble) {
    case HTTP_CALL_ANSWERED: break;
    case HTTP_CALL_NOT_REACHED: return T("not reached");
    case HTTP_CALL_UNTRUSTED: return T("certificate not good");
    case HTTP_CALL_TIMED_OUT: return T("timed out");
    case HTTP_CALL_BROKEN: return T("connection broken");
    case HTTP_CALL_TOO_LARGE: return T("answer too large");
    case HTTP_CALL_IMPOSSIBLE: return T("address cannot be asked");
    }
    return T("");
}

typedef struct Slot {
    CURL *easy;
    struct curl_slist *headers;
    HttpCall *call; /* NULL: free */
    Buffer answer;
    bool too_large;
} Slot;

struct HttpCaller {
    CURLM *multi;
    Slot slots[HTTP_CALL_PARALLEL_MAX];
    int busy;
    Arena *arena; /* it lies there itself */
};

HttpCaller *http_call_open(void) {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return NULL;
    Arena *arena = arena_new(sizeof(HttpCaller) + 4096);
    HttpCaller *caller = ARENA_NEW(arena, HttpCaller);
    caller->arena = arena;
    caller->multi = curl_multi_init();
    if (caller->multi) return caller;
    arena_delete(arena);
    curl_global_cleanup();
    return NULL;
}

void http_call_close(HttpCaller *caller) {
    if (!caller) return;
    assert(!caller->busy);
    for (int i = 0; i < HTTP_CALL_PARALLEL_MAX; i++) curl_easy_cleanup(caller->slots[i].easy);
    (void)curl_multi_cleanup(caller->multi);
    arena_delete(caller->arena);
    curl_global_cleanup();
}

void http_call_wake(HttpCaller *caller) { (void)curl_multi_wakeup(caller->multi); }

static size_t take_answer(char *bytes, size_t one, size_t len, void *argument) {
    Slot *slot = argument;
    (void)one;
    buffer_add(&slot->answer, (Text){bytes, len});
    slot->too_large = slot->answer.overflowed;
    return slot->too_large ? CURL_WRITEFUNC_ERROR : len;
}

/* What holds for every call: curl_easy_reset forgets all of it. */
static bool set_rules(CURL *easy) {
    return !curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https") &&
           !curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L) &&
           !curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L) &&
           !curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L) &&
           !curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) &&
           !curl_easy_setopt(easy, CURLOPT_PROXY, "") && /* whatever the environment says */
           !curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED) &&
           !curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L) &&
           !curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L) &&
           !curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L) &&
           !curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L) &&
           !curl_easy_setopt(easy, CURLOPT_HTTP09_ALLOWED, 0L) &&
           !curl_easy_setopt(easy, CURLOPT_MAXFILESIZE, (long)HTTP_CALL_ANSWER_BYTES) &&
           !curl_easy_setopt(easy, CURLOPT_USERAGENT, "Sangathan") &&
           !curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_answer);
}

static bool set_method(CURL *easy, const HttpCall *call) {
    if (strcmp(call->method, "GET") == 0) return !curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    return !curl_easy_setopt(easy, CURLOPT_POST, 1L) &&
           !curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, call->method) &&
           !curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)call->body.len) &&
           !curl_easy_setopt(easy, CURLOPT_POSTFIELDS, call->body.len ? call->body.ptr : "");
}

static bool set_credentials(CURL *easy, const HttpCall *call) {
    if (!call->user) return true;
    return !curl_easy_setopt(easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC) &&
           !curl_easy_setopt(easy, CURLOPT_USERNAME, call->user) &&
           !curl_easy_setopt(easy, CURLOPT_PASSWORD, call->password);
}

static bool add_header(Slot *slot, const char *line) {
    struct curl_slist *longer = curl_slist_append(slot->headers, line);
    if (longer) slot->headers = longer;
    return longer;
}

static bool set_call(Slot *slot) {
    const HttpCall *call = slot->call;
    CURL *easy = slot->easy;
    bool good = add_header(slot, "Expect:"); /* no waiting for leave to send the body */
    for (int i = 0; i < call->header_count; i++) good = good && add_header(slot, call->headers[i]);
    long connect_ms =
        call->timeout_ms < HTTP_CALL_CONNECT_MS ? call->timeout_ms : HTTP_CALL_CONNECT_MS;
    return good && !curl_easy_setopt(easy, CURLOPT_URL, call->url) && set_method(easy, call) &&
           set_credentials(easy, call) &&
           !curl_easy_setopt(easy, CURLOPT_HTTPHEADER, slot->headers) &&
           !curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)call->timeout_ms) &&
           !curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, connect_ms) &&
           !curl_easy_setopt(easy, CURLOPT_WRITEDATA, slot) &&
           !curl_easy_setopt(easy, CURLOPT_PRIVATE, slot);
}

static HttpTrouble trouble_of(CURLcode code) {
    switch (code) {
    case CURLE_OK: return HTTP_CALL_ANSWERED;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR: return HTTP_CALL_NOT_REACHED;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE: return HTTP_CALL_UNTRUSTED;
    case CURLE_OPERATION_TIMEDOUT: return HTTP_CALL_TIMED_OUT;
    case CURLE_FILESIZE_EXCEEDED: return HTTP_CALL_TOO_LARGE;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_LOGIN_DENIED: return HTTP_CALL_IMPOSSIBLE;
    default: return HTTP_CALL_BROKEN;
    }
}

/* The request may hold a key and a phone: nothing of it stays in the library. */
static HttpCall *finish(HttpCaller *caller, Slot *slot, CURLcode code) {
    HttpCall *call = slot->call;
    long status = 0, sent = 0;
    if (slot->easy) {
        (void)curl_easy_getinfo(slot->easy, CURLINFO_RESPONSE_CODE, &status);
        (void)curl_easy_getinfo(slot->easy, CURLINFO_REQUEST_SIZE, &sent);
    }
    call->trouble = slot->too_large ? HTTP_CALL_TOO_LARGE : trouble_of(code);
    if (sent && (call->trouble == HTTP_CALL_IMPOSSIBLE || call->trouble == HTTP_CALL_NOT_REACHED))
        call->trouble = HTTP_CALL_BROKEN; /* too late to say that nothing was asked */
    call->status = call->trouble == HTTP_CALL_ANSWERED ? (int)status : 0;
    call->answer = call->trouble == HTTP_CALL_ANSWERED ? buffer_text(&slot->answer) : TEXT_NONE;
    curl_slist_free_all(slot->headers);
    if (slot->easy) curl_easy_reset(slot->easy);
    slot->headers = NULL;
    slot->call = NULL;
    slot->too_large = false;
    caller->busy--;
    return call;
}

/* Begins a call; false when it could not even begin (it is finished then). */
static bool begin(HttpCaller *caller, HttpCall *call) {
    Slot *slot = caller->slots;
    while (slot->call) slot++;
    if (!slot->easy) slot->easy = curl_easy_init();
    slot->call = call;
    slot->answer = buffer_in(call->arena, HTTP_CALL_ANSWER_BYTES);
    caller->busy++;
    if (slot->easy && set_rules(slot->easy) && set_call(slot) &&
        curl_multi_add_handle(caller->multi, slot->easy) == CURLM_OK)
        return true;
    (void)finish(caller, slot, CURLE_URL_MALFORMAT);
    return false;
}

static void fill(HttpCaller *caller, const HttpCalls *calls) {
    HttpCall *call;
    while (caller->busy < calls->parallel && (call = calls->next(calls->argument)))
        if (!begin(caller, call)) calls->done(calls->argument, call);
}

/* Hands back what is done; the next second's calls come after them. */
static bool collect(HttpCaller *caller, const HttpCalls *calls) {
    bool any = false;
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(caller->multi, &left))) {
        CURL *easy = message->easy_handle;
        CURLcode code = message->data.result;
        Slot *slot;
        (void)curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&slot);
        (void)curl_multi_remove_handle(caller->multi, easy); /* message is gone with it */
        calls->done(calls->argument, finish(caller, slot, code));
        any = true;
    }
    return any;
}

void http_call_run(HttpCaller *caller, const HttpCalls *calls) {
    assert(calls->parallel > 0 && calls->parallel <= HTTP_CALL_PARALLEL_MAX);
    fill(caller, calls);
    while (caller->busy) {
        int running;
        (void)curl_multi_perform(caller->multi, &running);
        if (collect(caller, calls)) {
            fill(caller, calls);
            continue;
        }
        (void)curl_multi_poll(caller->multi, NULL, 0, NEXT_EVERY_MS, NULL);
        fill(caller, calls);
    }
}
