-- Renewing: fees of renewals, reminders, in whose language. Types are macros (store/migrate.c).

ALTER TABLE fee_order_member ADD COLUMN purpose TEXT NOT NULL DEFAULT 'join'; -- join | renew
ALTER TABLE fee_order_member ADD COLUMN renewed_at INT64; -- renew: when it was done

ALTER TABLE member ADD COLUMN lang TEXT NOT NULL DEFAULT 'hi'; -- hi | en: of messages

-- The end of the term that the answer named, as it may move since; 0: for life, or not known.
ALTER TABLE idempotency ADD COLUMN expires_at INT64 NOT NULL DEFAULT 0;

-- Reminders of the end of a term that were put into the outbox: each once.
CREATE TABLE member_reminder (
    org_id INT64 NOT NULL,
    serial INT64 NOT NULL,
    ends_at INT64 NOT NULL,         -- the term's end as it was then
    step INT64 NOT NULL,            -- days before it; 0: in the grace after it
    at INT64 NOT NULL,
    PRIMARY KEY (org_id, serial, ends_at, step)
) KEYED;
