-- What somebody saw on the account and no statement has confirmed yet, by when it was seen; the
-- line of a statement gives it another external_id. Types are macros (store/migrate.c).
CREATE INDEX payment_in_seen ON payment_in (org_id, at, payment_id)
    WHERE substr(external_id, 1, 5) = 'seen:';
