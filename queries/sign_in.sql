-- Coming back with nothing but the phone.

-- name: sign_in_put
INSERT INTO sign_in (org_id, secret_hash, sealed_key, phone, code_hash, code_expires_at, code_tries,
    open_until, expires_at)
VALUES (:org, :secret_hash, :sealed_key, :phone, :code_hash, :code_expires_at, :code_tries,
    :open_until, :expires_at)
ON CONFLICT (org_id, secret_hash) DO UPDATE SET sealed_key = excluded.sealed_key,
    phone = excluded.phone, code_hash = excluded.code_hash,
    code_expires_at = excluded.code_expires_at, code_tries = excluded.code_tries,
    open_until = excluded.open_until, expires_at = excluded.expires_at;

-- name: sign_in_read
SELECT sealed_key, phone, code_hash, code_expires_at, code_tries, open_until FROM sign_in
WHERE org_id = :org AND secret_hash = :secret_hash AND expires_at > :now;

-- name: sign_in_delete
DELETE FROM sign_in WHERE org_id = :org AND secret_hash = :secret_hash;

-- name: sign_in_sweep
DELETE FROM sign_in WHERE org_id = :org AND secret_hash IN (
    SELECT s.secret_hash FROM sign_in s
    WHERE s.org_id = :org AND s.expires_at <= :now LIMIT :max);

-- name: member_doubt_phone
UPDATE member SET phone_proof = 'unconfirmed' WHERE org_id = :org AND serial = :serial;

-- name: member_prove_phone
UPDATE member SET phone_proof = 'code'
WHERE org_id = :org AND serial = :serial AND phone_proof IN ('unconfirmed', 'witness');

-- name: phone_move_put
INSERT INTO phone_move (org_id, serial, phone, phone_of, code_hash, code_expires_at, code_tries,
    expires_at)
VALUES (:org, :serial, :phone, :phone_of, :code_hash, :code_expires_at, :code_tries, :expires_at)
ON CONFLICT (org_id, serial) DO UPDATE SET phone = excluded.phone, phone_of = excluded.phone_of,
    code_hash = excluded.code_hash, code_expires_at = excluded.code_expires_at,
    code_tries = excluded.code_tries, expires_at = excluded.expires_at;

-- name: phone_move_read
SELECT phone, phone_of, code_hash, code_expires_at, code_tries FROM phone_move
WHERE org_id = :org AND serial = :serial AND expires_at > :now;

-- name: phone_move_delete
DELETE FROM phone_move WHERE org_id = :org AND serial = :serial;

-- name: phone_move_sweep
DELETE FROM phone_move WHERE org_id = :org AND serial IN (
    SELECT p.serial FROM phone_move p
    WHERE p.org_id = :org AND p.expires_at <= :now LIMIT :max);
