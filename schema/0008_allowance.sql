-- What is allowed in a day, on a phone, in a hand, and how much of it each enroller has used. Types
-- are macros (store/migrate.c).

-- Apart from the organisation's own row, which every enrolment writes: this one is read by every
-- enrolment and hardly ever changes.
CREATE TABLE allowance (
    org_id INT64 PRIMARY KEY,
    codes_day INT64 NOT NULL,       -- one-time codes, to all phones together
    phone_members INT64 NOT NULL,   -- members on one household phone
    joins_day INT64 NOT NULL,       -- enrolments by one enroller
    cash_paise INT64 NOT NULL       -- in the hands of one collector
) STRICTLY;
INSERT INTO allowance (org_id, codes_day, phone_members, joins_day, cash_paise)
    SELECT org_id, code_daily_cap, phone_members, 200, 2500000 FROM organisation;
ALTER TABLE organisation DROP COLUMN code_daily_cap;
ALTER TABLE organisation DROP COLUMN phone_members;

-- More (or less) for one enroller, until a time.
CREATE TABLE enroller_allowance (
    org_id INT64 NOT NULL,
    enroller TEXT NOT NULL,         -- "token:7" | "member:12"
    joins_day INT64 NOT NULL,
    cash_paise INT64 NOT NULL,
    until INT64 NOT NULL,
    given_by TEXT NOT NULL,
    given_at INT64 NOT NULL,
    PRIMARY KEY (org_id, enroller)
) KEYED;

-- Enrolments by day of who did them (a token) and of who is credited with them (a member) when a
-- token did. unconfirmed: of these, without a phone that answered.
CREATE TABLE enroller_day (
    org_id INT64 NOT NULL,
    enroller TEXT NOT NULL,
    day INT64 NOT NULL,
    joins INT64 NOT NULL,
    unconfirmed INT64 NOT NULL,
    PRIMARY KEY (org_id, enroller, day)
) KEYED;
