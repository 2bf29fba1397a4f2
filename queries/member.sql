-- Members, their events, consents, payments.

-- name: member_insert
INSERT INTO member (org_id, serial, state, kind, name, name_alt, gender, birth_year, unit_id,
    settlement, joined_at, confirmed_at, expires_at, ended_at, how, enrolled_by, enroller_serial,
    phone_proof, fee_proof, card_issue, card_generation, sealed_key, phone, phone_of, town,
    lang)
VALUES (:org, :serial, :state, :kind, :name, :name_alt, :gender, :birth_year, :unit,
    :settlement, :joined_at, :confirmed_at, :expires_at, NULL, :how, :enrolled_by,
    :enroller_serial, :phone_proof, :fee_proof, 1, 1, :sealed_key, :phone, :phone_of,
    :town, :lang);

-- name: member_read
SELECT serial, state, kind, name, name_alt, gender, birth_year, unit_id, settlement, joined_at,
    confirmed_at, expires_at, ended_at, how, enrolled_by, enroller_serial, phone_proof, fee_proof,
    card_issue, card_generation, sealed_key, phone, phone_of, town, lang
FROM member WHERE org_id = :org AND serial = :serial;

-- One unit's members (not those below it) from a place in (joined_at, serial) on.
-- name: member_of_unit
SELECT serial, state, kind, name, name_alt, gender, birth_year, unit_id, settlement, joined_at,
    confirmed_at, expires_at, ended_at, how, enrolled_by, enroller_serial, phone_proof, fee_proof,
    card_issue, card_generation, sealed_key, phone, phone_of, town, lang
FROM member
WHERE org_id = :org AND unit_id = :unit AND joined_at >= :since
    AND (joined_at, serial) > (:joined_at, :serial)
ORDER BY joined_at, serial LIMIT :max;

-- Only from the state that was read: a change in between makes it change nothing.
-- name: member_set_state
UPDATE member SET state = :state, confirmed_at = :confirmed_at, ended_at = :ended_at,
    fee_proof = :fee_proof
WHERE org_id = :org AND serial = :serial AND state = :was;

-- name: member_next_issue
UPDATE member SET card_issue = card_issue + 1 WHERE org_id = :org AND serial = :serial
RETURNING card_issue;

-- name: member_shard_states
SELECT serial FROM member
WHERE org_id = :org AND serial >= :first AND serial < :last
    AND state IN ('ended', 'suspended', 'rejected', 'refunded', 'expired', 'lapsed');

-- Everything the counts are made of, in one pass. Who ended without ever having joined counts as
-- the applied one that it was, who lapsed after having joined as the rejected one.
-- name: member_count_groups
SELECT m.unit_id, CASE WHEN m.state = 'ended' AND m.confirmed_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM member_event e
        WHERE e.org_id = m.org_id AND e.serial = m.serial AND e.type = 'join')
    THEN 'applied' WHEN m.state = 'lapsed' AND EXISTS (
        SELECT 1 FROM member_event e
        WHERE e.org_id = m.org_id AND e.serial = m.serial AND e.type = 'join')
    THEN 'rejected' ELSE m.state END AS counted,
    m.settlement, m.gender, m.phone_proof, m.fee_proof, count(*)
FROM member m WHERE m.org_id = :org
GROUP BY m.unit_id, counted, m.settlement, m.gender, m.phone_proof, m.fee_proof;

-- name: member_event_insert
INSERT INTO member_event (org_id, serial, sequence, at, day, type, unit_id, state, actor, reason)
VALUES (:org, :serial, :sequence, :at, :day, :type, :unit, :state, :actor, :reason);

-- name: member_event_next
SELECT coalesce(max(sequence), -1) + 1 FROM member_event WHERE org_id = :org AND serial = :serial;

-- name: member_event_count_days
SELECT unit_id, day, CASE WHEN type = 'join' THEN 'join' ELSE 'end' END AS counted,
    sum(CASE WHEN type = 'restore' THEN -1 ELSE 1 END)
FROM member_event
WHERE org_id = :org AND type IN ('join', 'end', 'reject', 'refund', 'expire', 'restore')
GROUP BY unit_id, day, counted;

