-- Who was rejected and left it at that is forgotten like who applied. Types are macros
-- (store/migrate.c).
DROP INDEX member_applied;
CREATE INDEX member_unpaid ON member (org_id, joined_at, serial)
    WHERE state IN ('applied', 'rejected');
