using System.Buffers;
using System.IO.Compression;

namespace LoanRisk.Store.Archives;

/// <summary>Writes an archive as a stream: never more than a line of it is in memory.</summary>
internal sealed class ArchiveWriter(ZipArchive zip, ArchiveSource source, WorkDone done)
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Writes everything, and the manifest last.</summary>
    public ArchiveManifest Write(DateTimeOffset now)
    {
        var manifest = new ArchiveManifest
        {
            Form = ArchiveManifest.NewestForm,
            Program = ProgramVersion.Own,
            MadeAt = now.ToUniversalTime(),
            Database = source.Dialect.Name,
            Schemas = ArchiveSource.Schemas,
            Tables = [.. ArchiveTable.All.Select(Write)],
            Files = [.. source.Files().ToList().Select(Write)],
        };
        using var entry = Entry(ArchiveManifest.FileName);
        entry.Write(manifest.ToJson());
        return manifest;
    }

    private ArchivedTable Write(ArchiveTable table)
    {
        using var entry = Entry(ArchivedTable.EntryOf(table.Name));
        return Describe(source, table, entry, done);
    }

    /// <summary>Writes the lines of a table, and says what they were.</summary>
    /// <param name="source">Where they are.</param>
    /// <param name="table">The table.</param>
    /// <param name="to">Where they go.</param>
    /// <param name="done">Told of each.</param>
    public static ArchivedTable Describe(ArchiveSource source, ArchiveTable table, Stream to, WorkDone done)
    {
        using var hash = new ContentHash();
        var code = new LineCode(table);
        var line = new ArrayBufferWriter<byte>();
        var rows = 0L;
        foreach (var row in source.Rows(table))
        {
            line.ResetWrittenCount();
            code.Write(line, row);
            hash.Add(line.WrittenSpan);
            to.Write(line.WrittenSpan);
            rows++;
            done.Add();
        }

        return new ArchivedTable
        {
            Name = table.Name,
            Columns = [.. table.Columns.Select(column => column.ToString())],
            Rows = rows,
            Bytes = hash.Bytes,
            Sha256 = hash.Hex(),
            LastNumber = source.LastNumber(table),
        };
    }

    private ArchivedFile Write(ContentFile file)
    {
        using var entry = Entry(file.Path);
        return Describe(source, file, entry, done);
    }

    /// <summary>Writes a file, and says what it was.</summary>
    /// <inheritdoc cref="Describe(ArchiveSource, ArchiveTable, Stream, WorkDone)"/>
    public static ArchivedFile Describe(ArchiveSource source, ContentFile file, Stream to, WorkDone done)
    {
        using var hash = new ContentHash();
        using var hashed = new HashedStream(to, hash);
        source.Copy(file, hashed);
        done.Add();
        return new ArchivedFile(file.Path, hash.Bytes, hash.Hex());
    }

    private BufferedStream Entry(string name) => new(zip.CreateEntry(name, CompressionLevel.Fastest).Open(), BufferBytes);
}
