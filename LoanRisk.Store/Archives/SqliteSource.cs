using System.Data.Common;
using System.Text;
using Dapper;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LoanRisk.Store.Archives;

/// <summary>
/// SQLite's files in a data folder. The decisions are read in one transaction of their write-ahead log, which keeps nobody from writing,
/// and the models and the people out of copies that are made after it began: so every model and policy is there that a decision names, and
/// nobody waits.
/// </summary>
internal sealed class SqliteSource : ArchiveSource
{
    private const int BusyMilliseconds = 30_000;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly DataFolder _folder;

    private readonly string? _scratch;

    private SqliteConnection? _decisions;

    private SqliteConnection? _models;

    private SqliteConnection? _people;

    static SqliteSource() => Batteries_V2.Init();

    private SqliteSource(DataFolder folder, string? scratch) => (_folder, _scratch) = (folder, scratch);

    public override Dialect Dialect => Dialect.Sqlite;

    public override string Shown => _folder.Path;

    private string DecisionsPath => Path.Combine(_folder.Path, DatabaseFile.FileName);

    private string ModelsPath => Path.Combine(_folder.Path, FormerDatabaseName.Present(_folder.Path));

    private string PeoplePath => Path.Combine(_folder.Path, PeopleDatabase.FileName);

    private string? PeopleScratch => _scratch is null ? null : _scratch + ".people";

    private string KeysPath => Path.Combine(_folder.Path, "keys");

    /// <summary>The files of a folder that a site may be using.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="scratch">Where the copies go, which are gone when this is disposed.</param>
    /// <exception cref="StoreException">They cannot be read, are not up to date, or there are none.</exception>
    public static SqliteSource OpenCopy(DataFolder folder, string scratch)
    {
        UnfinishedRestore.RequireNone(folder.Path);
        return Opened(new SqliteSource(folder, scratch));
    }

    /// <summary>The files of a folder that nobody else uses, which holds both databases.</summary>
    /// <exception cref="StoreException">They cannot be read.</exception>
    public static SqliteSource OpenAlone(DataFolder folder) => Opened(new SqliteSource(folder, null));

    public override IEnumerable<ContentFile> Files() => Parts(_models).Concat(Keys());

    public override void Copy(ContentFile file, Stream to)
    {
        var path = Path.Combine([_folder.Path, .. file.Path.Split('/')]);
        try
        {
            using var from = File.OpenRead(path);
            if (file.IsPart)
            {
                CopyPart(from, to, file);
            }
            else
            {
                CopyKey(from, to);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && !File.Exists(path))
        {
            throw new StoreException($"{path} is missing: restore it from a copy.", e) { IsDamage = true };
        }
    }

    public override Exception Explain(Exception error) => error is DecoderFallbackException
        ? new StoreException($"{Shown} holds a text that is not UTF-8.", error) { IsDamage = true }
        : StoreException.From(error, Shown);

    public override void Dispose()
    {
        _decisions?.Dispose();
        _models?.Dispose();
        _people?.Dispose();
        foreach (var copy in new[] { _scratch, PeopleScratch }.OfType<string>())
        {
            File.Delete(copy);
        }
    }

    // As a string it would end at the first U+0000.
    protected override string Text(DbDataReader reader, int column) => Utf8.GetString(reader.GetFieldValue<byte[]>(column));

    protected override DbConnection? Connection(ArchiveTable table) =>
        table.IsOfDecisions ? _decisions : table.IsOfPeople ? _people : _models;

    protected override long? LastNumber(DbConnection connection, ArchiveTable table) => connection.ExecuteScalar<long?>(
        $"SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{table.Name}'), 0), "
            + $"coalesce((SELECT max({table.Numbered}) FROM {table.Name}), 0))");

    private static SqliteSource Opened(SqliteSource source)
    {
        try
        {
            source._decisions = source.OpenDecisions();
            source._models = OpenShared(source.ModelsPath, source._scratch, Migrations.Models);
            source._people = OpenShared(source.PeoplePath, source.PeopleScratch, Migrations.People);
            return source._decisions is null && source._models is null
                ? throw new StoreException($"There is nothing in {source.Shown}: it holds neither decisions nor models.")
                : source;
        }
        catch (Exception e)
        {
            source.Dispose();
            throw source.Explain(e);
        }
    }

    private SqliteConnection? OpenDecisions()
    {
        DatabaseMarker.RequireFile(DecisionsPath);
        if (!IsThere(DecisionsPath))
        {
            return null;
        }

        var connection = DatabaseFile.OpenReading(DecisionsPath);
        try
        {
            connection.Execute("BEGIN;");
            RequireSchema(
                Migrations.Decisions,
                connection.ExecuteScalar<int>("PRAGMA user_version"),
                DecisionsPath,
                "start the site once, which brings it up to date.");
            return DecisionUpgrade.IsNeeded(connection)
                ? throw new StoreException(
                    $"The decisions of {DecisionsPath} are on their way into the form of this version: start the site, which brings them "
                        + "there.")
                : connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteConnection? OpenShared(string path, string? scratch, Migrations migrations)
    {
        DatabaseMarker.RequireFile(path);
        if (!IsThere(path))
        {
            return null;
        }

        var connection = Connect(scratch ?? path, isNew: scratch is not null);
        try
        {
            if (scratch is not null)
            {
                using var from = Connect(path, isNew: false);
                from.BackupDatabase(connection);
                migrations.Apply(connection, path);
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // For writing: what a killed program left in a journal is put back when the file is opened.
    private static SqliteConnection Connect(string path, bool isNew)
    {
        if (isNew)
        {
            PrivateFiles.CreateEmpty(path);
        }

        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        raw.sqlite3_busy_timeout(connection.Handle, BusyMilliseconds);
        if (isNew)
        {
            connection.Execute("PRAGMA synchronous = OFF");
        }

        return connection;
    }

    private static bool IsThere(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };

    private IEnumerable<ContentFile> Keys() => !Directory.Exists(KeysPath)
        ? []
        : Directory.EnumerateFiles(KeysPath, "*.xml")
            .Select(path => ContentFile.Parse($"keys/{Path.GetFileName(path)}"))
            .OfType<ContentFile>()
            .OrderBy(key => key.Path, StringComparer.Ordinal);

    private void CopyPart(FileStream from, Stream to, ContentFile part)
    {
        using var hash = new ContentHash();
        hash.Copy(from, to);
        if (hash.Hex() != part.Name)
        {
            throw new StoreException($"{from.Name} is damaged: it does not hash to its name. Restore it from a copy.") { IsDamage = true };
        }
    }

    // In a database a key is a text, which has no byte order mark.
    private static void CopyKey(FileStream from, Stream to)
    {
        var key = new byte[from.Length];
        from.ReadExactly(key);
        to.Write(key.AsSpan().StartsWith(ByteOrderMark) ? key.AsSpan(ByteOrderMark.Length) : key);
    }
}
