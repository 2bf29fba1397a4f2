-- What leaves by SMS, and through which gateway. Types are macros (store/migrate.c).

-- Messages to be sent. Destination and words are sealed under a key of the row's own, and all
-- three are dropped once it is sent or given up: what stays tells nothing of anybody.
CREATE TABLE outbox (
    org_id INT64 NOT NULL,
    outbox_id INT64 NOT NULL,       -- random
    channel TEXT NOT NULL,          -- sms
    purpose TEXT NOT NULL,          -- code | notice | reminder
    urgency INT64 NOT NULL,         -- 0 first: codes never wait behind reminders
    template_id TEXT NOT NULL,      -- as registered (TRAI DLT), or empty
    sealed_key BYTES,
    destination BYTES,              -- sealed E.164
    body BYTES,                     -- sealed
    created_at INT64 NOT NULL,
    next_try_at INT64 NOT NULL,     -- while one is under way: when its lease ends
    tries INT64 NOT NULL,           -- begun
    state TEXT NOT NULL,            -- waiting | sent | failed | expired
    ended_at INT64,                 -- when it left waiting
    expires_at INT64 NOT NULL,      -- useless from then on
    last_error TEXT NOT NULL,       -- of the newest failed try: outbound/sms_gateway.h
    PRIMARY KEY (org_id, outbox_id)
) KEYED;
CREATE INDEX outbox_by_due ON outbox (org_id, state, urgency, next_try_at);
CREATE INDEX outbox_by_end ON outbox (org_id, ended_at);

CREATE TABLE gateway (
    org_id INT64 PRIMARY KEY,
    kind TEXT NOT NULL,             -- log | http
    method TEXT NOT NULL,
    entity_id TEXT NOT NULL,        -- DLT: the organisation
    header TEXT NOT NULL,           -- DLT: the sender's name, "GKCLUB"
    success_text TEXT NOT NULL,     -- in the answer when it was taken; empty: the status says it
    timeout_ms INT64 NOT NULL,
    daily_cap INT64 NOT NULL,       -- messages a day
    sealed_key BYTES NOT NULL,
    url BYTES NOT NULL,             -- sealed, as the rest: keys of gateways hide anywhere in them
    headers BYTES NOT NULL,
    body BYTES NOT NULL,
    secret BYTES NOT NULL,
    changed_at INT64 NOT NULL
) STRICTLY;

-- The words that may be sent, as registered.
CREATE TABLE gateway_template (
    org_id INT64 NOT NULL,
    purpose TEXT NOT NULL,
    lang TEXT NOT NULL,             -- hi | en
    template_id TEXT NOT NULL,
    body TEXT NOT NULL,             -- with {code}, {organisation}
    PRIMARY KEY (org_id, purpose, lang)
) KEYED;

-- Messages that may have cost something, by day.
CREATE TABLE gateway_use (
    org_id INT64 NOT NULL,
    day INT64 NOT NULL,
    sent INT64 NOT NULL,
    PRIMARY KEY (org_id, day)
) KEYED;
