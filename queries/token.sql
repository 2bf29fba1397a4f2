-- API tokens, sessions at the desk, and the audit.

-- name: api_token_next
SELECT coalesce(max(token_id), 0) + 1 FROM api_token WHERE org_id = :org;

-- name: api_token_insert
INSERT INTO api_token (org_id, token_id, secret_hash, role, unit_id, label, created_at, expires_at)
VALUES (:org, :token, :secret_hash, :role, :unit, :label, :at, :expires_at);

-- name: api_token_find
SELECT token_id, role, unit_id FROM api_token
WHERE org_id = :org AND secret_hash = :secret_hash AND expires_at > :now AND revoked_at IS NULL;

-- The token of a session at the desk.
-- name: desk_session_find
SELECT t.token_id, t.role, t.unit_id FROM desk_session s
JOIN api_token t ON t.org_id = s.org_id AND t.token_id = s.token_id
WHERE s.org_id = :org AND s.secret_hash = :secret_hash AND s.expires_at > :now
    AND t.expires_at > :now AND t.revoked_at IS NULL;

-- name: desk_session_insert
INSERT INTO desk_session (org_id, secret_hash, token_id, opened_at, expires_at)
VALUES (:org, :secret_hash, :token, :now, :expires_at);

-- name: desk_session_delete
DELETE FROM desk_session WHERE org_id = :org AND secret_hash = :secret_hash;

-- name: desk_session_sweep
DELETE FROM desk_session WHERE org_id = :org AND secret_hash IN (
    SELECT d.secret_hash FROM desk_session d
    WHERE d.org_id = :org AND d.expires_at <= :now LIMIT :max);

-- name: api_token_list
SELECT t.token_id, t.role, t.unit_id, u.code, t.label, t.created_at, t.expires_at, t.revoked_at
FROM api_token t JOIN unit u ON u.org_id = t.org_id AND u.unit_id = t.unit_id
WHERE t.org_id = :org ORDER BY t.token_id;

-- name: api_token_collectors
SELECT t.token_id, t.role, t.unit_id, u.code, t.label, t.created_at, t.expires_at, t.revoked_at
FROM api_token t JOIN unit u ON u.org_id = t.org_id AND u.unit_id = t.unit_id
WHERE t.org_id = :org AND t.role = 'enroller' AND t.revoked_at IS NULL AND t.expires_at > :now
ORDER BY t.token_id LIMIT :max;

-- name: api_token_revoke
UPDATE api_token SET revoked_at = :now
WHERE org_id = :org AND token_id = :token AND revoked_at IS NULL;

-- name: api_token_label
SELECT label, expires_at FROM api_token WHERE org_id = :org AND token_id = :token;

-- name: api_token_exists
SELECT 1 FROM api_token WHERE org_id = :org AND token_id = :token;

-- name: audit_insert
INSERT INTO audit (org_id, audit_id, at, actor, action, subject, detail)
VALUES (:org, (SELECT coalesce(max(a.audit_id), 0) + 1 FROM audit a WHERE a.org_id = :org),
    :at, :actor, :action, :subject, :detail);
