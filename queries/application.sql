-- Joins under way on the web.

-- name: application_read
SELECT sealed_key, form, step, phone_hash, code_hash, code_expires_at, code_tries, notice,
    consent_at, serial, created_at, expires_at
FROM application WHERE org_id = :org AND secret_hash = :secret_hash AND expires_at > :now;

-- name: application_put
INSERT INTO application (org_id, secret_hash, sealed_key, form, step, phone_hash, code_hash,
    code_expires_at, code_tries, notice, consent_at, serial, created_at, expires_at)
VALUES (:org, :secret_hash, :sealed_key, :form, :step, :phone_hash, :code_hash,
    :code_expires_at, :code_tries, :notice, :consent_at, :serial, :created_at, :expires_at)
ON CONFLICT (org_id, secret_hash) DO UPDATE SET
    form = excluded.form, step = excluded.step, phone_hash = excluded.phone_hash,
    code_hash = excluded.code_hash, code_expires_at = excluded.code_expires_at,
    code_tries = excluded.code_tries, notice = excluded.notice,
    consent_at = excluded.consent_at, serial = excluded.serial;

-- name: application_sweep
DELETE FROM application WHERE org_id = :org AND secret_hash IN (
    SELECT a.secret_hash FROM application a
    WHERE a.org_id = :org AND a.expires_at <= :now LIMIT :max);

-- Beyond so many unfinished ones the oldest go.
-- name: application_drop
DELETE FROM application WHERE org_id = :org AND secret_hash IN (
    SELECT a.secret_hash FROM application a
    WHERE a.org_id = :org AND a.step IN ('form', 'check', 'code')
    ORDER BY a.expires_at DESC LIMIT :max OFFSET :keep);

-- name: code_use_read
SELECT period, sent, tried FROM code_use
WHERE org_id = :org AND phone_hash = :phone_hash AND period IN (:hour, :day);

-- name: code_use_add
INSERT INTO code_use (org_id, phone_hash, period, sent, tried)
VALUES (:org, :phone_hash, :period, :sent, :tried)
ON CONFLICT (org_id, phone_hash, period) DO UPDATE SET
    sent = code_use.sent + excluded.sent, tried = code_use.tried + excluded.tried;

-- Of hours before :hour and days before :day (which are kept below zero).
-- name: code_use_sweep
DELETE FROM code_use WHERE (org_id, phone_hash, period) IN (
    SELECT c.org_id, c.phone_hash, c.period FROM code_use c
    WHERE c.org_id = :org AND c.period > :day AND c.period < :hour LIMIT :max);
