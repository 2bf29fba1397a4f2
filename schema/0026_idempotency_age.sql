-- Keys of repeated creates are forgotten after 90 days (domain/idempotency.h).
CREATE INDEX idempotency_by_age ON idempotency (org_id, at);
