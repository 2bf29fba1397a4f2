-- Appeals against rejected claims of payment.

-- name: appeal_next
SELECT coalesce(max(appeal_id), 0) + 1 FROM appeal WHERE org_id = :org;

-- name: appeal_insert
INSERT INTO appeal (org_id, appeal_id, order_id, at, state, sealed_key, body, answer, decided_at,
    decided_by)
VALUES (:org, :appeal, :order, :at, 'open', :sealed_key, :body, '', NULL, '')
ON CONFLICT DO NOTHING;

-- name: appeal_of_order
SELECT appeal_id, order_id, at, state, sealed_key, body, answer, decided_at FROM appeal
WHERE org_id = :org AND order_id = :order ORDER BY appeal_id DESC LIMIT 1;

-- name: appeal_read
SELECT appeal_id, order_id, at, state, sealed_key, body, answer, decided_at FROM appeal
WHERE org_id = :org AND appeal_id = :appeal;

-- name: appeal_list
SELECT appeal_id, order_id, at, state, sealed_key, body, answer, decided_at FROM appeal
WHERE org_id = :org AND state = :state AND appeal_id > :after ORDER BY appeal_id LIMIT :max;

-- name: appeal_count_open
SELECT count(*) FROM appeal WHERE org_id = :org AND state = 'open';

-- name: appeal_decide
UPDATE appeal SET state = :state, answer = :answer, decided_at = :at, decided_by = :by,
    sealed_key = NULL, body = NULL
WHERE org_id = :org AND appeal_id = :appeal AND state = 'open';

-- The claim was confirmed or claimed anew and restored by hand: nothing is left to decide.
-- name: appeal_settle
UPDATE appeal SET state = 'restored', decided_at = :at, decided_by = :by, sealed_key = NULL,
    body = NULL
WHERE org_id = :org AND order_id = :order AND state = 'open';
