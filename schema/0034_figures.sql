-- What is counted when somebody looks is read from an index that has just that. Types are macros
-- (store/migrate.c).
CREATE INDEX denial_by_who ON denial (org_id, enrolled_by, enroller_serial, unit_id, state);
CREATE INDEX payment_in_left ON payment_in (org_id, left_paise) WHERE left_paise <> 0;
