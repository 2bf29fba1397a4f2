-- Who says not to have joined, what is decided about it, and the fees that go back.

-- name: denial_next
SELECT coalesce(max(denial_id), 0) + 1 FROM denial WHERE org_id = :org;

-- name: denial_insert
INSERT INTO denial (org_id, denial_id, serial, at, unit_id, how, enrolled_by, enroller_serial,
    state, was, decided_by, reason)
VALUES (:org, :denial, :serial, :at, :unit, :how, :enrolled_by, :enroller_serial, 'open', :was,
    '', '');

-- Those about which nothing is decided yet.
-- name: denial_of_member
SELECT count(*) FROM denial WHERE org_id = :org AND serial = :serial AND state = 'open';

-- name: denial_open_of_member
SELECT denial_id FROM denial
WHERE org_id = :org AND serial = :serial AND state = 'open' ORDER BY denial_id DESC LIMIT 1;

-- name: denial_read
SELECT d.denial_id, d.serial, d.at, d.unit_id, u.code, d.how, d.enrolled_by, d.enroller_serial,
    d.state, d.was, d.decided_at, d.decided_by, d.reason
FROM denial d JOIN unit u ON u.org_id = d.org_id AND u.unit_id = d.unit_id
WHERE d.org_id = :org AND d.denial_id = :denial;

-- Newest first, below the cursor, of one unit with all below it (its id as text); an empty state:
-- any.
-- name: denial_list
SELECT d.denial_id, d.serial, d.at, d.unit_id, u.code, d.how, d.enrolled_by, d.enroller_serial,
    d.state, d.was, d.decided_at, d.decided_by, d.reason
FROM denial d JOIN unit u ON u.org_id = d.org_id AND u.unit_id = d.unit_id
WHERE d.org_id = :org AND d.denial_id < :before AND (:state = '' OR d.state = :state)
    AND '/' || u.path || '/' LIKE '%/' || :unit || '/%'
ORDER BY d.denial_id DESC LIMIT :max;

-- By who enrolled and unit, the most first. Those that were withdrawn count no more.
-- name: denial_counts
SELECT d.enrolled_by, d.enroller_serial, min(u.code) AS code, count(*) AS denials,
    sum(CASE WHEN d.state = 'upheld' THEN 1 ELSE 0 END)
FROM denial d JOIN unit u ON u.org_id = d.org_id AND u.unit_id = d.unit_id
WHERE d.org_id = :org AND d.state <> 'withdrawn'
    AND '/' || u.path || '/' LIKE '%/' || :unit || '/%'
GROUP BY d.enrolled_by, d.enroller_serial, d.unit_id
ORDER BY denials DESC, code LIMIT :max;

-- name: denial_decide
UPDATE denial SET state = :state, decided_at = :now, decided_by = :by, reason = :reason
WHERE org_id = :org AND denial_id = :denial AND state = 'open';

-- On hold for another reason, too: taking the denial back does not end that.
-- name: denial_keep_on_hold
UPDATE denial SET was = 'suspended'
WHERE org_id = :org AND serial = :serial AND state = 'open' AND was <> 'suspended';

-- name: refund_due_put
INSERT INTO refund_due (org_id, serial, paise, reason, since, settled_at, settled_from)
VALUES (:org, :serial, :paise, :reason, :now, NULL, '')
ON CONFLICT (org_id, serial) DO NOTHING;

-- Oldest first, behind the cursor.
-- name: refund_due_list
SELECT serial, paise, reason, since FROM refund_due
WHERE org_id = :org AND settled_at IS NULL AND (since, serial) > (:since, :serial)
ORDER BY since, serial LIMIT :max;

-- name: refund_due_read
SELECT paise FROM refund_due WHERE org_id = :org AND serial = :serial AND settled_at IS NULL;

-- name: refund_due_settle
UPDATE refund_due SET settled_at = :now, settled_from = :from
WHERE org_id = :org AND serial = :serial AND settled_at IS NULL;
