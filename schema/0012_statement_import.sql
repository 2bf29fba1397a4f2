-- Account statements that came in at the desk, how their columns were understood, and decisions
-- about money that came in. Types are macros (store/migrate.c).

CREATE TABLE statement_import (
    org_id INT64 NOT NULL,
    import_id INT64 NOT NULL,       -- random
    at INT64 NOT NULL,
    token_id INT64 NOT NULL,        -- who brought it: api_token
    state TEXT NOT NULL,            -- draft | counting | done
    columns TEXT NOT NULL,          -- statement_columns_text, once confirmed; else empty
    every INT64 NOT NULL,           -- 1: nobody's credits are recorded too
    credits INT64 NOT NULL,         -- lines that came in, once counting began
    sum_paise INT64 NOT NULL,
    first_day INT64 NOT NULL,
    last_day INT64 NOT NULL,
    looked INT64 NOT NULL,          -- how many of them were gone through
    fresh INT64 NOT NULL,           -- how many of these were not in the books before
    PRIMARY KEY (org_id, import_id)
) KEYED;
CREATE INDEX statement_import_by_time ON statement_import (org_id, at, import_id);
CREATE INDEX statement_import_by_state ON statement_import (org_id, state, import_id);

-- The file itself, sealed, for a day at most.
CREATE TABLE statement_file (
    org_id INT64 NOT NULL,
    import_id INT64 NOT NULL,
    expires_at INT64 NOT NULL,
    sealed_key BYTES NOT NULL,
    file BYTES NOT NULL,
    PRIMARY KEY (org_id, import_id)
) KEYED;
CREATE INDEX statement_file_by_expiry ON statement_file (org_id, expires_at);

-- What somebody confirmed about a heading: the next file of the same account is read so.
CREATE TABLE statement_layout (
    org_id INT64 NOT NULL,
    signature TEXT NOT NULL,        -- statement_columns_signature
    columns TEXT NOT NULL,
    at INT64 NOT NULL,
    PRIMARY KEY (org_id, signature)
) KEYED;

-- Orders whose money is awaited, the longest first.
CREATE INDEX fee_order_claimed ON fee_order (org_id, claimed_at, order_id) WHERE state = 'claimed';

-- payment_in.state may also be kept (left for later, with a reason) or returning (to be paid back).
ALTER TABLE payment_in ADD COLUMN decided_at INT64;
ALTER TABLE payment_in ADD COLUMN returned_by TEXT NOT NULL DEFAULT ''; -- the transfer
