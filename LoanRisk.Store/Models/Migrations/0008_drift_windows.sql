-- Programs from schema 7 on work with it.
-- Windows of decisions that were held against the rows of training, each once: a model, a rule of drift and the number of the look say which.
CREATE TABLE drift_windows (
    product   TEXT NOT NULL,
    model_id  TEXT NOT NULL CHECK (length(model_id) = 64),
    rule      TEXT NOT NULL CHECK (length(rule) = 64), -- SHA-256 of the product's rule of drift
    number    INTEGER NOT NULL CHECK (number > 0), -- of the look; later ones are stricter
    first_at  TEXT NOT NULL, -- when the first of its decisions was given
    last_at   TEXT NOT NULL,
    last_seq  BIGINT NOT NULL, -- the number of its last decision; the next window begins after it
    decisions BIGINT NOT NULL CHECK (decisions > 0),
    alarm     INTEGER NOT NULL CHECK (alarm IN (0, 1)),
    result    TEXT NOT NULL, -- JSON
    made_at   TEXT NOT NULL,
    PRIMARY KEY (product, model_id, rule, number)
);
