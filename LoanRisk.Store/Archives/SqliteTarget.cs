using Dapper;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Store.Archives;

/// <summary>
/// SQLite's files in a data folder. They are put together in a folder of their own inside it, and take their places when everything was
/// read again; from then on a restore that was interrupted is finished by the next one, and before that it is begun anew.
/// </summary>
internal sealed class SqliteTarget : ArchiveTarget
{
    private const int RowsATransaction = 100_000;

    private readonly DataFolder _folder;

    private readonly FolderLock _lock;

    private readonly RestoringFolder _restoring;

    private readonly Dictionary<string, SqliteConnection> _connections = [];

    private bool _isPlaced;

    private SqliteTarget(DataFolder folder, FolderLock folderLock, RestoringFolder restoring) =>
        (_folder, _lock, _restoring) = (folder, folderLock, restoring);

    public override string Shown => _folder.Path;

    /// <summary>Finishes a restore that was interrupted when everything had been read again.</summary>
    /// <returns>True when there was one, and it was of this archive.</returns>
    /// <exception cref="StoreException">The folder is in use, or cannot be written to.</exception>
    public static bool FinishFormer(DataFolder folder, string archive)
    {
        using var folderLock = FolderLock.Take(folder);
        try
        {
            return new RestoringFolder(folder).FinishFormer() == archive;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.OfFile(e, folder.Path);
        }
    }

    /// <summary>Keeps every site out of the folder.</summary>
    /// <inheritdoc cref="ArchiveTarget.Open"/>
    public static new SqliteTarget Open(DataFolder folder, string archive)
    {
        var folderLock = FolderLock.Take(folder);
        try
        {
            var restoring = new RestoringFolder(folder);
            restoring.RequireEmptyPlace();
            restoring.Create(archive);
            return Prepared(new SqliteTarget(folder, folderLock, restoring));
        }
        catch (Exception e)
        {
            folderLock.Dispose();
            throw StoreException.From(e, folder.Path);
        }
    }

    public override void Load(ArchiveTable table, IEnumerable<object?[]> rows, long? lastNumber)
    {
        var connection = _connections[table.Part];
        var places = string.Join(", ", table.Columns.Select(_ => "?"));
        using var insert = new PreparedStatement(connection, $"INSERT INTO {table.Name} ({table.Listed}) VALUES ({places})");
        connection.Execute("BEGIN IMMEDIATE");
        var written = 0;
        foreach (var row in rows)
        {
            Bind(insert, row);
            insert.Run();
            if (++written % RowsATransaction == 0)
            {
                connection.Execute("COMMIT; BEGIN IMMEDIATE");
            }
        }

        SetLastNumber(connection, table, lastNumber);
        connection.Execute("COMMIT;");
    }

    public override void Keep(ContentFile file, Stream content)
    {
        using var kept = PrivateFiles.Open(_restoring.PathOf(file), FileMode.CreateNew, FileAccess.Write);
        content.CopyTo(kept, 1 << 16);
        PrivateFiles.FlushToDisk(kept);
    }

    public override ArchiveSource ReadBack()
    {
        CloseDatabases();
        return SqliteSource.OpenAlone(_restoring.Inside);
    }

    public override void Finish()
    {
        _restoring.FlushDatabases();
        _isPlaced = true; // from here on it is finished by the next one if this is interrupted
        _restoring.MarkVerified();
        _restoring.Place();
    }

    public override Exception Explain(Exception error) => StoreException.From(error, Shown);

    public override void Dispose()
    {
        try
        {
            CloseDatabases();
            if (!_isPlaced)
            {
                _restoring.Remove();
            }
        }
        finally
        {
            _lock.Dispose();
        }
    }

    private static SqliteTarget Prepared(SqliteTarget target)
    {
        try
        {
            target.OpenDatabases();
            return target;
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }

    // The stores themselves make the databases as they want to find them, with their markers.
    private void OpenDatabases()
    {
        ModelDatabase.Open(_restoring.Inside);
        PeopleDatabase.Open(_restoring.Inside);
        DecisionDatabase.Open(_restoring.Inside, TimeSpan.FromSeconds(1)).Dispose();
        _connections[Migrations.Models.Part] = Connect(ModelDatabase.FileName);
        _connections[Migrations.People.Part] = Connect(PeopleDatabase.FileName);
        _connections[Migrations.Decisions.Part] = Connect(DatabaseFile.FileName);
    }

    private SqliteConnection Connect(string name)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(_restoring.Inside.Path, name), Mode = SqliteOpenMode.ReadWrite, Pooling = false,
        }.ToString());
        connection.Open();

        // What is interrupted is begun anew, and the files are put on disk when they are whole.
        connection.Execute(
            "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -65536;");
        return connection;
    }

    private void CloseDatabases()
    {
        foreach (var connection in _connections.Values)
        {
            connection.Dispose();
        }

        _connections.Clear();
    }

    private static void SetLastNumber(SqliteConnection connection, ArchiveTable table, long? lastNumber)
    {
        var isKept = connection.ExecuteScalar<bool>(
            "SELECT sql LIKE '%AUTOINCREMENT%' FROM sqlite_master WHERE name = @Name", new { table.Name });
        if (isKept && lastNumber is > 0)
        {
            connection.Execute(
                """
                INSERT INTO sqlite_sequence (name, seq) SELECT @Name, 0
                WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = @Name);
                UPDATE sqlite_sequence SET seq = max(seq, @lastNumber) WHERE name = @Name;
                """,
                new { table.Name, lastNumber });
        }
    }

    private static void Bind(PreparedStatement insert, object?[] row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            switch (row[i])
            {
                case null:
                    insert.BindNull(i + 1);
                    break;
                case string text:
                    insert.Bind(i + 1, text);
                    break;
                case long whole:
                    insert.Bind(i + 1, whole);
                    break;
                case double number:
                    insert.Bind(i + 1, number);
                    break;
                case bool yes:
                    insert.Bind(i + 1, yes ? 1L : 0L);
                    break;
                case byte[] { Length: 0 }:
                    insert.Bind(i + 1, new byte[1].AsSpan(0, 0)); // a span without an address would be taken for null
                    break;
                default:
                    insert.Bind(i + 1, ((byte[])row[i]!).AsSpan());
                    break;
            }
        }
    }
}
