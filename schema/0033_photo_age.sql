-- Pictures without a crop are forgotten after a day, why a photo was taken off after 30
-- (domain/leftover.c).
CREATE INDEX member_photo_draft ON member_photo (org_id, changed_at) WHERE draft IS NOT NULL;
CREATE INDEX member_photo_off ON member_photo (org_id, off_at) WHERE off_reason IS NOT NULL;
