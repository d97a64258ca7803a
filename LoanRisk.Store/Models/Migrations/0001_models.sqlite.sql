-- Model packages by content hash, the state each is in, and everything that ever happened to them.
CREATE TABLE models (
    id             TEXT PRIMARY KEY CHECK (length(id) = 64),
    product        TEXT NOT NULL,
    schema_version TEXT NOT NULL,
    state          TEXT NOT NULL CHECK (state IN ('candidate', 'challenger', 'champion', 'retired')),
    kind           TEXT NOT NULL CHECK (kind IN ('trees', 'scorecard')),
    source         TEXT NOT NULL CHECK (source IN ('shipped', 'trained', 'tuned', 'imported')),
    parent_id      TEXT REFERENCES models (id), -- the champion when it was made
    data_version   TEXT, -- id of the data set version, where it was trained on one
    trained_at     TEXT NOT NULL,
    registered_at  TEXT NOT NULL,
    registered_by  TEXT NOT NULL
);

CREATE INDEX models_of_product ON models (product, registered_at);

CREATE UNIQUE INDEX one_champion ON models (product) WHERE state = 'champion';

CREATE UNIQUE INDEX one_challenger ON models (product) WHERE state = 'challenger';

CREATE TABLE model_files (
    model_id TEXT NOT NULL REFERENCES models (id),
    name     TEXT NOT NULL,
    content  BLOB NOT NULL,
    PRIMARY KEY (model_id, name)
);

CREATE TABLE model_events (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    product     TEXT NOT NULL,
    model_id    TEXT NOT NULL REFERENCES models (id),
    kind        TEXT NOT NULL CHECK (kind IN ('registered', 'promoted', 'rolled_back', 'challenger', 'retired')),
    previous_id TEXT REFERENCES models (id), -- whose place the model took
    at          TEXT NOT NULL,
    by          TEXT NOT NULL,
    reason      TEXT NOT NULL,
    forced      INTEGER NOT NULL DEFAULT 0 CHECK (forced IN (0, 1)),
    gate        TEXT -- the verdict as JSON, where a gate was asked
);

CREATE INDEX events_of_product ON model_events (product, seq);

CREATE TRIGGER models_are_final BEFORE UPDATE OF id, product, schema_version, kind, source, parent_id, data_version, trained_at, registered_at, registered_by ON models
BEGIN
    SELECT RAISE(ABORT, 'only the state of a registered model changes');
END;

CREATE TRIGGER models_stay BEFORE DELETE ON models
BEGIN
    SELECT RAISE(ABORT, 'a registered model is never taken away');
END;

CREATE TRIGGER model_files_are_final BEFORE UPDATE ON model_files
BEGIN
    SELECT RAISE(ABORT, 'a file of a registered model is never changed');
END;

CREATE TRIGGER model_files_stay BEFORE DELETE ON model_files
BEGIN
    SELECT RAISE(ABORT, 'a file of a registered model is never taken away');
END;

CREATE TRIGGER model_events_are_final BEFORE UPDATE ON model_events
BEGIN
    SELECT RAISE(ABORT, 'the history of models is append-only');
END;

CREATE TRIGGER model_events_stay BEFORE DELETE ON model_events
BEGIN
    SELECT RAISE(ABORT, 'the history of models is append-only');
END;
