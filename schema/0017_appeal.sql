-- Claims that were rejected, and what their people say to it. Types are macros (store/migrate.c).

ALTER TABLE fee_order ADD COLUMN rejected_reason TEXT NOT NULL DEFAULT ''; -- of the newest
ALTER TABLE fee_order ADD COLUMN rejected_at INT64;
ALTER TABLE fee_order ADD COLUMN joined_into INT64; -- an order for these people and others

-- One open appeal to an order. What was said is sealed, and dropped once it is decided.
CREATE TABLE appeal (
    org_id INT64 NOT NULL,
    appeal_id INT64 NOT NULL,
    order_id INT64 NOT NULL,
    at INT64 NOT NULL,
    state TEXT NOT NULL,            -- open | restored | kept
    sealed_key BYTES,
    body BYTES,
    answer TEXT NOT NULL,           -- shown at the order's page; nothing personal
    decided_at INT64,
    decided_by TEXT NOT NULL,
    PRIMARY KEY (org_id, appeal_id)
) KEYED;
CREATE UNIQUE INDEX appeal_one_open ON appeal (org_id, order_id) WHERE state = 'open';
CREATE INDEX appeal_of_order ON appeal (org_id, order_id, appeal_id);
CREATE INDEX appeal_by_state ON appeal (org_id, state, appeal_id);
