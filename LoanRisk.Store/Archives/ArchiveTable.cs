using LoanRisk.Store.Database;

namespace LoanRisk.Store.Archives;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name in both databases.</param>
/// <param name="Kind">What it holds.</param>
internal sealed record ArchiveColumn(string Name, ColumnKind Kind)
{
    /// <summary>As the manifest of an archive names it.</summary>
    public override string ToString() => $"{Name} {Kind.ToString().ToLowerInvariant()}";
}

/// <summary>A table as both databases have it, and the order of its lines in an archive, which is the same out of either.</summary>
internal sealed class ArchiveTable
{
    private const string OrderOfInsertion = "rowid";

    private readonly string[] _order;

    private ArchiveTable(string part, string name, string order, string columns)
    {
        (Part, Name, _order) = (part, name, order.Split(", "));
        Columns = [.. columns.Split(", ").Select(column => column.Split(' ')).Select(
            words => new ArchiveColumn(words[0], Enum.Parse<ColumnKind>(words[1], ignoreCase: true)))];
    }

    /// <summary>All tables; one that others refer to stands before them.</summary>
    public static IReadOnlyList<ArchiveTable> All { get; } =
    [
        Models(
            "models",
            OrderOfInsertion,
            "id text, product text, schema_version text, state text, kind text, source text, parent_id text, data_version text, "
                + "trained_at text, registered_at text, registered_by text, training_seconds number"),
        Models("model_files", "model_id, name", "model_id text, name text, content bytes"),
        Models("policies", OrderOfInsertion, "product text, hash text, version text, content text, recorded_at text"),
        Models(
            "model_events",
            "seq",
            "seq whole, product text, model_id text, kind text, previous_id text, at text, by text, reason text, forced yesno, gate text, "
                + "product_hash text, policy_hash text, previous_policy_hash text",
            isNumbered: true),
        Models("product_files", "seq", "seq whole, product text, content text, at text, by text, reason text", isNumbered: true),
        Models(
            "data_versions",
            "product, version",
            "product text, version whole, id text, schema_version text, created_at text, rows whole, bad_rows whole"),
        Models(
            "ingested_files",
            OrderOfInsertion,
            "product text, sha256 text, name text, source text, bytes whole, ingested_at text, version whole, part_sha256 text, "
                + "rows_read whole, rows_kept whole, rows_duplicate whole, rows_rejected whole"),
        Models("rejected_rows", "product, sha256, line", "product text, sha256 text, line whole, cause text"),
        Models(
            "studies",
            OrderOfInsertion,
            "id text, product text, data_id text, settings text, started_at text, ended_at text, model_id text"),
        Models(
            "trials",
            "study_id, number",
            "study_id text, number whole, step text, parameters text, seed whole, folds text, metric number, state text, started_at text, "
                + "seconds number"),
        Models(
            "jobs",
            "seq",
            "id text, seq whole, product text, kind text, arguments text, state text, progress number, message text, result text, "
                + "requested_at text, requested_by text, started_at text, ended_at text, worker text, lease_until text, "
                + "cancel_requested whole"),
        Models(
            "drift_windows",
            "product, model_id, rule, number",
            "product text, model_id text, rule text, number whole, first_at text, last_at text, last_seq whole, decisions whole, "
                + "alarm whole, result text, made_at text"),
        Decisions("decision_contexts", "id", "id whole, hash bytes, product text, model_id text, content bytes"),
        Decisions(
            "decisions",
            "seq",
            "seq whole, id text, decided_at whole, context whole, product text, origin whole, outcome whole, overridden_by whole, "
                + "probability number, raw_score number, changed_from text, reference text, record bytes"),
        Decisions("outcomes", "seq", "seq whole, decision_id text, bad yesno, observed_on text, received_at text, source text"),
        Decisions(
            "answers",
            "client, key",
            "client text, key text, fingerprint bytes, given_at whole, status whole, content_type text, location text, body bytes",
            isNumbered: false),
        People(
            "people",
            "id",
            "id text, user_name text, normalized_user_name text, email text, normalized_email text, email_confirmed yesno, "
                + "password_hash text, security_stamp text, concurrency_stamp text, phone_number text, phone_number_confirmed yesno, "
                + "two_factor_enabled yesno, lockout_end text, lockout_enabled yesno, access_failed_count whole, is_disabled yesno, "
                + "added_at text, added_by text"),
        People("roles", "id", "id text, name text, normalized_name text, concurrency_stamp text"),
        People("people_roles", "user_id, role_id", "user_id text, role_id text"),
        People("people_claims", "id", "id whole, user_id text, claim_type text, claim_value text", isNumbered: true),
        People("role_claims", "id", "id whole, role_id text, claim_type text, claim_value text", isNumbered: true),
        People(
            "people_logins",
            "login_provider, provider_key",
            "login_provider text, provider_key text, provider_display_name text, user_id text"),
        People("people_tokens", "user_id, login_provider, name", "user_id text, login_provider text, name text, value text"),
        People("people_passkeys", "credential_id", "credential_id bytes, user_id text, data text"),
        People(
            "api_keys",
            "id",
            "id text, hash bytes, name text, scopes text, products text, made_by text, made_at text, expires_at text, last_used_at text, "
                + "revoked_at text, revoked_by text"),
        People(
            "acts",
            "seq",
            "seq whole, at text, who text, address text, kind text, subject text, reason text",
            isNumbered: true),
    ];

    /// <summary>
    /// Which database file of SQLite it is in, and which part of PostgreSQL's schema: the name of <see cref="Migrations.Part"/>.
    /// </summary>
    public string Part { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its columns, in the order of an archive.</summary>
    public IReadOnlyList<ArchiveColumn> Columns { get; }

    /// <summary>The column that the database numbers by itself and never gives a number in twice; null when it has none.</summary>
    public string? Numbered { get; private init; }

    /// <summary>For people.</summary>
    public string Words => Name.Replace('_', ' ');

    /// <summary>True for one of the decisions' database.</summary>
    public bool IsOfDecisions => Part == Migrations.Decisions.Part;

    /// <summary>True for one of the database of people and keys.</summary>
    public bool IsOfPeople => Part == Migrations.People.Part;

    /// <summary>Its columns as a statement lists them.</summary>
    public string Listed => string.Join(", ", Columns.Select(column => $"\"{column.Name}\""));

    /// <summary>Reads all of it in the order of an archive.</summary>
    public string Select(Dialect dialect)
    {
        var columns = Columns.Select(
            column => column.Kind == ColumnKind.Bytes ? dialect.Bytes($"\"{column.Name}\"") : $"\"{column.Name}\"");
        return $"SELECT {string.Join(", ", columns)} FROM {Name} ORDER BY {string.Join(", ", _order.Select(name => Order(dialect, name)))}";
    }

    // SQLite compares the bytes of texts unless it is told otherwise.
    private string Order(Dialect dialect, string name) =>
        dialect == Dialect.Postgres && Columns.Any(column => column.Name == name && column.Kind == ColumnKind.Text)
        ? $"{name} COLLATE \"C\""
        : name;

    private static ArchiveTable Models(string name, string order, string columns, bool isNumbered = false) =>
        new(Migrations.Models.Part, name, order, columns) { Numbered = isNumbered ? order : null };

    private static ArchiveTable People(string name, string order, string columns, bool isNumbered = false) =>
        new(Migrations.People.Part, name, order, columns) { Numbered = isNumbered ? order : null };

    private static ArchiveTable Decisions(string name, string order, string columns, bool isNumbered = true) =>
        new(Migrations.Decisions.Part, name, order, columns) { Numbered = isNumbered ? order : null };
}
