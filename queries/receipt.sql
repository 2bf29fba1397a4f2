-- Receipts as they were issued.

-- The book's label is the office's name for who holds it, the token's what it was made for.
-- name: receipt_issued
SELECT p.serial, p.sequence, p.at, p.amount_paise, p.method, p.state, b.financial_year, b.holder,
    coalesce(nullif(b.label, ''), t.label, '')
FROM payment p
JOIN receipt_book b ON b.org_id = p.org_id AND b.book = p.book
LEFT JOIN api_token t ON t.org_id = b.org_id AND b.holder = 'token:' || t.token_id
WHERE p.org_id = :org AND p.book = :book AND p.receipt = :number;

-- name: receipt_voided
SELECT b.financial_year, v.at FROM receipt_void v
JOIN receipt_book b ON b.org_id = v.org_id AND b.book = v.book
WHERE v.org_id = :org AND v.book = :book AND v.number = :number;

-- name: receipt_of_member
SELECT p.book, p.receipt, p.sequence, p.at, p.amount_paise, p.state, p.method, b.financial_year
FROM payment p JOIN receipt_book b ON b.org_id = p.org_id AND b.book = p.book
WHERE p.org_id = :org AND p.serial = :serial ORDER BY p.sequence DESC LIMIT :max;

-- What moved on the accounts by kind and day: collectors together, units together.
-- name: account_days
SELECT CASE WHEN account >= 'cash:token:' AND account < 'cash:token:~' THEN 'cash:token'
        WHEN account >= 'shares:' AND account < 'shares:~' THEN 'shares'
        ELSE account END AS kind, day, sum(debit), sum(credit)
FROM ledger_day WHERE org_id = :org AND day >= :first AND day <= :last GROUP BY kind, day;

-- name: account_before
SELECT CASE WHEN account >= 'cash:token:' AND account < 'cash:token:~' THEN 'cash:token'
        WHEN account >= 'shares:' AND account < 'shares:~' THEN 'shares'
        ELSE account END AS kind, sum(debit) - sum(credit)
FROM ledger_day WHERE org_id = :org AND day < :first GROUP BY kind;

-- What the ledger must agree with, now.
-- name: account_proof
SELECT
    (SELECT coalesce(sum(debit) - sum(credit), 0) FROM ledger_day d WHERE d.org_id = :org),
    (SELECT coalesce(sum(credit) - sum(debit), 0) FROM ledger_day d
     WHERE d.org_id = :org AND d.account = 'suspense'),
    (SELECT coalesce(sum(left_paise), 0) FROM payment_in p
     WHERE p.org_id = :org AND p.left_paise <> 0),
    (SELECT coalesce(sum(credit) - sum(debit), 0) FROM ledger_day d
     WHERE d.org_id = :org AND d.account IN ('fees', 'refunds')),
    (SELECT coalesce(sum(amount_paise), 0) FROM payment p
     WHERE p.org_id = :org AND p.state = 'received');
