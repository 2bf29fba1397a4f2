-- The ledger, orders for fees, money that came in, ways to pay, receipt books.

-- name: ledger_next
SELECT coalesce(max(number), 0) + 1 FROM ledger_entry WHERE org_id = :org AND day = :day;

-- name: ledger_entry_insert
INSERT INTO ledger_entry (org_id, day, number, at, kind, subject, actor, note)
VALUES (:org, :day, :number, :at, :kind, :subject, :actor, :note);

-- name: ledger_line_insert
INSERT INTO ledger_line (org_id, day, number, line, account, paise)
VALUES (:org, :day, :number, :line, :account, :paise);

-- name: ledger_day_add
INSERT INTO ledger_day (org_id, account, day, debit, credit)
VALUES (:org, :account, :day, :debit, :credit)
ON CONFLICT (org_id, account, day) DO UPDATE SET
    debit = ledger_day.debit + excluded.debit, credit = ledger_day.credit + excluded.credit;

-- name: ledger_balance
SELECT coalesce(sum(debit), 0) - coalesce(sum(credit), 0) FROM ledger_day
WHERE org_id = :org AND account = :account AND day <= :day;

-- All accounts whose code lies in a range: their balance before the first day, what moved up to
-- the last.
-- name: ledger_accounts
SELECT account,
    sum(CASE WHEN day < :first THEN debit - credit ELSE 0 END),
    sum(CASE WHEN day >= :first THEN debit ELSE 0 END),
    sum(CASE WHEN day >= :first THEN credit ELSE 0 END)
FROM ledger_day
WHERE org_id = :org AND account >= :from AND account < :until AND day <= :last
GROUP BY account ORDER BY account LIMIT :max;

-- Entries of a day are numbered from 1.
-- name: ledger_day_count
SELECT coalesce(max(number), 0) FROM ledger_entry WHERE org_id = :org AND day = :day;

-- name: ledger_day_book
SELECT e.day, e.number, e.at, e.kind, e.subject, e.actor, e.note, l.line, l.account, l.paise
FROM ledger_entry e
JOIN ledger_line l ON l.org_id = e.org_id AND l.day = e.day AND l.number = e.number
WHERE e.org_id = :org AND e.day = :day AND (l.number, l.line) > (:number, :line)
ORDER BY l.number, l.line LIMIT :max;

-- name: ledger_day_sum
SELECT coalesce(sum(CASE WHEN paise > 0 THEN paise ELSE 0 END), 0),
    coalesce(sum(CASE WHEN paise < 0 THEN -paise ELSE 0 END), 0)
FROM ledger_line WHERE org_id = :org AND day = :day;

-- name: ledger_day_before
SELECT day FROM ledger_entry WHERE org_id = :org AND day < :day ORDER BY day DESC LIMIT 1;

-- name: ledger_day_after
SELECT day FROM ledger_entry WHERE org_id = :org AND day > :day ORDER BY day LIMIT 1;

-- Days on which money was taken and days on which it was given on, newest first.
-- name: ledger_days_back
SELECT day, debit, credit FROM ledger_day
WHERE org_id = :org AND account = :account ORDER BY day DESC;

-- name: fee_order_next
SELECT coalesce(max(order_id), 0) + 1 FROM fee_order WHERE org_id = :org;

-- name: fee_order_insert
INSERT INTO fee_order (org_id, order_id, state, amount_paise, way, utr, gateway_order, created_at)
VALUES (:org, :order, 'open', :amount_paise, '', '', '', :at);

-- name: fee_order_member_insert
INSERT INTO fee_order_member (org_id, order_id, serial, fee_paise, purpose, renewed_at)
VALUES (:org, :order, :serial, :fee_paise, :purpose, NULL);

-- name: fee_order_read
SELECT order_id, state, amount_paise, way, utr, gateway_order, created_at, claimed_at, ended_at,
    rejected_reason, rejected_at, joined_into
FROM fee_order WHERE org_id = :org AND order_id = :order;

