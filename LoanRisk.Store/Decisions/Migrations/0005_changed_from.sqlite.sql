-- The earlier decision whose values were changed and scored again; null for an application of its own.
ALTER TABLE decisions ADD COLUMN changed_from TEXT;
CREATE INDEX decisions_changed_from ON decisions (changed_from, seq) WHERE changed_from IS NOT NULL;
