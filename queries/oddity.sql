-- The queue of oddities, and what it is made from.

-- name: oddity_next
SELECT coalesce(max(oddity_id), 0) + 1 FROM oddity WHERE org_id = :org;

-- name: oddity_insert
INSERT INTO oddity (org_id, oddity_id, kind, subject, day, unit_id, enrolled_by, enroller_serial,
    several, found, out_of, first_at, last_at, state, live, decided_at, decided_by, note)
VALUES (:org, :oddity, :kind, :subject, :day, :unit, :enrolled_by, :enroller_serial, :several,
    :found, :out_of, :first_at, :last_at, 'open', 1, NULL, '', '');

-- name: oddity_update
UPDATE oddity SET unit_id = :unit, several = :several, found = :found, out_of = :out_of,
    first_at = :first_at, last_at = :last_at
WHERE org_id = :org AND oddity_id = :oddity AND live = 1;

-- name: oddity_newest
SELECT oddity_id, kind, subject, day, unit_id, enrolled_by, enroller_serial, several, found,
    out_of, first_at, last_at, state, decided_at, decided_by, note
FROM oddity WHERE org_id = :org AND kind = :kind AND subject = :subject AND day = :day
ORDER BY oddity_id DESC LIMIT 1;

-- name: oddity_read
SELECT oddity_id, kind, subject, day, unit_id, enrolled_by, enroller_serial, several, found,
    out_of, first_at, last_at, state, decided_at, decided_by, note
FROM oddity WHERE org_id = :org AND oddity_id = :oddity;

-- Newest first, below the cursor, of one unit with all below it (its id as text); an empty kind or
-- state: any.
-- name: oddity_list
SELECT o.oddity_id, o.kind, o.subject, o.day, o.unit_id, o.enrolled_by, o.enroller_serial,
    o.several, o.found, o.out_of, o.first_at, o.last_at, o.state, o.decided_at, o.decided_by,
    o.note
FROM oddity o JOIN unit u ON u.org_id = o.org_id AND u.unit_id = o.unit_id
WHERE o.org_id = :org AND o.live = :live AND o.oddity_id < :before
    AND (:kind = '' OR o.kind = :kind) AND (:state = '' OR o.state = :state)
    AND '/' || u.path || '/' LIKE '%/' || :unit || '/%'
ORDER BY o.oddity_id DESC LIMIT :max;

-- name: oddity_count
SELECT count(*) FROM oddity o JOIN unit u ON u.org_id = o.org_id AND u.unit_id = o.unit_id
WHERE o.org_id = :org AND o.live = :live
    AND (:kind = '' OR o.kind = :kind) AND (:state = '' OR o.state = :state)
    AND '/' || u.path || '/' LIKE '%/' || :unit || '/%';

-- Only from the state that was read.
-- name: oddity_decide
UPDATE oddity SET state = :state, live = :live, decided_at = :now, decided_by = :by, note = :note
WHERE org_id = :org AND oddity_id = :oddity AND state = :was;

-- name: oddity_rule_put
INSERT INTO oddity_rule (org_id, kind, many, minutes) VALUES (:org, :kind, :many, :minutes)
ON CONFLICT (org_id, kind) DO UPDATE SET many = excluded.many, minutes = excluded.minutes;

-- name: oddity_rule_read
-- kept
SELECT many, minutes FROM oddity_rule WHERE org_id = :org AND kind = :kind;

-- name: oddity_look_read
SELECT upto FROM oddity_look WHERE org_id = :org AND source = :source;

-- Never back: of two looks at the same time the one that came further counts.
-- name: oddity_look_put
INSERT INTO oddity_look (org_id, source, upto) VALUES (:org, :source, :upto)
ON CONFLICT (org_id, source) DO UPDATE SET upto = excluded.upto
WHERE oddity_look.upto < excluded.upto;

-- name: oddity_new_members
SELECT serial, joined_at, unit_id, how, enrolled_by, enroller_serial
FROM member WHERE org_id = :org AND serial > :after ORDER BY serial LIMIT :max;

-- Joins of one enroller or one unit between two times, counted up to a bound.
-- name: oddity_joins_of_token
SELECT count(*), coalesce(min(w.joined_at), 0), coalesce(max(w.joined_at), 0) FROM (
    SELECT m.joined_at FROM member m
    WHERE m.org_id = :org AND m.enrolled_by = :id AND m.joined_at >= :first
        AND m.joined_at <= :last ORDER BY m.joined_at DESC LIMIT :max) AS w;

-- name: oddity_joins_of_member
SELECT count(*), coalesce(min(w.joined_at), 0), coalesce(max(w.joined_at), 0) FROM (
    SELECT m.joined_at FROM member m
    WHERE m.org_id = :org AND m.enroller_serial = :id AND m.joined_at >= :first
        AND m.joined_at <= :last ORDER BY m.joined_at DESC LIMIT :max) AS w;

-- name: oddity_joins_of_unit
SELECT count(*), coalesce(min(w.joined_at), 0), coalesce(max(w.joined_at), 0) FROM (
    SELECT m.joined_at FROM member m
    WHERE m.org_id = :org AND m.unit_id = :id AND m.how = 'web' AND m.joined_at >= :first
        AND m.joined_at <= :last ORDER BY m.joined_at DESC LIMIT :max) AS w;

