-- What tells statements apart in their list, and why one could not be counted. Types are macros
-- (store/migrate.c). statement_import.state may also be failed.
ALTER TABLE statement_import ADD COLUMN account TEXT NOT NULL DEFAULT ''; -- its last four digits
ALTER TABLE statement_import ADD COLUMN trouble TEXT NOT NULL DEFAULT ''; -- statement_import.h
