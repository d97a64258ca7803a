-- Work that was asked for and is done in the background, one job at a time.
CREATE TABLE jobs (
    id           TEXT PRIMARY KEY,
    seq          INTEGER NOT NULL UNIQUE,
    product      TEXT NOT NULL,
    kind         TEXT NOT NULL,
    arguments    TEXT NOT NULL, -- JSON
    state        TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    progress     REAL NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
    message      TEXT NOT NULL DEFAULT '',
    result       TEXT, -- JSON
    requested_at TEXT NOT NULL,
    requested_by TEXT NOT NULL,
    started_at   TEXT,
    ended_at     TEXT
);

CREATE INDEX jobs_of_product ON jobs (product, seq);
