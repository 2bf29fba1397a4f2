-- What part of a fee belongs to which level of unit. Types are macros (store/migrate.c).

-- A set of parts holds from its day until the next set; its parts add up to 10000.
CREATE TABLE unit_share (
    org_id INT64 NOT NULL,
    from_day INT64 NOT NULL,
    kind TEXT NOT NULL,             -- of unit_kind
    basis_points INT64 NOT NULL,
    PRIMARY KEY (org_id, from_day, kind)
) KEYED;

-- When a payment went back: its shares are taken back on that day.
CREATE TABLE payment_refund (
    org_id INT64 NOT NULL,
    serial INT64 NOT NULL,
    sequence INT64 NOT NULL,
    at INT64 NOT NULL,
    PRIMARY KEY (org_id, serial, sequence)
) KEYED;
