-- Counts.

-- name: tally_add
INSERT INTO tally (org_id, unit_id, members, provisional, suspended, ever_joined, ended, rural,
    urban, women, men, other_gender, phone_confirmed, fee_proved)
VALUES (:org, :unit, :members, :provisional, :suspended, :ever_joined, :ended, :rural, :urban,
    :women, :men, :other_gender, :phone_confirmed, :fee_proved)
ON CONFLICT (org_id, unit_id) DO UPDATE SET
    members = tally.members + excluded.members,
    provisional = tally.provisional + excluded.provisional,
    suspended = tally.suspended + excluded.suspended,
    ever_joined = tally.ever_joined + excluded.ever_joined,
    ended = tally.ended + excluded.ended,
    rural = tally.rural + excluded.rural,
    urban = tally.urban + excluded.urban,
    women = tally.women + excluded.women,
    men = tally.men + excluded.men,
    other_gender = tally.other_gender + excluded.other_gender,
    phone_confirmed = tally.phone_confirmed + excluded.phone_confirmed,
    fee_proved = tally.fee_proved + excluded.fee_proved;

-- name: tally_read
SELECT members, provisional, suspended, ever_joined, ended, rural, urban, women, men,
    other_gender, phone_confirmed, fee_proved
FROM tally WHERE org_id = :org AND unit_id = :unit;

-- name: tally_all
SELECT unit_id, members, provisional, suspended, ever_joined, ended, rural, urban, women, men,
    other_gender, phone_confirmed, fee_proved
FROM tally WHERE org_id = :org;

-- name: tally_day_add
INSERT INTO tally_day (org_id, unit_id, day, joined, ended)
VALUES (:org, :unit, :day, :joined, :ended)
ON CONFLICT (org_id, unit_id, day) DO UPDATE SET
    joined = tally_day.joined + excluded.joined,
    ended = tally_day.ended + excluded.ended;

-- name: tally_day_all
SELECT unit_id, day, joined, ended FROM tally_day WHERE org_id = :org;

-- name: tally_days
SELECT day, joined, ended FROM tally_day
WHERE org_id = :org AND unit_id = :unit AND day >= :first AND day <= :last ORDER BY day;

-- name: tally_children
SELECT u.unit_id, u.code, u.kind, u.parent_id, u.path, u.name_en, u.name_hi, u.state_code,
    u.reference, t.members, t.provisional, t.suspended, t.ever_joined, t.ended, t.rural, t.urban,
    t.women, t.men, t.other_gender, t.phone_confirmed, t.fee_proved, d.joined
FROM unit u
LEFT JOIN tally t ON t.org_id = u.org_id AND t.unit_id = u.unit_id
LEFT JOIN tally_day d ON d.org_id = u.org_id AND d.unit_id = u.unit_id AND d.day = :day
WHERE u.org_id = :org AND u.parent_id = :parent ORDER BY u.name_en, u.unit_id LIMIT :max;

-- name: unit_paths
SELECT u.unit_id, u.path, k.has_days
FROM unit u JOIN unit_kind k ON k.org_id = u.org_id AND k.kind = u.kind
WHERE u.org_id = :org ORDER BY u.unit_id;

-- name: unit_has_days
-- kept
SELECT k.has_days FROM unit u JOIN unit_kind k ON k.org_id = u.org_id AND k.kind = u.kind
WHERE u.org_id = :org AND u.unit_id = :unit;
