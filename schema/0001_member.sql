-- The register of members. Types are macros (store/migrate.c): INT64, BYTES, TEXT; KEYED ends a
-- table whose primary key is its order on disk, STRICTLY any other.
-- Times are seconds UTC, days are day numbers in the organisation's zone, money is paise.
-- Every truth row belongs to an organisation; no foreign keys (Citus), the domain keeps them.

-- One row of the whole register: what it is.
CREATE TABLE register (
    one INT64 PRIMARY KEY,          -- 1
    format INT64 NOT NULL,          -- version of the schema's meaning, raised by migrations
    demo INT64 NOT NULL,            -- 1: demo means (codes on pages, pay button) may exist
    created_at INT64 NOT NULL
) STRICTLY;

CREATE TABLE organisation (
    org_id INT64 PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,      -- 2-5 capital letters, on every number
    name_en TEXT NOT NULL,
    name_hi TEXT NOT NULL,
    preset TEXT NOT NULL,           -- community | party
    base_url TEXT NOT NULL,         -- scheme and host under which alone cards are checked
    zone_offset_s INT64 NOT NULL,
    minimum_age INT64 NOT NULL,
    registration_no TEXT NOT NULL,  -- shown on cards and check pages; may be empty
    address TEXT NOT NULL,
    helpline TEXT NOT NULL,
    accent TEXT NOT NULL,           -- colour #rrggbb
    root_unit_id INT64 NOT NULL,
    next_serial INT64 NOT NULL,
    next_book INT64 NOT NULL,
    notice_version TEXT NOT NULL,   -- the consent notice in force
    created_at INT64 NOT NULL
) STRICTLY;

-- Labels of kinds of unit are the organisation's own.
CREATE TABLE unit_kind (
    org_id INT64 NOT NULL,
    kind TEXT NOT NULL,             -- nation | state | district | pc | ac | booth | …
    rank INT64 NOT NULL,            -- 0 the root
    label_en TEXT NOT NULL,
    label_hi TEXT NOT NULL,
    has_days INT64 NOT NULL,        -- 1: a series by day is kept
    PRIMARY KEY (org_id, kind)
) KEYED;

CREATE TABLE unit (
    org_id INT64 NOT NULL,
    unit_id INT64 NOT NULL,
    code TEXT NOT NULL,             -- "IN", "UP", "UP-174", stable, in cards and addresses
    kind TEXT NOT NULL,
    parent_id INT64 NOT NULL,       -- 0: the root
    path TEXT NOT NULL,             -- unit ids from the root to itself: "1/35/412"
    name_en TEXT NOT NULL,
    name_hi TEXT NOT NULL,
    state_code TEXT NOT NULL,       -- ISO 3166-2:IN letters, empty above states and abroad
    reference TEXT NOT NULL,        -- code in the geography it came from (LGD, AC number), or empty
    created_at INT64 NOT NULL,
    PRIMARY KEY (org_id, unit_id)
) KEYED;
CREATE UNIQUE INDEX unit_by_code ON unit (org_id, code);
CREATE INDEX unit_by_parent ON unit (org_id, parent_id, name_en);

-- Reference: which units a postal PIN code reaches, most post offices first.
CREATE TABLE pin_place (
    pin INT64 NOT NULL,
    place INT64 NOT NULL,           -- 0, 1, … in order of preference
    district TEXT NOT NULL,         -- code of its unit in a community: "UP-174"
    offices INT64 NOT NULL,
    PRIMARY KEY (pin, place)
) KEYED;

-- Reference: towns, blocks, districts by name, for the place search. key is the name folded, or
-- a tilde and the name by sound.
CREATE TABLE place_name (
    key TEXT NOT NULL,
    place INT64 NOT NULL,
    name_en TEXT NOT NULL,
    name_hi TEXT NOT NULL,
    kind TEXT NOT NULL,             -- urban | block | subdistrict | district | state | ac
    district TEXT NOT NULL,         -- code of the unit: "UP-174", "UP-AC174", a state's "UP"
    PRIMARY KEY (key, place)
) KEYED;

CREATE TABLE membership_kind (
    org_id INT64 NOT NULL,
    kind TEXT NOT NULL,             -- ordinary | …
    name_en TEXT NOT NULL,
    name_hi TEXT NOT NULL,
    fee_paise INT64 NOT NULL,
    term_days INT64 NOT NULL,       -- 0: for life
    minimum_age INT64 NOT NULL,
    PRIMARY KEY (org_id, kind)
) KEYED;

