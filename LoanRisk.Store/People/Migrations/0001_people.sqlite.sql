-- People as ASP.NET Core Identity keeps them (schema version 3, with passkeys), keys of programs, and what both did.
CREATE TABLE people (
    id                     TEXT PRIMARY KEY,
    user_name              TEXT NOT NULL,
    normalized_user_name   TEXT NOT NULL UNIQUE,
    email                  TEXT,
    normalized_email       TEXT,
    email_confirmed        INTEGER NOT NULL CHECK (email_confirmed IN (0, 1)),
    password_hash          TEXT,
    security_stamp         TEXT,
    concurrency_stamp      TEXT,
    phone_number           TEXT,
    phone_number_confirmed INTEGER NOT NULL CHECK (phone_number_confirmed IN (0, 1)),
    two_factor_enabled     INTEGER NOT NULL CHECK (two_factor_enabled IN (0, 1)),
    lockout_end            TEXT,
    lockout_enabled        INTEGER NOT NULL CHECK (lockout_enabled IN (0, 1)),
    access_failed_count    INTEGER NOT NULL,
    is_disabled            INTEGER NOT NULL CHECK (is_disabled IN (0, 1)),
    added_at               TEXT NOT NULL,
    added_by               TEXT NOT NULL
);

CREATE TABLE roles (
    id                TEXT PRIMARY KEY,
    name              TEXT NOT NULL,
    normalized_name   TEXT NOT NULL UNIQUE,
    concurrency_stamp TEXT
);

CREATE TABLE people_roles (
    user_id TEXT NOT NULL REFERENCES people (id),
    role_id TEXT NOT NULL REFERENCES roles (id),
    PRIMARY KEY (user_id, role_id)
);

CREATE INDEX people_of_role ON people_roles (role_id);

CREATE TABLE people_claims (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id     TEXT NOT NULL REFERENCES people (id),
    claim_type  TEXT,
    claim_value TEXT
);

CREATE INDEX claims_of_person ON people_claims (user_id);

CREATE TABLE role_claims (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    role_id     TEXT NOT NULL REFERENCES roles (id),
    claim_type  TEXT,
    claim_value TEXT
);

CREATE TABLE people_logins (
    login_provider        TEXT NOT NULL,
    provider_key          TEXT NOT NULL,
    provider_display_name TEXT,
    user_id               TEXT NOT NULL REFERENCES people (id),
    PRIMARY KEY (login_provider, provider_key)
);

CREATE TABLE people_tokens (
    user_id        TEXT NOT NULL REFERENCES people (id),
    login_provider TEXT NOT NULL,
    name           TEXT NOT NULL,
    value          TEXT,
    PRIMARY KEY (user_id, login_provider, name)
);

CREATE TABLE people_passkeys (
    credential_id BLOB PRIMARY KEY,
    user_id       TEXT NOT NULL REFERENCES people (id),
    data          TEXT NOT NULL
);

CREATE TABLE api_keys (
    id           TEXT PRIMARY KEY CHECK (length(id) = 16),
    hash         BLOB NOT NULL CHECK (length(hash) = 32), -- SHA-256 of the secret, which has 256 random bits
    name         TEXT NOT NULL,
    scopes       TEXT NOT NULL, -- with blanks between
    products     TEXT, -- ids with blanks between; NULL for every product
    made_by      TEXT NOT NULL,
    made_at      TEXT NOT NULL,
    expires_at   TEXT,
    last_used_at TEXT,
    revoked_at   TEXT,
    revoked_by   TEXT
);

CREATE TABLE acts (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    at      TEXT NOT NULL,
    who     TEXT NOT NULL,
    address TEXT, -- where it came from; NULL for the console
    kind    TEXT NOT NULL,
    subject TEXT NOT NULL,
    reason  TEXT NOT NULL
);
