using System.Text;
using Dapper;
using LoanRisk.Lending;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Database;
using Npgsql;
using NpgsqlTypes;

namespace LoanRisk.Store.Archives;

/// <summary>A database of PostgreSQL: everything is one transaction, so an interrupted restore leaves nothing.</summary>
internal sealed class PostgresTarget : ArchiveTarget
{
    private static readonly Dictionary<string, NpgsqlDbType> Types = new(StringComparer.Ordinal)
    {
        ["smallint"] = NpgsqlDbType.Smallint,
        ["integer"] = NpgsqlDbType.Integer,
        ["bigint"] = NpgsqlDbType.Bigint,
        ["double precision"] = NpgsqlDbType.Double,
        ["boolean"] = NpgsqlDbType.Boolean,
        ["text"] = NpgsqlDbType.Text,
        ["bytea"] = NpgsqlDbType.Bytea,
    };

    private readonly PostgresServer _server;

    private readonly NpgsqlConnection _connection;

    private PostgresTarget(PostgresServer server, NpgsqlConnection connection) => (_server, _connection) = (server, connection);

    public override string Shown => _server.Shown;

    /// <summary>Brings the schema up to date and keeps everybody else from writing.</summary>
    /// <inheritdoc cref="ArchiveTarget.Open"/>
    public static PostgresTarget Open(PostgresServer server)
    {
        server.Migrate(Migrations.PostgresModels);
        server.Migrate(Migrations.PostgresDecisions);
        server.Migrate(Migrations.PostgresPeople);
        var target = new PostgresTarget(server, server.Open());
        try
        {
            target.Begin();
            return target;
        }
        catch (Exception e)
        {
            target.Dispose();
            throw target.Explain(e);
        }
    }

    public override void Load(ArchiveTable table, IEnumerable<object?[]> rows, long? lastNumber)
    {
        Import(table, rows);
        if (table.Numbered is { } numbered)
        {
            _connection.Execute(
                $"SELECT setval(@sequence, number) FROM (SELECT greatest(max({numbered}), @lastNumber) AS number FROM {table.Name}) "
                    + "AS last WHERE number > 0",
                new { sequence = PostgresSource.SequenceOf(_connection, table), lastNumber });
        }
    }

    public override void Keep(ContentFile file, Stream content)
    {
        if (file.IsPart)
        {
            PartPieces.Write(_connection, (file.Product!, file.Name), content);
        }
        else
        {
            using var text = new StreamReader(content, Encoding.UTF8);
            _connection.Execute(
                "INSERT INTO form_keys (name, content) VALUES (@Name, @content)", new { file.Name, content = text.ReadToEnd() });
        }
    }

    public override ArchiveSource ReadBack() => PostgresSource.Within(_server, _connection);

    public override void Finish() => _connection.Execute("COMMIT;", commandTimeout: 0);

    public override Exception Explain(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UntranslatableCharacter or PostgresErrorCodes.CharacterNotInRepertoire } text =>
            new StoreException(
                $"A line of the table {text.TableName ?? Where(text)} holds the character U+0000, which PostgreSQL cannot keep. Nothing "
                    + "was restored.",
                error),
        PostgresException { SqlState: var state } refused when state.StartsWith("23", StringComparison.Ordinal) => new StoreException(
            $"PostgreSQL refuses a line of the table {refused.TableName}: {refused.MessageText}. Nothing was restored.", error),
        OverflowException => new StoreException(
            "A number of the archive is too large for its column in PostgreSQL. Nothing was restored.", error),
        _ => StoreException.From(error, Shown),
    };

    public override void Dispose() => _connection.Dispose(); // what was not committed is gone with it

    private static string Where(PostgresException error) =>
        error.Where?.Split(',')[0].Replace("COPY ", "", StringComparison.Ordinal) ?? "?";

    private void Begin()
    {
        _connection.Execute("BEGIN;");
        var tables = ArchiveTable.All.Select(table => table.Name).Concat(["part_pieces", "form_keys"]).ToList();
        _connection.Execute($"LOCK TABLE {string.Join(", ", tables)} IN EXCLUSIVE MODE");
        var full = tables.Select(name => (Name: name, Rows: _connection.ExecuteScalar<long>($"SELECT count(*) FROM {name}")))
            .Where(table => table.Rows > 0)
            .Select(table => $"{table.Name.Replace('_', ' ')} ({CountedNoun.Of(table.Rows, "line")})")
            .ToList();
        if (full.Count > 0)
        {
            throw new StoreException(
                $"{Shown} is not empty, so nothing is restored into it. It holds {string.Join(", ", full)}. Name an empty database.");
        }
    }

    private void Import(ArchiveTable table, IEnumerable<object?[]> rows)
    {
        var types = TypesOf(table);
        using var import = _connection.BeginBinaryImport($"COPY {table.Name} ({table.Listed}) FROM STDIN (FORMAT BINARY)");
        import.Timeout = TimeSpan.Zero;
        foreach (var row in rows)
        {
            import.StartRow();
            for (var i = 0; i < row.Length; i++)
            {
                Write(import, row[i], types[i]);
            }
        }

        import.Complete();
    }

    private NpgsqlDbType[] TypesOf(ArchiveTable table)
    {
        var types = _connection.Query<(string Name, string Type)>(
            "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = to_regclass(@Name) AND attnum > 0",
            new { table.Name }).ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        return [.. table.Columns.Select(column => Types[types[column.Name]])];
    }

    private static void Write(NpgsqlBinaryImporter import, object? value, NpgsqlDbType type)
    {
        switch (value)
        {
            case null:
                import.WriteNull();
                break;
            case long whole when type == NpgsqlDbType.Smallint:
                import.Write(checked((short)whole), type);
                break;
            case long whole when type == NpgsqlDbType.Integer:
                import.Write(checked((int)whole), type);
                break;
            case long whole:
                import.Write(whole, type);
                break;
            case string text:
                import.Write(text, type);
                break;
            case double number:
                import.Write(number, type);
                break;
            case bool yes:
                import.Write(yes, type);
                break;
            default:
                import.Write((byte[])value, type);
                break;
        }
    }
}
