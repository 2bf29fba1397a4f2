-- Who signed in at the desk: a browser in place of a bearer token. Types are macros
-- (store/migrate.c).
CREATE TABLE desk_session (
    org_id INT64 NOT NULL,
    secret_hash BYTES NOT NULL,     -- of the cookie
    token_id INT64 NOT NULL,        -- api_token whose rights it has, as long as that is valid
    opened_at INT64 NOT NULL,
    expires_at INT64 NOT NULL,
    PRIMARY KEY (org_id, secret_hash)
) KEYED;
CREATE INDEX desk_session_by_expiry ON desk_session (org_id, expires_at);
