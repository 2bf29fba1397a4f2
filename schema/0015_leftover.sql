-- What a day leaves behind is found by its age. Types are macros (store/migrate.c).
CREATE INDEX code_use_by_period ON code_use (org_id, period);