-- name: fee_order_members
SELECT serial, fee_paise, purpose, renewed_at FROM fee_order_member
WHERE org_id = :org AND order_id = :order ORDER BY serial;

-- name: fee_order_of_serial
SELECT order_id FROM fee_order_member
WHERE org_id = :org AND serial = :serial ORDER BY order_id DESC LIMIT 1;

-- The renewal is done: once.
-- name: fee_order_member_renewed
UPDATE fee_order_member SET renewed_at = :at
WHERE org_id = :org AND order_id = :order AND serial = :serial AND purpose = 'renew'
    AND renewed_at IS NULL;

-- name: fee_order_claimed_renewal
SELECT count(*) FROM fee_order_member f
JOIN fee_order o ON o.org_id = f.org_id AND o.order_id = f.order_id
WHERE f.org_id = :org AND f.serial = :serial AND f.purpose = 'renew' AND f.renewed_at IS NULL
    AND o.state = 'claimed';

-- name: fee_order_gathered
SELECT m.order_id FROM fee_order_member m
JOIN fee_order o ON o.org_id = m.org_id AND o.order_id = m.order_id
WHERE m.org_id = :org AND m.serial = :serial AND o.joined_into = :into AND o.state = 'open'
    AND 1 = (SELECT count(*) FROM fee_order_member x
        WHERE x.org_id = o.org_id AND x.order_id = o.order_id)
ORDER BY m.order_id DESC LIMIT 1;

-- name: fee_order_by_utr
SELECT order_id FROM fee_order WHERE org_id = :org AND utr = :utr ORDER BY order_id LIMIT 2;

-- name: fee_order_by_gateway_order
SELECT order_id FROM fee_order WHERE org_id = :org AND gateway_order = :gateway_order
ORDER BY order_id LIMIT 2;

-- name: fee_order_set
UPDATE fee_order SET state = :state, way = :way, utr = :utr, gateway_order = :gateway_order,
    claimed_at = :claimed_at, ended_at = :ended_at, rejected_reason = :rejected_reason,
    rejected_at = :rejected_at, joined_into = :joined_into
WHERE org_id = :org AND order_id = :order AND state = :was;

-- name: payment_in_next
SELECT coalesce(max(payment_id), 0) + 1 FROM payment_in WHERE org_id = :org;

-- name: payment_in_insert
INSERT INTO payment_in (org_id, payment_id, source, external_id, at, amount_paise, left_paise, utr,
    gateway_order, reference, order_id, state, problem, reason)
VALUES (:org, :payment, :source, :external_id, :at, :amount_paise, :amount_paise, :utr,
    :gateway_order, :reference, NULL, 'open', 'unknown', '')
ON CONFLICT (org_id, source, external_id) DO NOTHING;

-- name: payment_in_find
SELECT payment_id FROM payment_in
WHERE org_id = :org AND source = :source AND external_id = :external_id;

-- A line of a statement that is in the books.
-- name: payment_in_known
SELECT payment_id, left_paise, problem FROM payment_in
WHERE org_id = :org AND source = :source AND external_id = :external_id;

-- What somebody saw on the account before the statement came.
-- The source as an expression: as a column SQLite would look through all that came from the bank.
-- name: payment_in_seen
SELECT payment_id, left_paise, problem FROM payment_in
WHERE org_id = :org AND source || '' = 'bank' AND amount_paise = :amount_paise
    AND external_id LIKE 'seen:%' AND payment_id IN (
        SELECT u.payment_id FROM payment_in u WHERE u.org_id = :org AND u.utr = :utr)
ORDER BY payment_id;

-- Seen on the account and in no statement since, the longest waiting first. at as a range, so that
-- SQLite takes the index that has only these.
-- name: payment_in_list_seen
SELECT payment_id, source, external_id, at, amount_paise, left_paise, utr, gateway_order,
    reference, order_id, state, problem, reason, decided_at, returned_by
FROM payment_in WHERE org_id = :org AND substr(external_id, 1, 5) = 'seen:' AND at >= :from
    AND at <= :to AND payment_id > :after
ORDER BY at, payment_id LIMIT :max;

