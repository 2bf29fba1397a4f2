-- Proving a phone by its own SMS or missed call.

-- name: phone_way_read
SELECT code, witness, sms_number, call_number, keyword, field_from, field_text, field_time,
    field_id, sealed_key, secret
FROM phone_way WHERE org_id = :org;

-- name: phone_way_put
INSERT INTO phone_way (org_id, code, witness, sms_number, call_number, keyword, field_from,
    field_text, field_time, field_id, sealed_key, secret)
VALUES (:org, :code, :witness, :sms_number, :call_number, :keyword, :field_from, :field_text,
    :field_time, :field_id, :sealed_key, :secret)
ON CONFLICT (org_id) DO UPDATE SET
    code = excluded.code, witness = excluded.witness, sms_number = excluded.sms_number,
    call_number = excluded.call_number, keyword = excluded.keyword,
    field_from = excluded.field_from, field_text = excluded.field_text,
    field_time = excluded.field_time, field_id = excluded.field_id,
    sealed_key = excluded.sealed_key, secret = excluded.secret;

-- name: phone_wait_put
INSERT INTO phone_wait (org_id, owner, phone_hash, act, digits, begun_at, proof)
VALUES (:org, :owner, :phone_hash, :act, :digits, :now, '')
ON CONFLICT (org_id, owner) DO UPDATE SET
    phone_hash = excluded.phone_hash, act = excluded.act, digits = excluded.digits,
    begun_at = excluded.begun_at, proof = '';

-- name: phone_wait_read
SELECT digits, begun_at, proof FROM phone_wait
WHERE org_id = :org AND owner = :owner AND phone_hash = :phone_hash;

-- name: phone_wait_end
DELETE FROM phone_wait WHERE org_id = :org AND owner = :owner;

-- The newest that an SMS with these digits means.
-- name: phone_wait_by_sms
SELECT owner FROM phone_wait
WHERE org_id = :org AND phone_hash = :phone_hash AND begun_at > :since AND begun_at <= :at
    AND act = 'join' AND digits = :digits AND proof = ''
ORDER BY begun_at DESC, owner LIMIT 1;

-- The newest that a call can mean.
-- name: phone_wait_by_call
SELECT owner FROM phone_wait
WHERE org_id = :org AND phone_hash = :phone_hash AND begun_at > :since AND begun_at <= :at
    AND act = 'join' AND proof = ''
ORDER BY begun_at DESC, owner LIMIT 1;

-- name: phone_wait_prove
UPDATE phone_wait SET proof = :proof WHERE org_id = :org AND owner = :owner;

-- name: incoming_seen_insert
INSERT INTO incoming_seen (org_id, id_hash, at) VALUES (:org, :id_hash, :now)
ON CONFLICT DO NOTHING;

-- name: phone_wait_sweep
DELETE FROM phone_wait WHERE org_id = :org AND owner IN (
    SELECT w.owner FROM phone_wait w WHERE w.org_id = :org AND w.begun_at <= :now LIMIT :max);

-- name: incoming_seen_sweep
DELETE FROM incoming_seen WHERE org_id = :org AND id_hash IN (
    SELECT i.id_hash FROM incoming_seen i WHERE i.org_id = :org AND i.at <= :now LIMIT :max);
