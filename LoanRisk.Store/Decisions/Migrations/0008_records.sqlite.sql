-- Decisions in their lasting form: what is searched, sorted or listed has a column, the rest is a compact record beside them
-- (docs/decisions/0013). The rows of the former table follow in batches, each a transaction (DecisionUpgrade); it is dropped when it has
-- given them all. References and order stay: legacy_alter_table keeps outcomes pointing at the name.
PRAGMA legacy_alter_table = ON;
DROP TRIGGER decisions_are_final;
DROP INDEX decisions_of_product;
DROP INDEX decisions_changed_from;
ALTER TABLE decisions RENAME TO decisions_before;
PRAGMA legacy_alter_table = OFF;

-- What thousands of decisions have in common, once: product, policy, model, features, phrases. The content is read by DecisionContext.
CREATE TABLE decision_contexts (
    id       INTEGER PRIMARY KEY,
    hash     BLOB NOT NULL UNIQUE CHECK (length(hash) = 32), -- SHA-256 of the content
    product  TEXT NOT NULL,
    model_id TEXT NOT NULL,
    content  BLOB NOT NULL
);

CREATE TRIGGER decision_contexts_are_final BEFORE UPDATE ON decision_contexts
BEGIN
    SELECT RAISE(ABORT, 'the context of a stored decision is never changed');
END;

CREATE TRIGGER decision_contexts_stay BEFORE DELETE ON decision_contexts
BEGIN
    SELECT RAISE(ABORT, 'the context of a stored decision is never taken away');
END;

CREATE TABLE decisions (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of storing
    id            TEXT NOT NULL CHECK (length(id) > 0), -- unique; its index is made when the rows are there
    decided_at    INTEGER NOT NULL, -- in units of 100 ns since 1970, UTC
    context       INTEGER NOT NULL REFERENCES decision_contexts (id),
    product       TEXT NOT NULL,
    origin        INTEGER NOT NULL CHECK (origin BETWEEN 0 AND 2), -- form, api, batch
    outcome       INTEGER NOT NULL CHECK (outcome BETWEEN 0 AND 2), -- approve, refer, decline
    overridden_by INTEGER NOT NULL CHECK (overridden_by BETWEEN 0 AND 3), -- 1 a knock-out rule, 2 an unseen value, 3 both
    probability   REAL NOT NULL CHECK (probability BETWEEN 0 AND 1),
    raw_score     REAL NOT NULL,
    changed_from  TEXT, -- the earlier decision whose values were changed and scored again
    record        BLOB NOT NULL -- the rest; its first byte is the version of its form
);

CREATE INDEX decisions_of_product ON decisions (product, seq);
CREATE INDEX decisions_changed_from ON decisions (changed_from, seq) WHERE changed_from IS NOT NULL;

CREATE TRIGGER decisions_are_final BEFORE UPDATE ON decisions
BEGIN
    SELECT RAISE(ABORT, 'a stored decision is never changed');
END;

-- Numbers that were given are not given again.
INSERT INTO sqlite_sequence (name, seq) SELECT 'decisions', seq FROM sqlite_sequence WHERE name = 'decisions_before';
