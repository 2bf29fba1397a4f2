-- What the organisation decides about a denial, and the fees that go back. Types are macros
-- (store/migrate.c).

ALTER TABLE denial ADD COLUMN state TEXT NOT NULL DEFAULT 'open'; -- open | upheld | withdrawn
ALTER TABLE denial ADD COLUMN was TEXT NOT NULL DEFAULT '';       -- the member's state before it
ALTER TABLE denial ADD COLUMN decided_at INT64;
ALTER TABLE denial ADD COLUMN decided_by TEXT NOT NULL DEFAULT '';
ALTER TABLE denial ADD COLUMN reason TEXT NOT NULL DEFAULT '';
CREATE INDEX denial_by_state ON denial (org_id, state, denial_id);

-- Fees of people who turned out never to have joined: to be given back to whoever paid.
CREATE TABLE refund_due (
    org_id INT64 NOT NULL,
    serial INT64 NOT NULL,
    paise INT64 NOT NULL,
    reason TEXT NOT NULL,           -- "denial 12"
    since INT64 NOT NULL,
    settled_at INT64,
    settled_from TEXT NOT NULL,     -- account, or empty
    PRIMARY KEY (org_id, serial)
) KEYED;
CREATE INDEX refund_due_open ON refund_due (org_id, since, serial) WHERE settled_at IS NULL;