-- name: oddity_denials_of_token
SELECT count(*), coalesce(min(at), 0), coalesce(max(at), 0) FROM denial
WHERE org_id = :org AND enrolled_by = :id AND state <> 'withdrawn';

-- name: oddity_denials_of_member
SELECT count(*), coalesce(min(at), 0), coalesce(max(at), 0) FROM denial
WHERE org_id = :org AND enroller_serial = :id AND state <> 'withdrawn';

-- name: oddity_denials_of_unit
SELECT count(*), coalesce(min(at), 0), coalesce(max(at), 0) FROM denial
WHERE org_id = :org AND unit_id = :id AND state <> 'withdrawn';

-- name: oddity_claims_of_utr
SELECT count(*), coalesce(min(o.claimed_at), 0), coalesce(max(o.claimed_at), 0) FROM fee_order o
WHERE o.org_id = :org AND o.utr = :utr;

-- The members concerned, after the cursor.
-- name: oddity_members_of_token
SELECT serial FROM member
WHERE org_id = :org AND enrolled_by = :id AND joined_at >= :first AND joined_at <= :last
    AND serial > :after AND (:unconfirmed = 0 OR phone_proof IN ('none', 'unconfirmed', 'witness'))
ORDER BY serial LIMIT :max;

-- name: oddity_members_of_member
SELECT serial FROM member
WHERE org_id = :org AND enroller_serial = :id AND joined_at >= :first AND joined_at <= :last
    AND serial > :after AND (:unconfirmed = 0 OR phone_proof IN ('none', 'unconfirmed', 'witness'))
ORDER BY serial LIMIT :max;

-- name: oddity_members_of_unit
SELECT serial FROM member
WHERE org_id = :org AND unit_id = :id AND how = 'web' AND joined_at >= :first
    AND joined_at <= :last AND serial > :after
ORDER BY serial LIMIT :max;

-- name: oddity_members_of_phone
SELECT serial FROM phone_slot
WHERE org_id = :org AND phone_hash = :phone_hash AND serial > :after ORDER BY serial LIMIT :max;

-- name: oddity_members_of_utr
SELECT DISTINCT m.serial FROM fee_order o
JOIN fee_order_member m ON m.org_id = o.org_id AND m.order_id = o.order_id
WHERE o.org_id = :org AND o.utr = :utr AND m.serial > :after ORDER BY m.serial LIMIT :max;

-- name: oddity_members_of_payment
SELECT m.serial FROM payment_in i
JOIN fee_order_member m ON m.org_id = i.org_id AND m.order_id = i.order_id
WHERE i.org_id = :org AND i.payment_id = :payment AND m.serial > :after
ORDER BY m.serial LIMIT :max;

-- name: oddity_denied_of_token
SELECT DISTINCT serial FROM denial
WHERE org_id = :org AND enrolled_by = :id AND state <> 'withdrawn' AND serial > :after
ORDER BY serial LIMIT :max;

-- name: oddity_denied_of_member
SELECT DISTINCT serial FROM denial
WHERE org_id = :org AND enroller_serial = :id AND state <> 'withdrawn' AND serial > :after
ORDER BY serial LIMIT :max;

-- name: oddity_denied_of_unit
SELECT DISTINCT serial FROM denial
WHERE org_id = :org AND unit_id = :id AND state <> 'withdrawn' AND serial > :after
ORDER BY serial LIMIT :max;

-- name: api_token_unit
SELECT unit_id FROM api_token WHERE org_id = :org AND token_id = :token;

-- name: payer_insert
INSERT INTO payment_payer (org_id, payment_id, payer_hash) VALUES (:org, :payment, :payer_hash)
ON CONFLICT DO NOTHING;

-- name: payer_of_payment
SELECT payer_hash FROM payment_payer WHERE org_id = :org AND payment_id = :payment;

-- name: payer_own_vpa
-- kept
SELECT detail FROM pay_way WHERE org_id = :org AND way = 'upi';

-- Orders that one payer paid for, counted up to a bound.
-- name: oddity_orders_of_payer
SELECT count(*), coalesce(min(w.at), 0), coalesce(max(w.at), 0) FROM (
    SELECT i.order_id, min(i.at) AS at FROM payment_payer p
    JOIN payment_in i ON i.org_id = p.org_id AND i.payment_id = p.payment_id
    WHERE p.org_id = :org AND p.payer_hash = :payer_hash AND i.order_id IS NOT NULL
    GROUP BY i.order_id LIMIT :max) AS w;

-- name: oddity_members_of_payer
SELECT DISTINCT m.serial FROM payment_payer p
JOIN payment_in i ON i.org_id = p.org_id AND i.payment_id = p.payment_id
JOIN fee_order_member m ON m.org_id = i.org_id AND m.order_id = i.order_id
WHERE p.org_id = :org AND p.payer_hash = :payer_hash AND m.serial > :after
ORDER BY m.serial LIMIT :max;

-- name: oddity_wards_of_phone
SELECT count(*) FROM (SELECT 1 FROM guardian
    WHERE org_id = :org AND phone_hash = :phone_hash LIMIT :max) AS wards;

-- name: oddity_members_of_guardian
SELECT serial FROM guardian
WHERE org_id = :org AND phone_hash = :phone_hash AND serial > :after ORDER BY serial LIMIT :max;
