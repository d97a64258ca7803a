DROP TABLE answers;
DROP INDEX decisions_of_reference;
ALTER TABLE decisions DROP COLUMN reference;
