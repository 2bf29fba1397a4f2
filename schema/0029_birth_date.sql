-- A date of birth, of members who want it on their card: sealed under the member's key as the rest.
ALTER TABLE member_optional ADD COLUMN birth_date BYTES;
