/* One SMS as one HTTP request, as the gateway's documents want it, and what its answer means. */
#ifndef OUTBOUND_SMS_GATEWAY_H
#define OUTBOUND_SMS_GATEWAY_H

#include "outbound/http_call.h"

/* Blanks in url, headers and body: {phone} (E.164), {digits} (without the plus), {text},
 * {template_id}, {entity_id}, {header}, {secret}. They are percent-encoded in addresses and forms,
 * written as the inside of a JSON string in JSON; {secret} in headers is as it is. */
typedef struct SmsGateway {
    Text url, method;
    Text headers; /* "Name: value", one a line */
    Text body;    /* JSON when the Content-Type says so or, without one, when it begins so */
    Text secret, entity_id, header;
    Text success_text; /* in the answer when the message was taken; empty: the status says it */
    int timeout_ms;
} SmsGateway;

typedef struct SmsMessage {
    Text phone, text, template_id;
} SmsMessage;

/* The request in the arena, texts and all. false: it does not fit, or what fills a header would
 * break its line. */
bool sms_gateway_fill(Arena *arena, const SmsGateway *gateway, const SmsMessage *message,
                      HttpCall *ret);

typedef enum SmsVerdict {
    SMS_SENT,     /* the gateway says that it took it */
    SMS_NOT_SENT, /* for sure: it was not reached, or it said no */
    SMS_UNSURE,   /* perhaps it took it: no answer, or none that one understands */
} SmsVerdict;

/* Only 2xx with the success text is SMS_SENT. ret_reason says why not, without a word of what was
 * sent or answered: "status 503", "timed out", "no success text"; "" when sent. In the arena. */
SmsVerdict sms_gateway_judge(Arena *arena, Text success_text, const HttpCall *call,
                             Text *ret_reason);

#endif
