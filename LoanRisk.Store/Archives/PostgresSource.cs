using System.Data.Common;
using System.Text;
using Dapper;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Database;
using Npgsql;

namespace LoanRisk.Store.Archives;

/// <summary>A database of PostgreSQL as one transaction sees it, whatever others commit meanwhile.</summary>
internal sealed class PostgresSource : ArchiveSource
{
    private readonly PostgresServer _server;

    private readonly NpgsqlConnection _connection;

    private readonly bool _isOwn;

    private PostgresSource(PostgresServer server, NpgsqlConnection connection, bool isOwn) =>
        (_server, _connection, _isOwn) = (server, connection, isOwn);

    public override Dialect Dialect => Dialect.Postgres;

    public override string Shown => _server.Shown;

    /// <summary>A database that sites may be using.</summary>
    /// <exception cref="StoreException">It cannot be read, or is not up to date.</exception>
    public static PostgresSource Open(PostgresServer server)
    {
        var source = new PostgresSource(server, server.Open(), isOwn: true);
        try
        {
            source._connection.Execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            foreach (var migrations in (Migrations[])
                [Migrations.PostgresModels, Migrations.PostgresDecisions, Migrations.PostgresPeople])
            {
                RequireSchema(migrations, migrations.Current(source._connection), server.Shown, "run loanrisk db migrate first.");
            }

            return source;
        }
        catch (Exception e)
        {
            source.Dispose();
            throw source.Explain(e);
        }
    }

    /// <summary>What the transaction of a connection sees, which stays as it is.</summary>
    public static PostgresSource Within(PostgresServer server, NpgsqlConnection connection) => new(server, connection, isOwn: false);

    public override IEnumerable<ContentFile> Files() => Parts(_connection).Concat(Keys());

    public override void Copy(ContentFile file, Stream to)
    {
        if (file.IsPart)
        {
            CopyPart(file, to);
        }
        else
        {
            to.Write(Encoding.UTF8.GetBytes(_connection.QuerySingle<string>("SELECT content FROM form_keys WHERE name = @Name", file)));
        }
    }

    public override Exception Explain(Exception error) => StoreException.From(error, Shown);

    public override void Dispose()
    {
        if (_isOwn)
        {
            _connection.Dispose(); // which ends the transaction
        }
    }

    protected override DbConnection? Connection(ArchiveTable table) => _connection;

    // The sequence itself knows of numbers that a transaction was given and did not keep.
    protected override long? LastNumber(DbConnection connection, ArchiveTable table) => connection.ExecuteScalar<long>(
        $"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {SequenceOf(connection, table)}");

    /// <summary>The sequence that numbers a table.</summary>
    public static string SequenceOf(DbConnection connection, ArchiveTable table) =>
        connection.QuerySingle<string>($"SELECT pg_get_serial_sequence('{table.Name}', '{table.Numbered}')");

    private IEnumerable<ContentFile> Keys() => _connection.Query<string>("SELECT name FROM form_keys")
        .Select(ContentFile.OfKey)
        .Select(key => ContentFile.Parse(key.Path) ?? throw new StoreException(
            $"{Shown} has a key of the forms with the name \"{key.Name}\"; allowed are letters, digits and hyphens."))
        .OrderBy(key => key.Path, StringComparer.Ordinal);

    private void CopyPart(ContentFile part, Stream to)
    {
        using var hash = new ContentHash();
        foreach (var piece in PartPieces.Read(_connection, (part.Product!, part.Name)))
        {
            hash.Add(piece);
            to.Write(piece);
        }

        if (hash.Hex() != part.Name)
        {
            throw new StoreException($"Part {part.Name} of {part.Product} is not whole in {Shown}. Restore the database from a copy.")
            { IsDamage = true };
        }
    }
}
