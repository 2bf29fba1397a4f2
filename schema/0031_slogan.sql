-- What the organisation says of itself, on its first page and on the backs of cards; may be empty.
ALTER TABLE organisation ADD COLUMN slogan_en TEXT NOT NULL DEFAULT '';
ALTER TABLE organisation ADD COLUMN slogan_hi TEXT NOT NULL DEFAULT '';
