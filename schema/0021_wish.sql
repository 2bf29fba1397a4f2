-- Consents that are taken back. Types are macros (store/migrate.c).

-- The newest row of a purpose counts.
ALTER TABLE consent ADD COLUMN given INT64 NOT NULL DEFAULT 1; -- 0: withdrawn