-- name: payment_in_tally_seen
SELECT count(*), coalesce(sum(amount_paise), 0) FROM payment_in
WHERE org_id = :org AND substr(external_id, 1, 5) = 'seen:' AND at >= 0;

-- Whether money of this transfer is in the books.
-- name: payment_in_count_utr
SELECT count(*) FROM payment_in
WHERE org_id = :org AND source || '' = 'bank' AND payment_id IN (
    SELECT u.payment_id FROM payment_in u WHERE u.org_id = :org AND u.utr = :utr);

-- name: payment_in_set_external
UPDATE payment_in SET external_id = :external_id WHERE org_id = :org AND payment_id = :payment;

-- name: payment_in_read
SELECT payment_id, source, external_id, at, amount_paise, left_paise, utr, gateway_order,
    reference, order_id, state, problem, reason, decided_at, returned_by
FROM payment_in WHERE org_id = :org AND payment_id = :payment;

-- name: payment_in_set
UPDATE payment_in SET left_paise = :left_paise, order_id = :order, state = :state,
    problem = :problem, reason = :reason, decided_at = :decided_at, returned_by = :returned_by
WHERE org_id = :org AND payment_id = :payment;

-- name: payment_in_list
SELECT payment_id, source, external_id, at, amount_paise, left_paise, utr, gateway_order,
    reference, order_id, state, problem, reason, decided_at, returned_by
FROM payment_in WHERE org_id = :org AND state = :state AND payment_id > :after
ORDER BY payment_id LIMIT :max;

-- name: payment_in_tally
SELECT count(*), coalesce(sum(left_paise), 0), coalesce(sum(amount_paise), 0) FROM payment_in
WHERE org_id = :org AND payment_id IN (
    SELECT s.payment_id FROM payment_in s WHERE s.org_id = :org AND s.state = :state);

-- name: payment_in_count
SELECT count(*) FROM payment_in
WHERE org_id = :org AND (:problem = '' OR problem = :problem) AND payment_id IN (
    SELECT s.payment_id FROM payment_in s WHERE s.org_id = :org AND s.state = :state);

-- name: payment_in_list_problem
SELECT payment_id FROM payment_in
WHERE org_id = :org AND state = :state AND payment_id > :after
    AND (:problem = '' OR problem = :problem)
ORDER BY payment_id LIMIT :max;

-- name: payment_in_of_order
SELECT payment_id FROM payment_in
WHERE org_id = :org AND left_paise > 0 AND state <> 'returning' AND payment_id IN (
    SELECT o.payment_id FROM payment_in o WHERE o.org_id = :org AND o.order_id = :order)
ORDER BY payment_id;

-- Money that came before it was known what for.
-- What somebody must decide, or has, is nobody's by a number alone.
-- name: payment_in_by_utr
SELECT payment_id FROM payment_in
WHERE org_id = :org AND left_paise > 0 AND state = 'open' AND order_id IS NULL
    AND coalesce(problem, '') <> 'ambiguous'
    AND payment_id IN (
        SELECT u.payment_id FROM payment_in u WHERE u.org_id = :org AND u.utr = :utr)
ORDER BY payment_id LIMIT 1;

-- name: payment_in_by_gateway
SELECT payment_id FROM payment_in
WHERE org_id = :org AND left_paise > 0 AND state <> 'returning' AND order_id IS NULL
    AND payment_id IN (
        SELECT g.payment_id FROM payment_in g
        WHERE g.org_id = :org AND g.gateway_order = :gateway_order)
ORDER BY payment_id LIMIT 1;

-- name: pay_way_put
INSERT INTO pay_way (org_id, way, is_on, detail, payee, sealed_key, secret, key_id, key_secret,
    api_url)
VALUES (:org, :way, :is_on, :detail, :payee, :sealed_key, :secret, :key_id, :key_secret, :api_url)
ON CONFLICT (org_id, way) DO UPDATE SET is_on = excluded.is_on, detail = excluded.detail,
    payee = excluded.payee, sealed_key = excluded.sealed_key, secret = excluded.secret,
    key_id = excluded.key_id, key_secret = excluded.key_secret, api_url = excluded.api_url;

