-- What a kind of membership entitles to, in Hindi; "rights" are the same words in English.
ALTER TABLE membership_kind ADD COLUMN rights_hi TEXT NOT NULL DEFAULT '';
