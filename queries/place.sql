-- The reference of places: which units a PIN code or a name of a place means.

-- name: pin_place_list
SELECT district FROM pin_place WHERE pin = :pin ORDER BY place;

-- name: pin_place_insert
INSERT INTO pin_place (pin, place, district, offices)
VALUES (:pin, :place, :district, :offices)
ON CONFLICT DO NOTHING;

-- name: place_name_insert
INSERT INTO place_name (key, place, name_en, name_hi, kind, district)
VALUES (:key, :place, :name_en, :name_hi, :kind, :district)
ON CONFLICT DO NOTHING;

-- name: place_name_search
-- Keys from :low up to, not including, :high; shortest first, so that the exact name leads.
SELECT name_en, name_hi, kind, district FROM place_name
WHERE key >= :low AND key < :high
ORDER BY length(key), key, place LIMIT :limit;
