-- What became of decided loans. A later line about the same decision corrects an earlier one; none is changed or taken away.
CREATE TABLE outcomes (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    decision_id TEXT NOT NULL REFERENCES decisions (id),
    bad         INTEGER NOT NULL CHECK (bad IN (0, 1)),
    observed_on TEXT NOT NULL, -- a date
    received_at TEXT NOT NULL,
    source      TEXT NOT NULL
);

CREATE INDEX outcomes_of_decision ON outcomes (decision_id, seq);

CREATE TRIGGER outcomes_are_final BEFORE UPDATE ON outcomes
BEGIN
    SELECT RAISE(ABORT, 'a reported outcome is never changed; report a later one');
END;

CREATE TRIGGER outcomes_stay BEFORE DELETE ON outcomes
BEGIN
    SELECT RAISE(ABORT, 'a reported outcome is never taken away; report a later one');
END;
