-- Decisions as they were answered. seq is the order of storing; the JSON columns keep lists in feature order.
CREATE TABLE decisions (
    seq              INTEGER PRIMARY KEY AUTOINCREMENT,
    id               TEXT NOT NULL UNIQUE CHECK (length(id) > 0),
    decided_at       TEXT NOT NULL,
    origin           TEXT NOT NULL CHECK (origin IN ('form', 'api', 'batch')),
    product          TEXT NOT NULL,
    outcome          TEXT NOT NULL CHECK (outcome IN ('approve', 'refer', 'decline')),
    probability      REAL NOT NULL CHECK (probability BETWEEN 0 AND 1),
    raw_score        REAL NOT NULL,
    base_value       REAL NOT NULL,
    approve_below    REAL NOT NULL,
    decline_from     REAL NOT NULL,
    policy_version   TEXT NOT NULL,
    knock_outs       TEXT NOT NULL,
    model_id         TEXT NOT NULL,
    model_version    TEXT NOT NULL,
    model_trained_at TEXT NOT NULL,
    input            TEXT NOT NULL, -- an object: field names and texts as they were sent
    features         TEXT NOT NULL, -- names, in the order of the next three lists
    feature_values   TEXT NOT NULL, -- the data's spelling, null is missing
    feature_row      TEXT NOT NULL, -- what the trees read, "NaN" is missing
    contributions    TEXT NOT NULL,
    reasons          TEXT NOT NULL,
    favourable       TEXT NOT NULL,
    warnings         TEXT NOT NULL
);

CREATE TRIGGER decisions_are_final BEFORE UPDATE ON decisions
BEGIN
    SELECT RAISE(ABORT, 'a stored decision is never changed');
END;
