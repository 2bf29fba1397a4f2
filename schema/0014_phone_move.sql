-- Moving to another phone. Types are macros (store/migrate.c).

-- A member who proves another phone. Sealed under the member's own key.
CREATE TABLE phone_move (
    org_id INT64 NOT NULL,
    serial INT64 NOT NULL,
    phone BYTES NOT NULL,           -- E.164
    phone_of TEXT NOT NULL,         -- self | household
    code_hash BYTES,
    code_expires_at INT64,
    code_tries INT64 NOT NULL,
    expires_at INT64 NOT NULL,
    PRIMARY KEY (org_id, serial)
) KEYED;
CREATE INDEX phone_move_by_expiry ON phone_move (org_id, expires_at);
