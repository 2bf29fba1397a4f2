-- What looks odd in how people join and pay: a queue for the organisation. Types are macros
-- (store/migrate.c).

-- Whom somebody enrolled, newest last.
CREATE INDEX member_by_token ON member (org_id, enrolled_by, joined_at, serial)
    WHERE enrolled_by IS NOT NULL;
CREATE INDEX member_by_enroller ON member (org_id, enroller_serial, joined_at, serial)
    WHERE enroller_serial IS NOT NULL;
CREATE INDEX denial_by_token ON denial (org_id, enrolled_by) WHERE enrolled_by IS NOT NULL;
CREATE INDEX denial_by_enroller ON denial (org_id, enroller_serial)
    WHERE enroller_serial IS NOT NULL;
CREATE INDEX denial_by_unit ON denial (org_id, unit_id);

CREATE TABLE oddity (
    org_id INT64 NOT NULL,
    oddity_id INT64 NOT NULL,
    kind TEXT NOT NULL,             -- oddity.h
    subject TEXT NOT NULL,          -- "token:7" "member:12" "unit:5" "utr:…", "phone:" with a
                                    -- keyed hash
    day INT64 NOT NULL,             -- of a burst: each day its own; otherwise 0
    unit_id INT64 NOT NULL,         -- the smallest that has all of it
    enrolled_by INT64,              -- api_token id of who enrolled
    enroller_serial INT64,          -- the member credited
    several INT64 NOT NULL,         -- 1: and others
    found INT64 NOT NULL,           -- how many
    out_of INT64 NOT NULL,          -- of how many; 0: that is no question
    first_at INT64 NOT NULL,
    last_at INT64 NOT NULL,
    state TEXT NOT NULL,            -- open | examined | fine | acted
    live INT64 NOT NULL,            -- 1 while open or examined
    decided_at INT64,
    decided_by TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (org_id, oddity_id)
) KEYED;
CREATE UNIQUE INDEX oddity_once ON oddity (org_id, kind, subject, day) WHERE live = 1;
CREATE INDEX oddity_of_subject ON oddity (org_id, kind, subject, day, oddity_id);
CREATE INDEX oddity_by_live ON oddity (org_id, live, oddity_id);

-- From how many on something is odd, where the organisation chose another number.
CREATE TABLE oddity_rule (
    org_id INT64 NOT NULL,
    kind TEXT NOT NULL,
    many INT64 NOT NULL,
    minutes INT64 NOT NULL,         -- within so many; 0 where time does not matter
    PRIMARY KEY (org_id, kind)
) KEYED;

-- How far the look has come: each look reads only what came since.
CREATE TABLE oddity_look (
    org_id INT64 NOT NULL,
    source TEXT NOT NULL,           -- member | payment
    upto INT64 NOT NULL,
    PRIMARY KEY (org_id, source)
) KEYED;