-- name: pay_way_on
SELECT is_on FROM pay_way WHERE org_id = :org AND way = :way;

-- name: pay_way_list
SELECT way, is_on, detail, payee, sealed_key, secret, key_id, key_secret, api_url
FROM pay_way WHERE org_id = :org ORDER BY way;

-- name: pay_link_read
SELECT state, amount_paise, attempt, tries, next_try_at, wanted_at, link_id, url, expires_at,
    last_error
FROM pay_link WHERE org_id = :org AND order_id = :order;

-- name: pay_link_want
INSERT INTO pay_link (org_id, order_id, state, amount_paise, attempt, tries, next_try_at, wanted_at,
    link_id, url, expires_at, last_error)
VALUES (:org, :order, 'wanted', :amount_paise, 0, 0, :now, :now, '', '', NULL, '')
ON CONFLICT (org_id, order_id) DO UPDATE SET state = 'wanted',
    amount_paise = excluded.amount_paise, attempt = pay_link.attempt + 1, tries = 0,
    next_try_at = excluded.next_try_at,
    wanted_at = excluded.wanted_at, link_id = '', url = '', expires_at = NULL, last_error = '';

-- name: pay_link_due
SELECT count(*) FROM (SELECT 1 FROM pay_link
WHERE org_id = :org AND state = 'wanted' AND next_try_at <= :now LIMIT 1) AS due;

-- name: pay_link_take
UPDATE pay_link SET next_try_at = :lease_ends_at, tries = pay_link.tries + 1,
    attempt = pay_link.attempt + 1
WHERE org_id = :org AND order_id IN (
    SELECT l.order_id FROM pay_link l
    WHERE l.org_id = :org AND l.state = 'wanted' AND l.next_try_at <= :now
    ORDER BY l.next_try_at LIMIT :max)
RETURNING order_id, amount_paise, attempt, tries;

-- Both only for whoever holds the newest attempt.
-- name: pay_link_made
UPDATE pay_link SET state = 'made', link_id = :link, url = :url, expires_at = :expires_at,
    last_error = ''
WHERE org_id = :org AND order_id = :order AND state = 'wanted' AND attempt = :attempt;

-- name: pay_link_not_made
UPDATE pay_link SET state = :state, next_try_at = :next_try_at, last_error = :last_error
WHERE org_id = :org AND order_id = :order AND state = 'wanted' AND attempt = :attempt;

-- next_try_at is never before wanted_at, and is in the index.
-- name: pay_link_figures
SELECT l.state, l.last_error, count(*) FROM pay_link l
WHERE l.org_id = :org AND l.state IN ('wanted', 'made', 'failed') AND l.next_try_at >= :since
    AND l.wanted_at >= :since
GROUP BY l.state, l.last_error ORDER BY 1, 2 LIMIT :max;

-- Who applied before a time, and who was rejected before it and not since.
-- name: member_unpaid_before
SELECT m.joined_at, m.serial FROM member m
WHERE m.org_id = :org AND m.state IN ('applied', 'rejected') AND m.joined_at <= :to
    AND m.joined_at >= :from AND (m.joined_at, m.serial) > (:from, :serial)
    AND NOT EXISTS (SELECT 1 FROM member_event e
        WHERE e.org_id = m.org_id AND e.serial = m.serial AND e.type = 'reject'
            AND e.at >= :before)
ORDER BY m.joined_at, m.serial LIMIT :max;

-- Nothing that names the person stays; the key that sealed the rest is gone.
-- name: member_erase
UPDATE member SET name = '', name_alt = '', birth_year = 0, gender = 'n', sealed_key = :nothing,
    phone = NULL, phone_of = 'none', town = ''
WHERE org_id = :org AND serial = :serial AND state = 'lapsed';