-- name: consent_insert
INSERT INTO consent (org_id, serial, sequence, notice, at, channel, purpose, given_by, given)
VALUES (:org, :serial, :sequence, :notice, :at, :channel, :purpose, :given_by, :given);

-- name: consent_newest
SELECT given, at FROM consent
WHERE org_id = :org AND serial = :serial AND purpose = :purpose ORDER BY sequence DESC LIMIT 1;

-- name: consent_next
SELECT coalesce(max(sequence), -1) + 1 FROM consent WHERE org_id = :org AND serial = :serial;

-- name: member_set_phone
UPDATE member SET phone = :phone, phone_of = :phone_of, phone_proof = :phone_proof
WHERE org_id = :org AND serial = :serial;

-- name: guardian_insert
INSERT INTO guardian (org_id, serial, name, phone, proof, phone_hash)
VALUES (:org, :serial, :name, :phone, :proof, :phone_hash);

-- name: guardian_read
SELECT name, phone, proof FROM guardian WHERE org_id = :org AND serial = :serial;

-- Those who are of age by their year of birth.
-- name: guardian_of_age
SELECT 0, g.serial FROM guardian g
JOIN member m ON m.org_id = g.org_id AND m.serial = g.serial
WHERE g.org_id = :org AND g.serial > :serial AND m.birth_year <= :year
ORDER BY g.serial LIMIT :max;

-- name: guardian_forget
DELETE FROM guardian WHERE org_id = :org AND serial = :serial;

-- Only from the date that was read, as with states.
-- name: member_set_term
UPDATE member SET expires_at = :expires_at, card_issue = card_issue + 1
WHERE org_id = :org AND serial = :serial AND expires_at = :was;

-- The term runs from the day of confirmation.
-- name: member_start_term
UPDATE member SET expires_at = :expires_at WHERE org_id = :org AND serial = :serial;

-- name: member_set_lang
UPDATE member SET lang = :lang WHERE org_id = :org AND serial = :serial AND lang <> :lang;

-- Whose term and the grace after it are over. Who says to have paid, the renewal or still the first
-- fee, waits until that is known.
-- name: member_term_over
SELECT m.expires_at, m.serial FROM member m
JOIN membership_kind k ON k.org_id = m.org_id AND k.kind = m.kind
WHERE m.org_id = :org AND m.state IN ('provisional', 'confirmed') AND m.expires_at IS NOT NULL
    AND m.expires_at >= :from AND m.expires_at <= :to
    AND (m.expires_at, m.serial) > (:from, :serial)
    AND m.expires_at + k.grace_days * 86400 <= :now
    AND NOT EXISTS (SELECT 1 FROM fee_order_member f
        JOIN fee_order o ON o.org_id = f.org_id AND o.order_id = f.order_id
        WHERE f.org_id = m.org_id AND f.serial = m.serial AND o.state = 'claimed'
            AND ((f.purpose = 'renew' AND f.renewed_at IS NULL)
                OR (f.purpose = 'join' AND m.confirmed_at IS NULL)))
ORDER BY m.expires_at, m.serial LIMIT :max;

-- Ends in a range, behind a place in it; only where the kind's window is open, it has not been said
-- yet by this step or a nearer one, and no renewal is claimed. (The two states are those of the
-- index.)
-- name: member_reminder_due
SELECT m.expires_at, m.serial FROM member m
JOIN membership_kind k ON k.org_id = m.org_id AND k.kind = m.kind
WHERE m.org_id = :org AND m.state IN ('provisional', 'confirmed') AND m.state = 'confirmed'
    AND m.expires_at IS NOT NULL AND m.expires_at >= :from AND m.expires_at <= :to
    AND (m.expires_at, m.serial) > (:from, :after)
    AND k.term_days > :step AND m.expires_at - k.renew_days * 86400 <= :now
    AND m.expires_at + k.grace_days * 86400 > :now
    AND NOT EXISTS (SELECT 1 FROM member_reminder r
        WHERE r.org_id = m.org_id AND r.serial = m.serial AND r.ends_at = m.expires_at
            AND r.step <= :step)
    AND NOT EXISTS (SELECT 1 FROM fee_order_member f
        JOIN fee_order o ON o.org_id = f.org_id AND o.order_id = f.order_id
        WHERE f.org_id = m.org_id AND f.serial = m.serial AND f.purpose = 'renew'
            AND f.renewed_at IS NULL AND o.state = 'claimed')
