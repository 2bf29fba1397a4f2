-- Joining for everybody: kinds with terms, guardians of minors, members abroad. Types are macros
-- (store/migrate.c).

ALTER TABLE organisation ADD COLUMN code_daily_cap INT64 NOT NULL DEFAULT 100000;
ALTER TABLE organisation ADD COLUMN phone_members INT64 NOT NULL DEFAULT 6;

ALTER TABLE membership_kind ADD COLUMN renew_days INT64 NOT NULL DEFAULT 30;
ALTER TABLE membership_kind ADD COLUMN grace_days INT64 NOT NULL DEFAULT 0;
ALTER TABLE membership_kind ADD COLUMN rights TEXT NOT NULL DEFAULT '';
ALTER TABLE membership_kind ADD COLUMN closed_at INT64;

-- Abroad: the city as typed. In India the unit says it.
ALTER TABLE member ADD COLUMN town TEXT NOT NULL DEFAULT '';
-- Whose term ends when: what the daily expiry reads.
CREATE INDEX member_by_expiry ON member (org_id, expires_at)
    WHERE expires_at IS NOT NULL AND state IN ('provisional', 'confirmed');

-- purpose: membership | messages. given_by: self | guardian.
ALTER TABLE consent ADD COLUMN purpose TEXT NOT NULL DEFAULT 'membership';
ALTER TABLE consent ADD COLUMN given_by TEXT NOT NULL DEFAULT 'self';

-- Who answers for a minor; sealed under the member's own key.
CREATE TABLE guardian (
    org_id INT64 NOT NULL,
    serial INT64 NOT NULL,
    name BYTES NOT NULL,
    phone BYTES NOT NULL,           -- E.164
    proof TEXT NOT NULL,            -- unconfirmed | code
    PRIMARY KEY (org_id, serial)
) KEYED;

-- Joins that are not finished, the oldest first: of a flood they give way.
CREATE INDEX application_unfinished ON application (org_id, expires_at)
    WHERE step IN ('form', 'check', 'code');
