-- What members do themselves on their card page. Types are macros (store/migrate.c).

-- A browser at a card page: a code was asked for, or came back right and acts are allowed for a
-- short while. Bound to the member and to the generation of the page's address.
CREATE TABLE act_session (
    org_id INT64 NOT NULL,
    secret_hash BYTES NOT NULL,     -- of the cookie, which is new once the code was right
    serial INT64 NOT NULL,
    generation INT64 NOT NULL,
    code_hash BYTES,
    code_expires_at INT64,
    code_tries INT64 NOT NULL,
    open_until INT64,               -- NULL: the code is awaited
    expires_at INT64 NOT NULL,
    PRIMARY KEY (org_id, secret_hash)
) KEYED;
CREATE INDEX act_session_by_expiry ON act_session (org_id, expires_at);

-- "I did not join": who enrolled, so that it can be counted.
CREATE TABLE denial (
    org_id INT64 NOT NULL,
    denial_id INT64 NOT NULL,
    serial INT64 NOT NULL,
    at INT64 NOT NULL,
    unit_id INT64 NOT NULL,         -- where counted then
    how TEXT NOT NULL,              -- as in member
    enrolled_by INT64,              -- api_token id, or NULL: by oneself
    enroller_serial INT64,          -- the member credited with it, or NULL
    PRIMARY KEY (org_id, denial_id)
) KEYED;
CREATE INDEX denial_by_member ON denial (org_id, serial);

-- Another name than the one that was enrolled: asked by the member, decided by the organisation.
CREATE TABLE correction (
    org_id INT64 NOT NULL,
    correction_id INT64 NOT NULL,
    serial INT64 NOT NULL,
    name TEXT NOT NULL,
    name_alt TEXT NOT NULL,
    state TEXT NOT NULL,            -- asked | accepted | refused | withdrawn
    asked_at INT64 NOT NULL,
    decided_at INT64,
    decided_by TEXT NOT NULL,       -- "token:7", "operator", or empty
    reason TEXT NOT NULL,
    PRIMARY KEY (org_id, correction_id)
) KEYED;
CREATE INDEX correction_by_member ON correction (org_id, serial, state);
CREATE INDEX correction_by_state ON correction (org_id, state, correction_id);

-- Sealed under the member's key. draft: the whole picture, until the crop is chosen.
CREATE TABLE member_photo (
    org_id INT64 NOT NULL,
    serial INT64 NOT NULL,
    photo BYTES,
    draft BYTES,
    changed_at INT64 NOT NULL,
    PRIMARY KEY (org_id, serial)
) KEYED;

-- What a member may add to the card; no code carries it. Sealed under the member's key.
CREATE TABLE member_optional (
    org_id INT64 NOT NULL,
    serial INT64 NOT NULL,
    relative BYTES,                 -- parent's or spouse's name
    blood_group BYTES,
    emergency BYTES,                -- E.164
    changed_at INT64 NOT NULL,
    PRIMARY KEY (org_id, serial)
) KEYED;
