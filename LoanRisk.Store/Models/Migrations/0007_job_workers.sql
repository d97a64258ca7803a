-- Several workers share the jobs: who does one, until when the worker has the right to it without saying that it lives, and whether somebody wants it called off.
ALTER TABLE jobs ADD COLUMN worker TEXT;
ALTER TABLE jobs ADD COLUMN lease_until TEXT;
ALTER TABLE jobs ADD COLUMN cancel_requested INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1));
CREATE INDEX jobs_to_do ON jobs (state, seq);
