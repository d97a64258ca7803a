-- The data version whose row was scored, for an application that named a stored row by its id; null for one that came by its fields.
ALTER TABLE decisions ADD COLUMN data_version INTEGER CHECK (data_version > 0);
