-- The treasury: a double-entry ledger, orders for fees, money that came in, receipt books.
-- Types are macros (store/migrate.c). Money is paise; a debit is positive, a credit negative.

-- What happened, numbered within its day. Appended only; a mistake is mended by another entry.
CREATE TABLE ledger_entry (
    org_id INT64 NOT NULL,
    day INT64 NOT NULL,
    number INT64 NOT NULL,          -- 1, 2, … of the day
    at INT64 NOT NULL,
    kind TEXT NOT NULL,             -- fee money refund return deposit share payout charges
    subject TEXT NOT NULL,          -- "member:12", "payment:7", "token:7"
    actor TEXT NOT NULL,
    note TEXT NOT NULL,             -- a reason where there is one; no personal data
    PRIMARY KEY (org_id, day, number)
) KEYED;

CREATE TABLE ledger_line (
    org_id INT64 NOT NULL,
    day INT64 NOT NULL,
    number INT64 NOT NULL,
    line INT64 NOT NULL,
    account TEXT NOT NULL,          -- ledger.h
    paise INT64 NOT NULL,           -- not 0; the lines of an entry add up to 0
    PRIMARY KEY (org_id, day, number, line)
) KEYED;

-- Derived: what moved on an account on a day, so that a balance is read from a few hundred rows.
CREATE TABLE ledger_day (
    org_id INT64 NOT NULL,
    account TEXT NOT NULL,
    day INT64 NOT NULL,
    debit INT64 NOT NULL,
    credit INT64 NOT NULL,          -- as a positive number
    PRIMARY KEY (org_id, account, day)
) KEYED;

-- A fee to be paid, for one person or several. Its reference is derived from its id by a key.
CREATE TABLE fee_order (
    org_id INT64 NOT NULL,
    order_id INT64 NOT NULL,
    state TEXT NOT NULL,            -- fee_order.h: open claimed paid
    amount_paise INT64 NOT NULL,
    way TEXT NOT NULL,              -- how it is claimed or was paid, or empty
    utr TEXT NOT NULL,              -- the 12 digits that the payer typed, or empty
    gateway_order TEXT NOT NULL,    -- the gateway's name of it, or empty
    created_at INT64 NOT NULL,
    claimed_at INT64,
    ended_at INT64,
    PRIMARY KEY (org_id, order_id)
) KEYED;
CREATE INDEX fee_order_by_utr ON fee_order (org_id, utr, order_id);
CREATE INDEX fee_order_by_gateway ON fee_order (org_id, gateway_order);

CREATE TABLE fee_order_member (
    org_id INT64 NOT NULL,
    order_id INT64 NOT NULL,
    serial INT64 NOT NULL,
    fee_paise INT64 NOT NULL,
    PRIMARY KEY (org_id, order_id, serial)
) KEYED;
CREATE INDEX fee_order_of_member ON fee_order_member (org_id, serial, order_id);

-- Money that came in by a gateway or a bank, each once. What is left of it stands in suspense.
CREATE TABLE payment_in (
    org_id INT64 NOT NULL,
    payment_id INT64 NOT NULL,
    source TEXT NOT NULL,           -- demo | razorpay | bank
    external_id TEXT NOT NULL,      -- the gateway's payment, or the statement line's own
    at INT64 NOT NULL,
    amount_paise INT64 NOT NULL,
    left_paise INT64 NOT NULL,      -- not yet for anybody's fee nor given back
    utr TEXT NOT NULL,
    gateway_order TEXT NOT NULL,
    reference TEXT NOT NULL,        -- of an order, as given with the money, or empty
    order_id INT64,                 -- the order it came for, or NULL
    state TEXT NOT NULL,            -- open: to be settled | kept | returning | settled | refunded
    problem TEXT NOT NULL,          -- unknown short excess double late ambiguous, or empty
    reason TEXT NOT NULL,           -- what somebody wrote who decided about it
    PRIMARY KEY (org_id, payment_id)
) KEYED;
CREATE UNIQUE INDEX payment_in_once ON payment_in (org_id, source, external_id);
CREATE INDEX payment_in_open ON payment_in (org_id, state, payment_id);
CREATE INDEX payment_in_by_order ON payment_in (org_id, order_id, payment_id);
CREATE INDEX payment_in_by_utr ON payment_in (org_id, utr);
CREATE INDEX payment_in_by_gateway ON payment_in (org_id, gateway_order);
CREATE INDEX payment_in_by_reference ON payment_in (org_id, reference);

-- How the organisation lets people pay. Secrets are sealed under a key of the row's own.
CREATE TABLE pay_way (
    org_id INT64 NOT NULL,
    way TEXT NOT NULL,              -- demo | razorpay | upi | bank | cash
    is_on INT64 NOT NULL,
    detail TEXT NOT NULL,           -- upi: the VPA; bank: the account as text; razorpay:
                                    -- a payment page of its own, or empty
    payee TEXT NOT NULL,            -- upi: name of the payee
    sealed_key BYTES,
    secret BYTES,                   -- razorpay: secret of the webhook
    PRIMARY KEY (org_id, way)
) KEYED;

ALTER TABLE receipt_book ADD COLUMN unit_id INT64;     -- where it is used; NULL: anywhere
ALTER TABLE receipt_book ADD COLUMN issued_at INT64;
ALTER TABLE receipt_book ADD COLUMN until INT64;       -- NULL: to the end of its year
ALTER TABLE receipt_book ADD COLUMN label TEXT;        -- who holds it, as the office says

CREATE TABLE receipt_void (
    org_id INT64 NOT NULL,
    book INT64 NOT NULL,
    number INT64 NOT NULL,
    at INT64 NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (org_id, book, number)
) KEYED;

CREATE INDEX member_applied ON member (org_id, joined_at, serial) WHERE state = 'applied';
