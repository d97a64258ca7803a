-- Programs from schema 7 on work with it.
-- Product files that somebody put into the database: the newest line of a product is what holds, and one without a text is the word that the folder's file holds again.
CREATE TABLE product_files (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    product TEXT NOT NULL,
    content TEXT, -- as product.json; null where it was taken away
    at      TEXT NOT NULL,
    by      TEXT NOT NULL,
    reason  TEXT NOT NULL
);

CREATE INDEX files_of_product ON product_files (product, seq);

CREATE TRIGGER product_files_are_final BEFORE UPDATE ON product_files
BEGIN
    SELECT RAISE(ABORT, 'the history of product files is append-only');
END;

CREATE TRIGGER product_files_stay BEFORE DELETE ON product_files
BEGIN
    SELECT RAISE(ABORT, 'the history of product files is append-only');
END;