ORDER BY m.expires_at, m.serial LIMIT :max;

-- name: member_reminder_insert
INSERT INTO member_reminder (org_id, serial, ends_at, step, at)
VALUES (:org, :serial, :ends_at, :step, :at);

-- name: phone_slot_list
SELECT slot, person, serial FROM phone_slot
WHERE org_id = :org AND phone_hash = :phone_hash ORDER BY slot;

-- name: phone_slot_insert
INSERT INTO phone_slot (org_id, phone_hash, slot, person, serial)
VALUES (:org, :phone_hash, :slot, :person, :serial);

-- name: phone_slot_free
DELETE FROM phone_slot WHERE org_id = :org AND phone_hash = :phone_hash AND serial = :serial;

-- name: idempotency_read
SELECT body_hash, serial, expires_at FROM idempotency WHERE org_id = :org AND key_hash = :key_hash;

-- name: idempotency_sweep
DELETE FROM idempotency WHERE org_id = :org AND key_hash IN (
    SELECT i.key_hash FROM idempotency i WHERE i.org_id = :org AND i.at <= :now LIMIT :max);

-- name: idempotency_insert
INSERT INTO idempotency (org_id, key_hash, body_hash, serial, at, expires_at)
VALUES (:org, :key_hash, :body_hash, :serial, :at, :expires_at);

-- name: payment_insert
INSERT INTO payment (org_id, serial, sequence, at, amount_paise, method, state, book, receipt,
    taken_by)
VALUES (:org, :serial, :sequence, :at, :amount_paise, :method, 'received', :book, :receipt,
    :taken_by);

-- name: payment_first
SELECT book, receipt, at FROM payment WHERE org_id = :org AND serial = :serial
ORDER BY sequence LIMIT 1;

-- name: payment_taken_at
SELECT 1 FROM payment WHERE org_id = :org AND serial = :serial AND at = :at AND method = 'cash'
    AND taken_by = :taken_by;

-- name: payment_next
SELECT coalesce(max(sequence), -1) + 1 FROM payment WHERE org_id = :org AND serial = :serial;

-- name: receipt_book_insert
INSERT INTO receipt_book (org_id, book, financial_year, holder, next_number, unit_id, until, label)
VALUES (:org, :book, :financial_year, :holder, :next, :unit, :until, :label);

-- What the holder's last book was issued for: the next year's is for the same.
-- name: receipt_book_last
SELECT unit_id, until, label FROM receipt_book
WHERE org_id = :org AND holder = :holder ORDER BY financial_year DESC LIMIT 1;

-- name: receipt_take
UPDATE receipt_book SET next_number = next_number + 1
WHERE org_id = :org AND holder = :holder AND financial_year = :financial_year
    AND (until IS NULL OR until > :at);

-- name: receipt_taken
SELECT book, next_number - 1, unit_id FROM receipt_book
WHERE org_id = :org AND holder = :holder AND financial_year = :financial_year;

-- Unsorted: having SQLite sort them would cost every check of a card more than its member.
-- name: post_list
SELECT title_en, title_hi, since FROM post
WHERE org_id = :org AND serial = :serial AND (until IS NULL OR until > :now);

-- What it was when it came: the first event.
-- name: member_event_first
SELECT state, unit_id FROM member_event
WHERE org_id = :org AND serial = :serial AND sequence = 0;

-- A restored one has a new issue only when its term was renewed by that.
-- name: member_last_reissue
SELECT coalesce(max(at), 0) FROM member_event
WHERE org_id = :org AND serial = :serial AND (type IN ('reissue', 'correct', 'renew')
    OR (type = 'restore' AND reason = 'renewed'));
