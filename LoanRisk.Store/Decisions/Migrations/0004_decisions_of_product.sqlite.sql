-- A product's newest decisions are found without reading those of the others.
CREATE INDEX decisions_of_product ON decisions (product, seq);
