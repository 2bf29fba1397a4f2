-- Why the organisation took a photo off a card, until there is another: sealed under the member's
-- key.
ALTER TABLE member_photo ADD COLUMN off_reason BYTES;
ALTER TABLE member_photo ADD COLUMN off_at INT64;