-- Money of theirs that is here or said to be on its way, or an appeal, by whichever order.
-- name: fee_order_live_of_serial
SELECT count(*) FROM fee_order_member m
JOIN fee_order o ON o.org_id = m.org_id AND o.order_id = m.order_id
WHERE m.org_id = :org AND m.serial = :serial AND (o.state = 'claimed' OR EXISTS (
    SELECT 1 FROM appeal a
    WHERE a.org_id = o.org_id AND a.order_id = o.order_id AND a.state = 'open') OR EXISTS (
    SELECT 1 FROM payment_in p
    WHERE p.org_id = o.org_id AND p.left_paise > 0 AND p.payment_id IN (
        SELECT x.payment_id FROM payment_in x
        WHERE x.org_id = o.org_id AND x.order_id = o.order_id)));

-- An order as a statement sees it.
-- name: fee_order_claim
SELECT o.order_id, o.state, o.amount_paise, o.utr, o.claimed_at,
    (SELECT count(*) FROM fee_order_member m
     WHERE m.org_id = o.org_id AND m.order_id = o.order_id),
    (SELECT coalesce(sum(p.left_paise), 0) FROM payment_in p
     WHERE p.org_id = o.org_id AND p.state <> 'returning' AND p.payment_id IN (
        SELECT x.payment_id FROM payment_in x
        WHERE x.org_id = o.org_id AND x.order_id = o.order_id))
FROM fee_order o WHERE o.org_id = :org AND o.order_id = :order;

-- Those whose money is awaited, the longest first.
-- name: fee_order_claimed
SELECT order_id FROM fee_order WHERE org_id = :org AND state = 'claimed'
ORDER BY claimed_at, order_id LIMIT :max;

-- name: fee_order_claimed_page
SELECT order_id FROM fee_order WHERE org_id = :org AND state = 'claimed'
    AND (claimed_at, order_id) > (:claimed_at, :order)
ORDER BY claimed_at, order_id LIMIT :max;

-- name: fee_order_claimed_count
SELECT count(*) FROM fee_order WHERE org_id = :org AND state = 'claimed' AND claimed_at > 0;

-- name: receipt_book_of_holder
SELECT book FROM receipt_book
WHERE org_id = :org AND holder = :holder AND financial_year = :financial_year;

-- name: receipt_book_issue
UPDATE receipt_book SET unit_id = :unit, issued_at = :at, until = :until, label = :label
WHERE org_id = :org AND book = :book;

-- name: receipt_book_list
SELECT b.book, b.financial_year, b.holder, b.next_number, b.issued_at, b.until, b.label,
    (SELECT count(*) FROM receipt_void v WHERE v.org_id = b.org_id AND v.book = b.book),
    b.unit_id, u.code, u.name_en, u.name_hi
FROM receipt_book b LEFT JOIN unit u ON u.org_id = b.org_id AND u.unit_id = b.unit_id
WHERE b.org_id = :org AND b.book > :after ORDER BY b.book LIMIT :max;

-- name: receipt_book_count
SELECT count(*) FROM receipt_book WHERE org_id = :org;

-- name: receipt_book_skip
UPDATE receipt_book SET next_number = next_number + 1 WHERE org_id = :org AND book = :book
RETURNING next_number - 1;

-- name: receipt_book_year
SELECT financial_year FROM receipt_book WHERE org_id = :org AND book = :book;

-- name: receipt_void_insert
INSERT INTO receipt_void (org_id, book, number, at, actor, reason)
VALUES (:org, :book, :number, :at, :actor, :reason);

-- name: payment_received_sum
SELECT coalesce(sum(amount_paise), 0) FROM payment
WHERE org_id = :org AND serial = :serial AND state = 'received';

-- name: payment_set_refunded
UPDATE payment SET state = 'refunded'
WHERE org_id = :org AND serial = :serial AND state = 'received';

-- name: payment_narration_insert
INSERT INTO payment_narration (org_id, payment_id, sealed_key, body)
VALUES (:org, :payment, :sealed_key, :body) ON CONFLICT DO NOTHING;

-- name: payment_narration_read
SELECT sealed_key, body FROM payment_narration WHERE org_id = :org AND payment_id = :payment;

-- name: payment_narration_delete
DELETE FROM payment_narration WHERE org_id = :org AND payment_id = :payment;
