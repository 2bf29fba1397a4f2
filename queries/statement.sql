-- Account statements: imports under way, their sealed files, remembered columns.

-- name: statement_layout_put
INSERT INTO statement_layout (org_id, signature, columns, at)
VALUES (:org, :signature, :columns, :at)
ON CONFLICT (org_id, signature) DO UPDATE SET columns = excluded.columns, at = excluded.at;

-- name: statement_layout_read
SELECT columns FROM statement_layout WHERE org_id = :org AND signature = :signature;

-- name: statement_import_insert
INSERT INTO statement_import (org_id, import_id, at, token_id, state, columns, every, credits,
    sum_paise, first_day, last_day, looked, fresh, account)
VALUES (:org, :import, :at, :token, 'draft', '', 0, 0, 0, 0, 0, 0, 0, :account);

-- name: statement_file_insert
INSERT INTO statement_file (org_id, import_id, expires_at, sealed_key, file)
VALUES (:org, :import, :expires_at, :sealed_key, :file);

-- name: statement_file_read
SELECT sealed_key, file FROM statement_file
WHERE org_id = :org AND import_id = :import AND expires_at > :now;

-- name: statement_file_count
SELECT count(*) FROM statement_file WHERE org_id = :org AND expires_at > :now;

-- name: statement_file_delete
DELETE FROM statement_file WHERE org_id = :org AND import_id = :import;

-- name: statement_file_sweep
DELETE FROM statement_file WHERE org_id = :org AND expires_at <= :now;

-- Never counted, and the file is gone.
-- name: statement_import_sweep
DELETE FROM statement_import WHERE org_id = :org AND state = 'draft' AND at <= :before;

-- name: statement_import_delete
DELETE FROM statement_import WHERE org_id = :org AND import_id = :import AND state = 'draft';

-- name: statement_import_read
SELECT i.import_id, i.at, i.token_id, i.state, i.columns, i.every, i.credits, i.sum_paise,
    i.first_day, i.last_day, i.looked, i.fresh, (SELECT count(*) FROM statement_file f
     WHERE f.org_id = i.org_id AND f.import_id = i.import_id AND f.expires_at > :now),
    i.account, i.trouble
FROM statement_import i WHERE i.org_id = :org AND i.import_id = :import;

-- name: statement_import_list
SELECT i.import_id, i.at, i.token_id, i.state, i.columns, i.every, i.credits, i.sum_paise,
    i.first_day, i.last_day, i.looked, i.fresh, (SELECT count(*) FROM statement_file f
     WHERE f.org_id = i.org_id AND f.import_id = i.import_id AND f.expires_at > :now),
    i.account, i.trouble
FROM statement_import i WHERE i.org_id = :org ORDER BY i.at DESC, i.import_id DESC LIMIT :max;

-- name: statement_import_next_counting
SELECT import_id FROM statement_import
WHERE org_id = :org AND state = 'counting' ORDER BY state, import_id LIMIT 1;

-- name: statement_import_set
UPDATE statement_import SET state = :state, columns = :columns, every = :every,
    credits = :credits, sum_paise = :sum_paise, first_day = :first_day, last_day = :last_day,
    looked = :looked, fresh = :fresh, trouble = :trouble
WHERE org_id = :org AND import_id = :import AND state = :was;