CREATE TABLE member (
    org_id INT64 NOT NULL,
    serial INT64 NOT NULL,          -- permuted it is the number
    state TEXT NOT NULL,            -- member.h: MemberState
    kind TEXT NOT NULL,             -- membership_kind
    name TEXT NOT NULL,             -- as printed, as typed by the member
    name_alt TEXT NOT NULL,         -- in the other script, or empty
    gender TEXT NOT NULL,           -- f m x n
    birth_year INT64 NOT NULL,
    unit_id INT64 NOT NULL,         -- where counted
    settlement TEXT NOT NULL,       -- rural | urban | unknown
    joined_at INT64 NOT NULL,       -- first applied or enrolled
    confirmed_at INT64,
    expires_at INT64,               -- NULL: for life
    ended_at INT64,
    how TEXT NOT NULL,              -- enroller | web | import | demo
    enrolled_by INT64,              -- api_token id, or NULL: by oneself
    enroller_serial INT64,          -- the member credited with it, or NULL
    phone_proof TEXT NOT NULL,      -- none | unconfirmed | code
    fee_proof TEXT NOT NULL,        -- none | free | cash | demo (more with the treasury)
    card_issue INT64 NOT NULL,      -- raised with every new card
    card_generation INT64 NOT NULL, -- raised to replace the card page's address
    sealed_key BYTES NOT NULL,      -- the member's own key, wrapped
    phone BYTES,                    -- sealed E.164
    phone_of TEXT NOT NULL,         -- self | household | none
    PRIMARY KEY (org_id, serial)
) KEYED;
CREATE INDEX member_by_unit ON member (org_id, unit_id, joined_at, serial);

-- At most LIMIT_PHONE_MEMBERS rows a phone: the key is the limit. person tells whether the same
-- name and year of birth is on this phone already.
CREATE TABLE phone_slot (
    org_id INT64 NOT NULL,
    phone_hash BYTES NOT NULL,      -- keyed, 16 bytes
    slot INT64 NOT NULL,
    person BYTES NOT NULL,          -- keyed hash of name key and birth year, 8 bytes
    serial INT64 NOT NULL,
    PRIMARY KEY (org_id, phone_hash, slot)
) KEYED;

-- Dated register events: what happened to a membership. Counts can be rebuilt from them.
CREATE TABLE member_event (
    org_id INT64 NOT NULL,
    serial INT64 NOT NULL,
    sequence INT64 NOT NULL,        -- 0, 1, … of this member
    at INT64 NOT NULL,
    day INT64 NOT NULL,
    type TEXT NOT NULL,             -- apply withdraw join confirm suspend resume end
                                    -- move correct reissue
    unit_id INT64 NOT NULL,
    state TEXT NOT NULL,            -- after it
    actor TEXT NOT NULL,            -- "token:7", "member:12", "operator"
    reason TEXT NOT NULL,
    PRIMARY KEY (org_id, serial, sequence)
) KEYED;

CREATE TABLE consent (
    org_id INT64 NOT NULL,
    serial INT64 NOT NULL,
    sequence INT64 NOT NULL,
    notice TEXT NOT NULL,           -- version of the notice that was shown
    at INT64 NOT NULL,
    channel TEXT NOT NULL,          -- enroller | web | demo
    PRIMARY KEY (org_id, serial, sequence)
) KEYED;

-- Posts held by members; several at once. Empty until committees come.
CREATE TABLE post (
    org_id INT64 NOT NULL,
    serial INT64 NOT NULL,
    post_id INT64 NOT NULL,
    unit_id INT64 NOT NULL,
    title_en TEXT NOT NULL,
    title_hi TEXT NOT NULL,
    since INT64 NOT NULL,
    until INT64,
    PRIMARY KEY (org_id, serial, post_id)
) KEYED;

CREATE TABLE receipt_book (
    org_id INT64 NOT NULL,
    book INT64 NOT NULL,
    financial_year INT64 NOT NULL,  -- first year: 2026 for 26-27
    holder TEXT NOT NULL,           -- "token:7" | "server"
    next_number INT64 NOT NULL,
    PRIMARY KEY (org_id, book)
) KEYED;
CREATE UNIQUE INDEX receipt_book_of ON receipt_book (org_id, holder, financial_year);

