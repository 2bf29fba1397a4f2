-- What is allowed, and what enrollers have used of it.

-- name: allowance_insert
INSERT INTO allowance (org_id, codes_day, phone_members, joins_day, cash_paise)
VALUES (:org, :codes_day, :phone_members, :joins_day, :cash_paise);

-- name: allowance_set
UPDATE allowance SET codes_day = :codes_day, phone_members = :phone_members,
    joins_day = :joins_day, cash_paise = :cash_paise
WHERE org_id = :org;

-- name: allowance_read
-- kept
SELECT codes_day, phone_members, joins_day, cash_paise FROM allowance WHERE org_id = :org;

-- name: enroller_allowance_put
INSERT INTO enroller_allowance (org_id, enroller, joins_day, cash_paise, until, given_by, given_at)
VALUES (:org, :enroller, :joins_day, :cash_paise, :until, :given_by, :now)
ON CONFLICT (org_id, enroller) DO UPDATE SET joins_day = excluded.joins_day,
    cash_paise = excluded.cash_paise, until = excluded.until, given_by = excluded.given_by,
    given_at = excluded.given_at;

-- name: enroller_allowance_read
-- kept
SELECT joins_day, cash_paise, until FROM enroller_allowance
WHERE org_id = :org AND enroller = :enroller;

-- Nothing changes once the day's are used up: two at the same time cannot both be the last.
-- name: enroller_day_add
INSERT INTO enroller_day (org_id, enroller, day, joins, unconfirmed)
VALUES (:org, :enroller, :day, 1, :unconfirmed)
ON CONFLICT (org_id, enroller, day) DO UPDATE SET joins = enroller_day.joins + 1,
    unconfirmed = enroller_day.unconfirmed + excluded.unconfirmed
WHERE enroller_day.joins < :joins_day;

-- name: enroller_day_sum
SELECT coalesce(sum(joins), 0), coalesce(sum(unconfirmed), 0) FROM enroller_day
WHERE org_id = :org AND enroller = :enroller AND day >= :first AND day <= :last;

-- Tokens of one unit with all below it (its id as text), newest first, below the cursor.
-- name: enroller_list
SELECT t.token_id, t.label, t.unit_id, u.code, t.expires_at, t.revoked_at
FROM api_token t JOIN unit u ON u.org_id = t.org_id AND u.unit_id = t.unit_id
WHERE t.org_id = :org AND t.token_id < :before
    AND '/' || u.path || '/' LIKE '%/' || :unit || '/%'
ORDER BY t.token_id DESC LIMIT :max;

-- name: enroller_token
SELECT t.token_id, t.label, t.unit_id, u.code, t.expires_at, t.revoked_at
FROM api_token t JOIN unit u ON u.org_id = t.org_id AND u.unit_id = t.unit_id
WHERE t.org_id = :org AND t.token_id = :token;
