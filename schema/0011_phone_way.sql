-- Proving a phone otherwise than by a code that is sent to it. Types are macros (store/migrate.c).

-- What the organisation offers beside codes; no row: codes alone.
CREATE TABLE phone_way (
    org_id INT64 PRIMARY KEY,
    code INT64 NOT NULL,            -- 1: codes are sent, where they can be
    witness INT64 NOT NULL,         -- 1: enrollers may say whose phone it is
    sms_number TEXT NOT NULL,       -- where members send their SMS to; empty: not offered
    call_number TEXT NOT NULL,      -- which members give a missed call; empty: not offered
    keyword TEXT NOT NULL,          -- what an SMS to a shared number begins with, or empty
    field_from TEXT NOT NULL,       -- names in what the provider of the numbers posts
    field_text TEXT NOT NULL,
    field_time TEXT NOT NULL,
    field_id TEXT NOT NULL,
    sealed_key BYTES NOT NULL,
    secret BYTES NOT NULL           -- sealed
) STRICTLY;

-- A phone that somebody is asked to prove by an SMS or a missed call of its own.
CREATE TABLE phone_wait (
    org_id INT64 NOT NULL,
    owner BYTES NOT NULL,           -- hash of the secret of whoever waits (of a join: its cookie's)
    phone_hash BYTES NOT NULL,
    act TEXT NOT NULL,              -- join
    digits TEXT NOT NULL,           -- of the SMS: no secret, it proves nothing from another phone
    begun_at INT64 NOT NULL,
    proof TEXT NOT NULL,            -- empty | sms_in | missed_call
    PRIMARY KEY (org_id, owner)
) KEYED;
CREATE INDEX phone_wait_by_phone ON phone_wait (org_id, phone_hash, begun_at);
CREATE INDEX phone_wait_by_age ON phone_wait (org_id, begun_at);

-- What came in already: the same event counts once.
CREATE TABLE incoming_seen (
    org_id INT64 NOT NULL,
    id_hash BYTES NOT NULL,         -- keyed, of the provider's id
    at INT64 NOT NULL,
    PRIMARY KEY (org_id, id_hash)
) KEYED;
CREATE INDEX incoming_seen_by_age ON incoming_seen (org_id, at);
