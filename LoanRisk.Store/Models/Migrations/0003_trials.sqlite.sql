-- Searches for training parameters and each trial they made.
CREATE TABLE studies (
    id          TEXT PRIMARY KEY,
    product     TEXT NOT NULL,
    data_id     TEXT NOT NULL, -- what it was searched on: a data version's id or a file's hash
    settings    TEXT NOT NULL, -- JSON: seed, search, folds, space
    started_at  TEXT NOT NULL,
    ended_at    TEXT,
    model_id    TEXT -- the model that came of it
);

CREATE TABLE trials (
    study_id    TEXT NOT NULL REFERENCES studies (id),
    number      INTEGER NOT NULL CHECK (number > 0),
    step        TEXT NOT NULL, -- which step of the search proposed it
    parameters  TEXT NOT NULL, -- JSON
    seed        INTEGER NOT NULL,
    folds       TEXT NOT NULL, -- JSON: the measures of each fold
    metric      REAL NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('complete', 'failed')),
    started_at  TEXT NOT NULL,
    seconds     REAL NOT NULL,
    PRIMARY KEY (study_id, number)
);
