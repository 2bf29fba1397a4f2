-- The register and its organisation.

-- name: register_insert
INSERT INTO register (one, format, demo, created_at) VALUES (1, 1, :demo, :at);

-- name: register_read
SELECT format, demo, created_at FROM register WHERE one = 1;

-- name: organisation_insert
INSERT INTO organisation (org_id, code, name_en, name_hi, preset, base_url, zone_offset_s,
    minimum_age, registration_no, address, helpline, accent, root_unit_id, next_serial, next_book,
    notice_version, created_at)
VALUES (1, :code, :name_en, :name_hi, :preset, :base_url, :zone_offset_s, :minimum_age,
    :registration_no, :address, :helpline, :accent, :root_unit_id, 0, 1, :notice_version, :at);

-- name: organisation_read
SELECT org_id, code, name_en, name_hi, preset, base_url, zone_offset_s, minimum_age,
    registration_no, address, helpline, accent, root_unit_id, notice_version, keys_mark
FROM organisation ORDER BY org_id LIMIT 1;

-- name: organisation_set_keys_mark
UPDATE organisation SET keys_mark = :mark WHERE org_id = :org AND keys_mark IS NULL;

-- name: organisation_slogan_read
SELECT slogan_en, slogan_hi FROM organisation WHERE org_id = :org;

-- name: organisation_slogan_set
UPDATE organisation SET slogan_en = :en, slogan_hi = :hi WHERE org_id = :org;

-- name: membership_kind_insert
INSERT INTO membership_kind (org_id, kind, name_en, name_hi, fee_paise, term_days, minimum_age,
    renew_days, grace_days, rights, rights_hi)
VALUES (:org, :kind, :name_en, :name_hi, :fee_paise, :term_days, :minimum_age, :renew_days,
    :grace_days, :rights, :rights_hi)
ON CONFLICT DO NOTHING;

-- name: membership_kind_update
UPDATE membership_kind SET name_en = :name_en, name_hi = :name_hi, fee_paise = :fee_paise,
    term_days = :term_days, minimum_age = :minimum_age, renew_days = :renew_days,
    grace_days = :grace_days, rights = :rights, rights_hi = :rights_hi, closed_at = :closed_at
WHERE org_id = :org AND kind = :kind;

-- name: membership_kind_list
SELECT kind, name_en, name_hi, fee_paise, term_days, minimum_age, renew_days, grace_days, rights,
    closed_at, rights_hi
FROM membership_kind WHERE org_id = :org
ORDER BY kind <> 'ordinary', fee_paise, kind LIMIT :max;

-- name: membership_kind_read
-- kept
SELECT kind, name_en, name_hi, fee_paise, term_days, minimum_age, renew_days, grace_days, rights,
    closed_at, rights_hi
FROM membership_kind WHERE org_id = :org AND kind = :kind;

-- Taken first, then read in the same transaction: RETURNING makes SQLite build a table for the
-- answer, which costs more than a second statement.
-- name: organisation_take_serial
UPDATE organisation SET next_serial = next_serial + 1 WHERE org_id = :org;

-- name: organisation_taken_serial
SELECT next_serial - 1 FROM organisation WHERE org_id = :org;

-- name: organisation_next_book
UPDATE organisation SET next_book = next_book + 1 WHERE org_id = :org RETURNING next_book - 1;
