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
SELECT book, receipt, sequence, at, amount_paise, state FROM payment
WHERE org_id = :org AND serial = :serial ORDER BY sequence DESC LIMIT :max;
