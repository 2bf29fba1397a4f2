-- What members do themselves on their card page.

-- name: act_session_put
INSERT INTO act_session (org_id, secret_hash, serial, generation, act, code_hash, code_expires_at,
    code_tries, open_until, expires_at)
VALUES (:org, :secret_hash, :serial, :generation, :act, :code_hash, :code_expires_at, :code_tries,
    :open_until, :expires_at)
ON CONFLICT (org_id, secret_hash) DO UPDATE SET code_hash = excluded.code_hash,
    code_expires_at = excluded.code_expires_at, code_tries = excluded.code_tries,
    open_until = excluded.open_until, expires_at = excluded.expires_at;

-- name: act_session_read
SELECT code_hash, code_expires_at, code_tries, open_until, act FROM act_session
WHERE org_id = :org AND secret_hash = :secret_hash AND serial = :serial
    AND generation = :generation AND expires_at > :now;

-- name: act_session_delete
DELETE FROM act_session WHERE org_id = :org AND secret_hash = :secret_hash;

-- name: act_session_sweep
DELETE FROM act_session WHERE org_id = :org AND secret_hash IN (
    SELECT a.secret_hash FROM act_session a
    WHERE a.org_id = :org AND a.expires_at <= :now LIMIT :max);

-- name: member_next_generation
UPDATE member SET card_generation = card_generation + 1 WHERE org_id = :org AND serial = :serial
RETURNING card_generation;

-- name: correction_next
SELECT coalesce(max(correction_id), 0) + 1 FROM correction WHERE org_id = :org;

-- name: correction_insert
INSERT INTO correction (org_id, correction_id, serial, name, name_alt, state, asked_at, decided_at,
    decided_by, reason)
VALUES (:org, :correction, :serial, :name, :name_alt, 'asked', :at, NULL, '', '');

-- name: correction_withdraw
UPDATE correction SET state = 'withdrawn', decided_at = :at, decided_by = :by
WHERE org_id = :org AND serial = :serial AND state = 'asked';

-- name: correction_decide
UPDATE correction SET state = :state, decided_at = :at, decided_by = :by, reason = :reason
WHERE org_id = :org AND correction_id = :correction AND state = 'asked';

-- name: correction_forget
DELETE FROM correction WHERE org_id = :org AND serial = :serial;

-- name: correction_read
SELECT correction_id, serial, name, name_alt, state, asked_at, decided_at FROM correction
WHERE org_id = :org AND correction_id = :correction;

-- The newest of a member.
-- name: correction_of_member
SELECT correction_id, serial, name, name_alt, state, asked_at, decided_at FROM correction
WHERE org_id = :org AND serial = :serial ORDER BY correction_id DESC LIMIT 1;

-- Those that wait, oldest first, behind the cursor, of one unit with all below it (its id as text).
-- name: correction_list
SELECT c.correction_id, c.serial, c.name, c.name_alt, c.state, c.asked_at, c.decided_at, u.code
FROM correction c
JOIN member m ON m.org_id = c.org_id AND m.serial = c.serial
JOIN unit u ON u.org_id = m.org_id AND u.unit_id = m.unit_id
WHERE c.org_id = :org AND c.state = 'asked' AND c.correction_id > :after
    AND m.state IN ('provisional', 'confirmed', 'suspended')
    AND '/' || u.path || '/' LIKE '%/' || :unit || '/%'
ORDER BY c.correction_id LIMIT :max;

-- name: member_set_name
UPDATE member SET name = :name, name_alt = :name_alt WHERE org_id = :org AND serial = :serial;

-- name: phone_slot_set_person
UPDATE phone_slot SET person = :person
WHERE org_id = :org AND phone_hash = :phone_hash AND serial = :serial;

-- name: member_photo_put
INSERT INTO member_photo (org_id, serial, photo, draft, off_reason, off_at, changed_at)
VALUES (:org, :serial, :photo, :draft, :off_reason, :off_at, :at)
ON CONFLICT (org_id, serial) DO UPDATE SET
    photo = excluded.photo, draft = excluded.draft, off_reason = excluded.off_reason,
    off_at = excluded.off_at, changed_at = excluded.changed_at;

-- name: member_photo_read
SELECT photo, draft, off_reason, off_at FROM member_photo WHERE org_id = :org AND serial = :serial;

-- name: member_photo_delete
DELETE FROM member_photo WHERE org_id = :org AND serial = :serial;

-- Pictures that nobody chose a crop of.
-- name: member_photo_draft_sweep
UPDATE member_photo SET draft = NULL WHERE org_id = :org AND serial IN (
    SELECT p.serial FROM member_photo p
    WHERE p.org_id = :org AND p.draft IS NOT NULL AND p.changed_at <= :now LIMIT :max);

-- name: member_photo_off_sweep
UPDATE member_photo SET off_reason = NULL, off_at = NULL WHERE org_id = :org AND serial IN (
    SELECT p.serial FROM member_photo p
    WHERE p.org_id = :org AND p.off_reason IS NOT NULL AND p.off_at <= :now LIMIT :max);

-- name: member_optional_put
INSERT INTO member_optional (org_id, serial, relative, blood_group, emergency, birth_date,
    changed_at)
VALUES (:org, :serial, :relative, :blood_group, :emergency, :birth_date, :at)
ON CONFLICT (org_id, serial) DO UPDATE SET relative = excluded.relative,
    blood_group = excluded.blood_group, emergency = excluded.emergency,
    birth_date = excluded.birth_date, changed_at = excluded.changed_at;

-- name: member_optional_read
SELECT relative, blood_group, emergency, birth_date FROM member_optional
WHERE org_id = :org AND serial = :serial;

-- name: member_optional_delete
DELETE FROM member_optional WHERE org_id = :org AND serial = :serial;
