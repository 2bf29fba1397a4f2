-- By what a register knows its keys again: a keyed hash that says nothing of them, so that the keys
-- of another register are not taken for its own. Types are macros (store/migrate.c).
ALTER TABLE organisation ADD COLUMN keys_mark BYTES;   -- NULL: not opened since this came
