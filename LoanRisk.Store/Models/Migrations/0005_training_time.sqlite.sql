-- How long training took, which the package does not say: the same data and seed are to give the same bytes. Null for models that were imported, shipped or registered before.
ALTER TABLE models ADD COLUMN training_seconds REAL CHECK (training_seconds >= 0);

DROP TRIGGER models_are_final;

CREATE TRIGGER models_are_final BEFORE UPDATE OF id, product, schema_version, kind, source, parent_id, data_version, trained_at, registered_at, registered_by, training_seconds ON models
BEGIN
    SELECT RAISE(ABORT, 'only the state of a registered model changes');
END;
