/* Every limit of every input, in one place. Each has a message of its own in po/. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

enum {
    LIMIT_NAME_BYTES = 240,      /* a name as typed, any script */
    LIMIT_NAME_CODEPOINTS = 80,
    LIMIT_PHONE_BYTES = 32,      /* as typed; E.164 has at most 15 digits */
    LIMIT_PHONE_MEMBERS = 6,     /* members on one household phone */
    LIMIT_UNIT_CODE_BYTES = 32,
    LIMIT_UNIT_NAME_BYTES = 200,
    LIMIT_UNIT_DEPTH = 12,
    LIMIT_IDEMPOTENCY_KEY_BYTES = 80,
    LIMIT_NOTICE_VERSION_BYTES = 16,
    LIMIT_REASON_BYTES = 400,
    LIMIT_LABEL_BYTES = 80,
    LIMIT_CODE_BYTES = 2200,     /* a signed code as text */
    LIMIT_INFLATED_BYTES = 4096, /* CBOR of a signed code */
    LIMIT_BODY_BYTES = 65536,    /* a request's body, unless its route says otherwise */
    LIMIT_PHOTO_BYTES = 8 << 20,
    LIMIT_LOST_BYTES = 1 << 20,  /* of a body that is refused: read before we hang up, */
    LIMIT_LOST_FILE_BYTES = 32 << 20, /* and so much of a file, whose form is to say why */
    LIMIT_STATEMENT_BYTES = 8 << 20, /* an account statement at the desk; verbs take more */
    LIMIT_PHOTO_PIXELS = 40000000,
    LIMIT_URL_BYTES = 4096,
    LIMIT_SEARCH_BYTES = 100,
    LIMIT_TOWN_BYTES = 120,
    LIMIT_BIRTH_YEAR_MIN = 1900,
    LIMIT_AGE_MIN = 0,
    LIMIT_FEE_PAISE_MAX = 100000000, /* ten lakh rupees */
    LIMIT_REQUEST_ARENA_BYTES = 4 << 20,
    LIMIT_COMMAND_ARENA_BYTES = 256 << 20,
    LIMIT_RESPONSE_BYTES = 2 << 20,
    LIMIT_TOKEN_DAYS_MAX = 3650,
};

#endif
