-- How much waits at the desk, up to a bound: by index, and no further than the bound.

-- name: desk_waiting_corrections
SELECT count(*) FROM (SELECT 1 FROM correction c
    JOIN member m ON m.org_id = c.org_id AND m.serial = c.serial
    JOIN unit u ON u.org_id = m.org_id AND u.unit_id = m.unit_id
    WHERE c.org_id = :org AND c.state = 'asked'
        AND m.state IN ('provisional', 'confirmed', 'suspended')
        AND '/' || u.path || '/' LIKE '%/' || :unit || '/%' LIMIT :max) AS w;

-- name: desk_waiting_denials
SELECT count(*) FROM (SELECT 1 FROM denial d
    JOIN unit u ON u.org_id = d.org_id AND u.unit_id = d.unit_id
    WHERE d.org_id = :org AND d.state = 'open'
        AND '/' || u.path || '/' LIKE '%/' || :unit || '/%' LIMIT :max) AS w;

-- name: desk_waiting_oddities
SELECT count(*) FROM (SELECT 1 FROM oddity o
    JOIN unit u ON u.org_id = o.org_id AND u.unit_id = o.unit_id
    WHERE o.org_id = :org AND o.live = 1
        AND '/' || u.path || '/' LIKE '%/' || :unit || '/%' LIMIT :max) AS w;

-- name: desk_waiting_payments
SELECT count(*) FROM (SELECT 1 FROM payment_in
    WHERE org_id = :org AND state = 'open' ORDER BY payment_id LIMIT :max) AS w;

-- name: desk_waiting_claims
SELECT count(*) FROM (SELECT 1 FROM fee_order
    WHERE org_id = :org AND state = 'claimed' ORDER BY claimed_at LIMIT :max) AS w;

-- name: desk_waiting_appeals
SELECT count(*) FROM (SELECT 1 FROM appeal
    WHERE org_id = :org AND state = 'open' ORDER BY appeal_id LIMIT :max) AS w;

-- name: desk_waiting_refunds
SELECT count(*) FROM (SELECT 1 FROM refund_due
    WHERE org_id = :org AND settled_at IS NULL ORDER BY since LIMIT :max) AS w;
