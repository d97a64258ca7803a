-- The number that the caller has for an application, and the answers to requests with an idempotency key: stored in one transaction with what they tell.
ALTER TABLE decisions ADD COLUMN reference TEXT CHECK (length(reference) > 0);
CREATE INDEX decisions_of_reference ON decisions (reference, seq) WHERE reference IS NOT NULL;

CREATE TABLE answers (
    client       TEXT NOT NULL, -- who asked
    key          TEXT NOT NULL CHECK (length(key) > 0),
    fingerprint  BLOB NOT NULL CHECK (length(fingerprint) = 32), -- SHA-256 of the request
    given_at     INTEGER NOT NULL, -- in units of 100 ns since 1970, UTC
    status       INTEGER NOT NULL,
    content_type TEXT,
    location     TEXT,
    body         BLOB NOT NULL,
    PRIMARY KEY (client, key)
);

CREATE INDEX answers_by_age ON answers (given_at);
