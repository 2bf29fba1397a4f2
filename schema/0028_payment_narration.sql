-- What the bank's line said of a payment that somebody must decide about, sealed: it names whoever
-- paid. Dropped once nothing of the payment is left. Types are macros (store/migrate.c).
CREATE TABLE payment_narration (
    org_id INT64 NOT NULL,
    payment_id INT64 NOT NULL,
    sealed_key BYTES NOT NULL,
    body BYTES NOT NULL,
    PRIMARY KEY (org_id, payment_id)
) KEYED;
