-- Payment links at a gateway, one to an order, made by a job. Types are macros (store/migrate.c).

ALTER TABLE pay_way ADD COLUMN key_id TEXT NOT NULL DEFAULT '';  -- razorpay: of its API
ALTER TABLE pay_way ADD COLUMN key_secret BYTES;                 -- sealed as secret is
ALTER TABLE pay_way ADD COLUMN api_url TEXT NOT NULL DEFAULT ''; -- or empty: the usual one

CREATE TABLE pay_link (
    org_id INT64 NOT NULL,
    order_id INT64 NOT NULL,
    state TEXT NOT NULL,            -- wanted | made | failed
    amount_paise INT64 NOT NULL,
    attempt INT64 NOT NULL,         -- requests ever made: each has a name of its own there
    tries INT64 NOT NULL,           -- of them since it was last wanted
    next_try_at INT64 NOT NULL,     -- while one is under way: when its lease ends
    wanted_at INT64 NOT NULL,
    link_id TEXT NOT NULL,          -- the gateway's name of it, or empty
    url TEXT NOT NULL,              -- where it is paid, or empty
    expires_at INT64,               -- then it takes no money any more
    last_error TEXT NOT NULL,       -- outbound/payment_link.h
    PRIMARY KEY (org_id, order_id)
) KEYED;
CREATE INDEX pay_link_by_due ON pay_link (org_id, state, next_try_at);
