using System.Data.Common;
using Dapper;
using LoanRisk.Store.Database;

namespace LoanRisk.Store.Archives;

/// <summary>A database as it was at one moment, with its data sets and keys, read line by line.</summary>
internal abstract class ArchiveSource : IDisposable
{
    /// <summary>Which database it is.</summary>
    public abstract Dialect Dialect { get; }

    /// <summary>The folder, or the server and the database on it.</summary>
    public abstract string Shown { get; }

    /// <summary>The schemas that it is read in, which are those of this program.</summary>
    public static IReadOnlyDictionary<string, int> Schemas { get; } = new SortedDictionary<string, int>(StringComparer.Ordinal)
    {
        [Migrations.Models.Part] = Migrations.Models.Latest,
        [Migrations.Decisions.Part] = Migrations.Decisions.Latest,
        [Migrations.People.Part] = Migrations.People.Latest,
    };

    /// <summary>Opens what a data folder, or its server, holds; it does not change while this is open, whatever others write.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="scratch">A path for copies of SQLite's databases of models and people, which are gone afterwards.</param>
    /// <exception cref="StoreException">It cannot be read, is not up to date, or there is nothing.</exception>
    public static ArchiveSource Open(DataFolder folder, string scratch) =>
        folder.Server is { } server ? PostgresSource.Open(server) : SqliteSource.OpenCopy(folder, scratch);

    /// <summary>How many lines a table has.</summary>
    public long Count(ArchiveTable table) => Connection(table)?.ExecuteScalar<long>($"SELECT count(*) FROM {table.Name}") ?? 0;

    /// <summary>The lines of a table in their order. One table is read at a time.</summary>
    public IEnumerable<object?[]> Rows(ArchiveTable table)
    {
        if (Connection(table) is not { } connection)
        {
            yield break;
        }

        using var command = connection.CreateCommand();
        command.CommandText = table.Select(Dialect);
        command.CommandTimeout = 0;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object?[table.Columns.Count];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : Value(reader, i, table.Columns[i].Kind);
            }

            yield return row;
        }
    }

    /// <summary>The highest number that the database has given in the column it numbers; null where it numbers none.</summary>
    public long? LastNumber(ArchiveTable table) =>
        table.Numbered is null || Connection(table) is not { } connection ? null : LastNumber(connection, table);

    /// <summary>Parts of data sets and keys, in order.</summary>
    public abstract IEnumerable<ContentFile> Files();

    /// <summary>Writes one of them.</summary>
    /// <exception cref="StoreException">It is missing or damaged.</exception>
    public abstract void Copy(ContentFile file, Stream to);

    /// <summary>Explains why it cannot be read.</summary>
    public abstract Exception Explain(Exception error);

    public abstract void Dispose();

    /// <summary>The connection to a table's database; null where there is none yet.</summary>
    protected abstract DbConnection? Connection(ArchiveTable table);

    /// <inheritdoc cref="LastNumber(ArchiveTable)"/>
    protected abstract long? LastNumber(DbConnection connection, ArchiveTable table);

    /// <summary>A text, whole.</summary>
    protected virtual string Text(DbDataReader reader, int column) => reader.GetString(column);

    /// <summary>The parts that data sets are made of.</summary>
    protected static IEnumerable<ContentFile> Parts(DbConnection? connection) => connection is null
        ? []
        : connection.Query<(string Product, string Sha256)>(
            "SELECT DISTINCT product, part_sha256 FROM ingested_files WHERE part_sha256 IS NOT NULL")
            .Select(part => ContentFile.OfPart(part.Product, part.Sha256))
            .OrderBy(part => part.Path, StringComparer.Ordinal);

    /// <exception cref="StoreException">The schema is another than this program's.</exception>
    protected static void RequireSchema(Migrations migrations, int schema, string database, string remedy)
    {
        if (schema != migrations.Latest)
        {
            throw new StoreException(
                $"The {migrations.Part} of {database} have schema {schema}, and this program works with {migrations.Latest}: "
                    + (schema > migrations.Latest ? "use a newer LoanRisk." : remedy));
        }
    }

    private object Value(DbDataReader reader, int column, ColumnKind kind) => kind switch
    {
        ColumnKind.Text => Text(reader, column),
        ColumnKind.Whole => reader.GetInt64(column),
        ColumnKind.Number => reader.GetDouble(column),
        ColumnKind.YesNo => reader.GetBoolean(column),
        _ => reader.GetFieldValue<byte[]>(column),
    };
}
