-- Files that were joined into a product's data, and the versions that came of it. Version n of a product is all its parts up to n.
CREATE TABLE data_versions (
    product        TEXT NOT NULL,
    version        INTEGER NOT NULL CHECK (version > 0),
    id             TEXT NOT NULL UNIQUE CHECK (length(id) = 64), -- SHA-256 over product, schema version and the hashes of all parts so far
    schema_version TEXT NOT NULL,
    created_at     TEXT NOT NULL,
    rows           INTEGER NOT NULL, -- of all parts so far
    bad_rows       INTEGER NOT NULL,
    PRIMARY KEY (product, version)
);

CREATE TABLE ingested_files (
    product        TEXT NOT NULL,
    sha256         TEXT NOT NULL CHECK (length(sha256) = 64), -- of the file as it came
    name           TEXT NOT NULL, -- as it was called then; the hash is what counts
    source         TEXT NOT NULL CHECK (source IN ('file', 'outcomes')),
    bytes          INTEGER NOT NULL,
    ingested_at    TEXT NOT NULL,
    version        INTEGER NOT NULL, -- the newest version when it had joined
    part_sha256    TEXT CHECK (length(part_sha256) = 64), -- of the part file that keeps its rows; null when it brought none
    rows_read      INTEGER NOT NULL,
    rows_kept      INTEGER NOT NULL,
    rows_duplicate INTEGER NOT NULL,
    rows_rejected  INTEGER NOT NULL,
    PRIMARY KEY (product, sha256),
    FOREIGN KEY (product, version) REFERENCES data_versions (product, version)
);

CREATE TABLE rejected_rows (
    product TEXT NOT NULL,
    sha256  TEXT NOT NULL,
    line    INTEGER NOT NULL,
    cause   TEXT NOT NULL,
    PRIMARY KEY (product, sha256, line)
);
