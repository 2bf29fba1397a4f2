-- Units: the tree of an organisation. Columns of a unit are always, in this order: unit_id, code,
-- kind, parent_id, path, name_en, name_hi, state_code, reference.

-- name: unit_by_code
-- kept
SELECT unit_id, code, kind, parent_id, path, name_en, name_hi, state_code, reference
FROM unit WHERE org_id = :org_id AND code = :code;

-- name: unit_by_id
-- kept
SELECT unit_id, code, kind, parent_id, path, name_en, name_hi, state_code, reference
FROM unit WHERE org_id = :org_id AND unit_id = :unit_id;

-- name: unit_children
-- After the cursor (name, id), by name.
SELECT unit_id, code, kind, parent_id, path, name_en, name_hi, state_code, reference
FROM unit WHERE org_id = :org_id AND parent_id = :parent_id
AND (name_en, unit_id) > (:after_name, :after_id)
ORDER BY name_en, unit_id LIMIT :limit;

-- name: unit_last_id
SELECT coalesce(max(unit_id), 0) FROM unit WHERE org_id = :org_id;

-- name: unit_insert
INSERT INTO unit (org_id, unit_id, code, kind, parent_id, path, name_en, name_hi, state_code,
reference, created_at)
VALUES (:org_id, :unit_id, :code, :kind, :parent_id, :path, :name_en, :name_hi, :state_code,
:reference, :created_at)
ON CONFLICT DO NOTHING;

-- name: unit_kind_list
SELECT kind, rank, label_en, label_hi, has_days FROM unit_kind WHERE org_id = :org_id
ORDER BY rank, kind;

-- name: unit_kind_insert
INSERT INTO unit_kind (org_id, kind, rank, label_en, label_hi, has_days)
VALUES (:org_id, :kind, :rank, :label_en, :label_hi, :has_days)
ON CONFLICT DO NOTHING;
