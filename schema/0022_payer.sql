-- Who paid, as a keyed hash only: so that one payer for many is seen and nobody is named. Types are
-- macros (store/migrate.c).
CREATE TABLE payment_payer (
    org_id INT64 NOT NULL,
    payment_id INT64 NOT NULL,
    payer_hash BYTES NOT NULL,      -- of the UPI address or the phone that the gateway told
    PRIMARY KEY (org_id, payment_id)
) KEYED;
CREATE INDEX payment_payer_all ON payment_payer (org_id, payer_hash, payment_id);