CREATE TABLE payment (
    org_id INT64 NOT NULL,
    serial INT64 NOT NULL,          -- for whom
    sequence INT64 NOT NULL,
    at INT64 NOT NULL,
    amount_paise INT64 NOT NULL,
    method TEXT NOT NULL,           -- cash | demo
    state TEXT NOT NULL,            -- received
    book INT64 NOT NULL,
    receipt INT64 NOT NULL,
    taken_by TEXT NOT NULL,
    PRIMARY KEY (org_id, serial, sequence)
) KEYED;
CREATE UNIQUE INDEX payment_by_receipt ON payment (org_id, book, receipt);

CREATE TABLE api_token (
    org_id INT64 NOT NULL,
    token_id INT64 NOT NULL,
    secret_hash BYTES NOT NULL,
    role TEXT NOT NULL,             -- enroller | admin
    unit_id INT64 NOT NULL,
    label TEXT NOT NULL,
    created_at INT64 NOT NULL,
    expires_at INT64 NOT NULL,
    revoked_at INT64,
    PRIMARY KEY (org_id, token_id)
) KEYED;
CREATE UNIQUE INDEX api_token_by_secret ON api_token (org_id, secret_hash);

-- Answers already given to a create: the same key with the same body gives the same answer.
CREATE TABLE idempotency (
    org_id INT64 NOT NULL,
    key_hash BYTES NOT NULL,        -- keyed hash of actor and key
    body_hash BYTES NOT NULL,
    serial INT64 NOT NULL,          -- the member that was created
    at INT64 NOT NULL,
    PRIMARY KEY (org_id, key_hash)
) KEYED;

-- A join under way on the web: lives a day, everything personal sealed.
CREATE TABLE application (
    org_id INT64 NOT NULL,
    secret_hash BYTES NOT NULL,     -- of the cookie
    sealed_key BYTES NOT NULL,
    form BYTES NOT NULL,            -- sealed
    step TEXT NOT NULL,             -- form | check | code | pay | done
    phone_hash BYTES,
    code_hash BYTES,
    code_expires_at INT64,
    code_tries INT64 NOT NULL,
    notice TEXT NOT NULL,           -- version agreed to, or empty
    consent_at INT64,
    serial INT64,                   -- the member, once there is one
    created_at INT64 NOT NULL,
    expires_at INT64 NOT NULL,
    PRIMARY KEY (org_id, secret_hash)
) KEYED;
CREATE INDEX application_by_expiry ON application (org_id, expires_at);

-- Codes sent and tried by phone and day or hour: the limits of "Security and privacy, decided".
CREATE TABLE code_use (
    org_id INT64 NOT NULL,
    phone_hash BYTES NOT NULL,
    period INT64 NOT NULL,          -- hour number, or -day number
    sent INT64 NOT NULL,
    tried INT64 NOT NULL,
    PRIMARY KEY (org_id, phone_hash, period)
) KEYED;

-- Who did and who looked. Appended only.
CREATE TABLE audit (
    org_id INT64 NOT NULL,
    audit_id INT64 NOT NULL,
    at INT64 NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,           -- member.enrol, member.look, token.create …
    subject TEXT NOT NULL,          -- "member:12", "unit:5"
    detail TEXT NOT NULL,           -- no personal data
    PRIMARY KEY (org_id, audit_id)
) KEYED;

-- Derived: everything below can be dropped and rebuilt.

-- Current figures of a unit with all below it: one row.
CREATE TABLE tally (
    org_id INT64 NOT NULL,
    unit_id INT64 NOT NULL,
    members INT64 NOT NULL,         -- confirmed, provisional, suspended: whoever holds a number now
    provisional INT64 NOT NULL,
    suspended INT64 NOT NULL,
    ever_joined INT64 NOT NULL,
    ended INT64 NOT NULL,
    rural INT64 NOT NULL,
    urban INT64 NOT NULL,
    women INT64 NOT NULL,
    men INT64 NOT NULL,
    other_gender INT64 NOT NULL,
    phone_confirmed INT64 NOT NULL,
    fee_proved INT64 NOT NULL,
    PRIMARY KEY (org_id, unit_id)
) KEYED;

CREATE TABLE tally_day (
    org_id INT64 NOT NULL,
    unit_id INT64 NOT NULL,
    day INT64 NOT NULL,
    joined INT64 NOT NULL,
    ended INT64 NOT NULL,
    PRIMARY KEY (org_id, unit_id, day)
) KEYED;
