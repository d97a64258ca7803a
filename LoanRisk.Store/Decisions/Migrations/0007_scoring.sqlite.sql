-- Which models scored: the engine, ML.NET, or both, which then gave the same number; null for decisions from before it was kept.
ALTER TABLE decisions ADD COLUMN scoring TEXT CHECK (scoring IN ('both', 'engine', 'mlnet'));
