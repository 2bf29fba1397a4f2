-- A guardian's phone as a keyed hash, so that one that answers for many minors is seen. Types are
-- macros (store/migrate.c).
ALTER TABLE guardian ADD COLUMN phone_hash BYTES;   -- NULL: enrolled before it was kept
CREATE INDEX guardian_by_phone ON guardian (org_id, phone_hash, serial)
    WHERE phone_hash IS NOT NULL;
