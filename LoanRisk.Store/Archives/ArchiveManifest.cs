using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LoanRisk.Store.Archives;

/// <summary>What an archive holds: its <c>manifest.json</c>.</summary>
public sealed record ArchiveManifest
{
    /// <summary>Its name in the archive.</summary>
    internal const string FileName = "manifest.json";

    /// <summary>The form of archives that this program writes, and the newest it reads.</summary>
    internal const int NewestForm = 1;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
        NewLine = "\n",
        MaxDepth = 8,
    };

    /// <summary>The form of the archive.</summary>
    public required int Form { get; init; }

    /// <summary>The version of the program that wrote it.</summary>
    public required string Program { get; init; }

    /// <summary>When, in UTC.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Which database it was made of: <c>sqlite</c> or <c>postgres</c>.</summary>
    public required string Database { get; init; }

    /// <summary>The schema of each part of the database.</summary>
    public required IReadOnlyDictionary<string, int> Schemas { get; init; }

    /// <summary>The tables.</summary>
    public required IReadOnlyList<ArchivedTable> Tables { get; init; }

    /// <summary>Parts of data sets and keys of the forms.</summary>
    public required IReadOnlyList<ArchivedFile> Files { get; init; }

    /// <summary>The same for the same contents, whichever database they are in: over names, numbers of lines and hashes.</summary>
    [JsonIgnore]
    public string ContentHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(
        Tables.Select(table => $"{table.Name} {table.Rows} {table.Sha256}\n")
            .Concat(Files.Select(file => $"{file.Name} {file.Bytes} {file.Sha256}\n"))))));

    /// <summary>The lines of all tables.</summary>
    [JsonIgnore]
    public long Rows => Tables.Sum(table => table.Rows);

    /// <summary>As it stands in an archive.</summary>
    internal byte[] ToJson() => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this, Options) + "\n");

    /// <summary>Reads it.</summary>
    /// <exception cref="JsonException">It is none of this form.</exception>
    internal static ArchiveManifest Read(byte[] json) =>
        JsonSerializer.Deserialize<ArchiveManifest>(json, Options) ?? throw new JsonException("it holds null");
}

/// <summary>A table in an archive.</summary>
public sealed record ArchivedTable
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Names and kinds of its columns, in their order.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>How many lines it has.</summary>
    public required long Rows { get; init; }

    /// <summary>Their bytes together, with line feeds.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 over them.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The highest number that the database has given in the column it numbers; null where it numbers none.</summary>
    public long? LastNumber { get; init; }

    /// <summary>The entry with its lines.</summary>
    internal string Entry => EntryOf(Name);

    /// <summary>The entry of a table.</summary>
    internal static string EntryOf(string name) => $"tables/{name}.jsonl";
}

/// <summary>A file in an archive.</summary>
/// <param name="Name">Its path, parted by slashes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 over it.</param>
public sealed record ArchivedFile(string Name, long Bytes, string Sha256);
