-- Parts of fees that belong to units.

-- name: unit_share_list
SELECT s.from_day, s.kind, s.basis_points, k.rank FROM unit_share s
JOIN unit_kind k ON k.org_id = s.org_id AND k.kind = s.kind
WHERE s.org_id = :org ORDER BY s.from_day, k.rank;

-- name: unit_share_clear
DELETE FROM unit_share WHERE org_id = :org AND from_day = :from_day;

-- name: unit_share_insert
INSERT INTO unit_share (org_id, from_day, kind, basis_points)
VALUES (:org, :from_day, :kind, :basis_points);

-- Fees of one set's time by the unit where the member was counted then, and by amount: how many in
-- the period, how many went back in it, and both from the beginning. One that went back before it
-- was noted when is left out of all.
-- name: unit_share_fees
SELECT u.unit_id, u.path, x.amount_paise,
    sum(CASE WHEN x.at >= :first THEN 1 ELSE 0 END),
    sum(CASE WHEN x.returned_at >= :first AND x.returned_at < :until THEN 1 ELSE 0 END),
    count(*),
    sum(CASE WHEN x.returned_at < :until THEN 1 ELSE 0 END)
FROM (
    SELECT p.org_id, p.at, p.amount_paise, r.at AS returned_at,
        (SELECT e.unit_id FROM member_event e
         WHERE e.org_id = p.org_id AND e.serial = p.serial AND e.at <= p.at
         ORDER BY e.sequence DESC LIMIT 1) AS unit_id
    FROM payment p
    LEFT JOIN payment_refund r
        ON r.org_id = p.org_id AND r.serial = p.serial AND r.sequence = p.sequence
    WHERE p.org_id = :org AND p.at >= :set_from AND p.at < :set_until AND p.at < :until
        AND (p.state = 'received' OR r.at IS NOT NULL)
) x
JOIN unit u ON u.org_id = x.org_id AND u.unit_id = x.unit_id
GROUP BY u.unit_id, u.path, x.amount_paise;

-- name: payment_refund_insert
INSERT INTO payment_refund (org_id, serial, sequence, at)
SELECT org_id, serial, sequence, :at FROM payment
WHERE org_id = :org AND serial = :serial AND state = 'received';

-- name: unit_share_rank
SELECT k.rank FROM unit u JOIN unit_kind k ON k.org_id = u.org_id AND k.kind = u.kind
WHERE u.org_id = :org AND u.unit_id = :unit;
