-- Messages to be sent, and the gateway they go through.

-- name: outbox_insert
INSERT INTO outbox (org_id, outbox_id, channel, purpose, urgency, template_id, sealed_key,
    destination, body, created_at, next_try_at, tries, state, ended_at, expires_at, last_error)
VALUES (:org, :outbox, 'sms', :purpose, :urgency, :template, :sealed_key, :destination, :body,
    :now, :now, 0, 'waiting', NULL, :expires_at, '');

-- name: outbox_due
SELECT count(*) FROM (SELECT 1 FROM outbox
WHERE org_id = :org AND state = 'waiting' AND urgency IN (0, 1, 2) AND next_try_at <= :now
LIMIT 1) AS due;

-- Those that wait without urgency, up to so many.
-- name: outbox_waiting_reminders
SELECT count(*) FROM (SELECT 1 FROM outbox
WHERE org_id = :org AND state = 'waiting' AND urgency = 2 LIMIT :max) AS waiting;

-- name: outbox_take
UPDATE outbox SET next_try_at = :lease_ends_at, tries = outbox.tries + 1
WHERE org_id = :org AND outbox_id IN (
    SELECT o.outbox_id FROM outbox o
    WHERE o.org_id = :org AND o.state = 'waiting' AND o.urgency = :urgency
        AND o.next_try_at <= :now AND o.expires_at > :now
        AND (:only = 0 OR o.outbox_id = :only)
    ORDER BY o.next_try_at LIMIT :max)
RETURNING outbox_id, tries, purpose, template_id, sealed_key, destination, body;

-- name: outbox_expire
-- Those that came due too late; some at a time.
UPDATE outbox SET state = 'expired', ended_at = :now, sealed_key = NULL, destination = NULL,
    body = NULL
WHERE org_id = :org AND outbox_id IN (
    SELECT o.outbox_id FROM outbox o
    WHERE o.org_id = :org AND o.state = 'waiting' AND o.urgency IN (0, 1, 2)
        AND o.next_try_at <= :now AND o.expires_at <= :now
    LIMIT 100);

-- name: outbox_end
UPDATE outbox SET state = :state, ended_at = :now, last_error = :last_error, sealed_key = NULL,
    destination = NULL, body = NULL
WHERE org_id = :org AND outbox_id = :outbox AND state = 'waiting';

-- name: outbox_retry
-- tries: nothing happens when its lease ended and somebody else tries it now.
UPDATE outbox SET next_try_at = :next_try_at, last_error = :last_error
WHERE org_id = :org AND outbox_id = :outbox AND state = 'waiting' AND tries = :tries;

-- name: outbox_read
SELECT state, tries, last_error, expires_at, next_try_at FROM outbox
WHERE org_id = :org AND outbox_id = :outbox;

-- What was created since ended since or waits still: that is what the index knows.
-- name: outbox_figures
SELECT o.purpose, o.state, o.last_error, count(*) FROM (
    SELECT e.purpose, e.state, e.last_error FROM outbox e
    WHERE e.org_id = :org AND e.ended_at >= :since AND e.created_at >= :since
    UNION ALL
    SELECT w.purpose, w.state, w.last_error FROM outbox w
    WHERE w.org_id = :org AND w.ended_at IS NULL AND w.created_at >= :since) AS o
GROUP BY o.purpose, o.state, o.last_error ORDER BY 1, 2, 3 LIMIT :max;

-- name: outbox_tidy
DELETE FROM outbox WHERE org_id = :org AND outbox_id IN (
    SELECT o.outbox_id FROM outbox o
    WHERE o.org_id = :org AND o.ended_at < :before LIMIT :max);

-- name: gateway_read
SELECT kind, method, entity_id, header, success_text, timeout_ms, daily_cap, sealed_key, url,
    headers, body, secret
FROM gateway WHERE org_id = :org;

-- name: gateway_put
INSERT INTO gateway (org_id, kind, method, entity_id, header, success_text, timeout_ms, daily_cap,
    sealed_key, url, headers, body, secret, changed_at)
VALUES (:org, :kind, :method, :entity_id, :header, :success_text, :timeout_ms, :daily_cap,
    :sealed_key, :url, :headers, :body, :secret, :now)
ON CONFLICT (org_id) DO UPDATE SET
    kind = excluded.kind, method = excluded.method, entity_id = excluded.entity_id,
    header = excluded.header, success_text = excluded.success_text,
    timeout_ms = excluded.timeout_ms, daily_cap = excluded.daily_cap,
    sealed_key = excluded.sealed_key, url = excluded.url, headers = excluded.headers,
    body = excluded.body, secret = excluded.secret, changed_at = excluded.changed_at;

-- name: gateway_template_list
SELECT purpose, lang, template_id, body FROM gateway_template
WHERE org_id = :org ORDER BY purpose, lang;

-- name: gateway_template_clear
DELETE FROM gateway_template WHERE org_id = :org;

-- name: gateway_template_insert
INSERT INTO gateway_template (org_id, purpose, lang, template_id, body)
VALUES (:org, :purpose, :lang, :template, :body);

-- name: gateway_use_read
SELECT coalesce(sum(sent), 0) FROM gateway_use WHERE org_id = :org AND day = :day;

-- name: gateway_use_add
INSERT INTO gateway_use (org_id, day, sent) VALUES (:org, :day, :count)
ON CONFLICT (org_id, day) DO UPDATE SET sent = gateway_use.sent + excluded.sent;

-- name: gateway_use_tidy
DELETE FROM gateway_use WHERE org_id = :org AND day < :day;
