namespace LoanRisk.Store.Decisions;

/// <summary>The table <c>decisions</c> as schema 7 had it, for the way back.</summary>
internal static class FormerTable
{
    private static readonly string[] Columns =
    [
        .. typeof(FormerDecisionRow).GetProperties().Select(property => property.Name),
    ];

    /// <summary>Puts the records aside and makes the former table in their place.</summary>
    public const string Begin =
        """
        PRAGMA legacy_alter_table = ON;
        DROP TRIGGER decisions_are_final;
        DROP INDEX decisions_of_product;
        DROP INDEX decisions_changed_from;
        ALTER TABLE decisions RENAME TO decisions_after;
        PRAGMA legacy_alter_table = OFF;
        CREATE TABLE decisions (
            seq              INTEGER PRIMARY KEY AUTOINCREMENT,
            id               TEXT NOT NULL UNIQUE CHECK (length(id) > 0),
            decided_at       TEXT NOT NULL,
            origin           TEXT NOT NULL CHECK (origin IN ('form', 'api', 'batch')),
            product          TEXT NOT NULL,
            outcome          TEXT NOT NULL CHECK (outcome IN ('approve', 'refer', 'decline')),
            probability      REAL NOT NULL CHECK (probability BETWEEN 0 AND 1),
            raw_score        REAL NOT NULL,
            base_value       REAL NOT NULL,
            approve_below    REAL NOT NULL,
            decline_from     REAL NOT NULL,
            policy_version   TEXT NOT NULL,
            knock_outs       TEXT NOT NULL,
            model_id         TEXT NOT NULL,
            model_version    TEXT NOT NULL,
            model_trained_at TEXT NOT NULL,
            input            TEXT NOT NULL,
            features         TEXT NOT NULL,
            feature_values   TEXT NOT NULL,
            feature_row      TEXT NOT NULL,
            contributions    TEXT NOT NULL,
            reasons          TEXT NOT NULL,
            favourable       TEXT NOT NULL,
            warnings         TEXT NOT NULL,
            data_version     INTEGER CHECK (data_version > 0),
            changed_from     TEXT,
            policy_hash      TEXT CHECK (length(policy_hash) = 64),
            product_hash     TEXT CHECK (length(product_hash) = 64),
            referred_for     TEXT NOT NULL DEFAULT '[]',
            scoring          TEXT CHECK (scoring IN ('both', 'engine', 'mlnet'))
        );
        INSERT INTO sqlite_sequence (name, seq) SELECT 'decisions', seq FROM sqlite_sequence WHERE name = 'decisions_after';
        """;

    /// <summary>Takes the records away, once all are restored.</summary>
    public const string End =
        """
        DROP TABLE decisions_after;
        DROP TABLE decision_contexts;
        CREATE TRIGGER decisions_are_final BEFORE UPDATE ON decisions
        BEGIN
            SELECT RAISE(ABORT, 'a stored decision is never changed');
        END;
        CREATE INDEX decisions_of_product ON decisions (product, seq);
        CREATE INDEX decisions_changed_from ON decisions (changed_from, seq) WHERE changed_from IS NOT NULL;
        PRAGMA user_version = 7;
        """;

    /// <summary>Takes the former table away again, and the records are in their place.</summary>
    public const string TakeBack =
        """
        DROP TABLE decisions;
        PRAGMA legacy_alter_table = ON;
        ALTER TABLE decisions_after RENAME TO decisions;
        PRAGMA legacy_alter_table = OFF;
        CREATE INDEX decisions_of_product ON decisions (product, seq);
        CREATE INDEX decisions_changed_from ON decisions (changed_from, seq) WHERE changed_from IS NOT NULL;
        CREATE TRIGGER decisions_are_final BEFORE UPDATE ON decisions
        BEGIN
            SELECT RAISE(ABORT, 'a stored decision is never changed');
        END;
        """;

    /// <summary>Writes a <see cref="FormerDecisionRow"/>.</summary>
    public static string Insert { get; } =
        $"INSERT INTO decisions ({string.Join(", ", Columns.Select(NameOf))}) VALUES "
            + $"({string.Join(", ", Columns.Select(name => "@" + name))})";

    private static string NameOf(string property) =>
        string.Concat(property.Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{letter}")).ToLowerInvariant();
}
