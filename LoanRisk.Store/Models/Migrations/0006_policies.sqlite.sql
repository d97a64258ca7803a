-- Policies as they were put into force, whole, by the SHA-256 of their content.
CREATE TABLE policies (
    product     TEXT NOT NULL,
    hash        TEXT NOT NULL CHECK (length(hash) = 64),
    version     TEXT NOT NULL,
    content     TEXT NOT NULL, -- JSON, as "policy" in a product file
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (product, hash)
);

CREATE TRIGGER policies_are_final BEFORE UPDATE ON policies
BEGIN
    SELECT RAISE(ABORT, 'a recorded policy is never changed');
END;

CREATE TRIGGER policies_stay BEFORE DELETE ON policies
BEGIN
    SELECT RAISE(ABORT, 'a recorded policy is never taken away');
END;

-- The history says which policy and which product file stood beside each champion, and when the policy changed. SQLite cannot change a CHECK, so the table is made anew.
CREATE TABLE events_with_policy (
    seq                  INTEGER PRIMARY KEY AUTOINCREMENT,
    product              TEXT NOT NULL,
    model_id             TEXT NOT NULL REFERENCES models (id),
    kind                 TEXT NOT NULL CHECK (kind IN ('registered', 'promoted', 'rolled_back', 'challenger', 'retired', 'policy')),
    previous_id          TEXT REFERENCES models (id), -- whose place the model took
    at                   TEXT NOT NULL,
    by                   TEXT NOT NULL,
    reason               TEXT NOT NULL,
    forced               INTEGER NOT NULL DEFAULT 0 CHECK (forced IN (0, 1)),
    gate                 TEXT, -- the verdict as JSON, where a gate was asked
    product_hash         TEXT CHECK (length(product_hash) = 64), -- of the product file, null where the event is not about what serves
    policy_hash          TEXT, -- of the policy in force from here on
    previous_policy_hash TEXT, -- of the one before, where it changed
    FOREIGN KEY (product, policy_hash) REFERENCES policies (product, hash),
    FOREIGN KEY (product, previous_policy_hash) REFERENCES policies (product, hash)
);

INSERT INTO events_with_policy (seq, product, model_id, kind, previous_id, at, by, reason, forced, gate)
SELECT seq, product, model_id, kind, previous_id, at, by, reason, forced, gate FROM model_events ORDER BY seq;

DROP TABLE model_events;

ALTER TABLE events_with_policy RENAME TO model_events;

CREATE INDEX events_of_product ON model_events (product, seq);

CREATE TRIGGER model_events_are_final BEFORE UPDATE ON model_events
BEGIN
    SELECT RAISE(ABORT, 'the history of models is append-only');
END;

CREATE TRIGGER model_events_stay BEFORE DELETE ON model_events
BEGIN
    SELECT RAISE(ABORT, 'the history of models is append-only');
END;
