-- Coming back with nothing but the phone. Types are macros (store/migrate.c).

-- A browser at the sign-in page: a code was sent to the phone, or came back right and one of the
-- phone's members may be chosen for a short while. Nothing here tells whether there is any.
CREATE TABLE sign_in (
    org_id INT64 NOT NULL,
    secret_hash BYTES NOT NULL,     -- of the cookie, which is new once the code was right
    sealed_key BYTES NOT NULL,
    phone BYTES NOT NULL,           -- sealed E.164
    code_hash BYTES,
    code_expires_at INT64,
    code_tries INT64 NOT NULL,
    open_until INT64,               -- NULL: the code is awaited
    expires_at INT64 NOT NULL,
    PRIMARY KEY (org_id, secret_hash)
) KEYED;
CREATE INDEX sign_in_by_expiry ON sign_in (org_id, expires_at);
