using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using LoanRisk.Lending;

namespace LoanRisk.Store.Archives;

/// <summary>An archive that is read. Nothing in it is believed before it is held against its manifest, and that against its seal.</summary>
internal sealed class ArchiveReader : IDisposable
{
    private const int MostBytesOfManifest = 64 << 20;

    private const int BufferBytes = 1 << 16;

    private const int MostBytesOfLine = 1 << 30;

    private readonly FileStream _file;

    private readonly ZipArchive _zip;

    private ArchiveReader(FileStream file, ZipArchive zip, string sha256)
    {
        (_file, _zip, Sha256) = (file, zip, sha256);
        Manifest = ReadManifest();
    }

    /// <summary>Its seal.</summary>
    public string Sha256 { get; }

    /// <summary>What it holds.</summary>
    public ArchiveManifest Manifest { get; }

    /// <summary>Opens an archive, and holds its entries against its manifest.</summary>
    /// <exception cref="StoreException">It cannot be read, is damaged, or of another version.</exception>
    public static ArchiveReader Open(string path)
    {
        FileStream? file = null;
        ZipArchive? zip = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var sha256 = ArchiveSeal.Require(file);
            file.Position = 0;
            zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            return new ArchiveReader(file, zip, sha256);
        }
        catch (Exception e)
        {
            zip?.Dispose();
            file?.Dispose();
            throw e switch
            {
                InvalidDataException => Damaged(path, e.Message, e),
                IOException or UnauthorizedAccessException => new StoreException($"{path} cannot be read. ({e.Message})", e),
                _ => e,
            };
        }
    }

    /// <summary>Reads all of it, and holds it against the manifest; writes nothing.</summary>
    /// <exception cref="StoreException">It is not what the manifest says.</exception>
    public void Verify(WorkDone done)
    {
        foreach (var table in ArchiveTable.All)
        {
            foreach (var _ in Rows(table))
            {
                done.Add();
            }
        }

        foreach (var file in Manifest.Files)
        {
            Verify(file);
            done.Add();
        }
    }

    /// <summary>What the manifest says of a table.</summary>
    public ArchivedTable Described(ArchiveTable table) => Manifest.Tables.First(t => t.Name == table.Name);

    /// <summary>The lines of a table.</summary>
    /// <exception cref="StoreException">They are not what the manifest says; at the latest in place of their end.</exception>
    public IEnumerable<object?[]> Rows(ArchiveTable table)
    {
        var described = Described(table);
        using var entry = Entry(described.Entry);
        using var hash = new ContentHash();
        var lines = new LineReader(entry, (int)Math.Min(MostBytesOfLine, described.Bytes + 1));
        var code = new LineCode(table);
        var again = new ArrayBufferWriter<byte>();
        var rows = 0L;
        while (Next(lines, code, again, $"line {rows + 1:N0} of {described.Entry}") is { } row)
        {
            hash.Add(again.WrittenSpan);
            rows++;
            Require(hash.Bytes <= described.Bytes, described.Entry);
            yield return row;
        }

        Require(rows == described.Rows && hash.Bytes == described.Bytes && hash.Hex() == described.Sha256, described.Entry);
    }

    /// <summary>The content of a file, once it was verified.</summary>
    public Stream Content(ArchivedFile file) => Entry(file.Name);

    public void Dispose()
    {
        _zip.Dispose();
        _file.Dispose();
    }

    private static StoreException Damaged(string path, string why, Exception? cause = null) =>
        new(
            $"{path} is not an archive of LoanRisk, or is damaged: {why.TrimEnd('.')}. Take another copy of it. Nothing was restored.",
            cause);

    private StoreException Damaged(string why, Exception? cause = null) => Damaged(_file.Name, why, cause);

    private object?[]? Next(LineReader lines, LineCode code, ArrayBufferWriter<byte> again, string place)
    {
        try
        {
            if (lines.Next() is not { } line)
            {
                return null;
            }

            var row = code.Read(line.Span[..^1]);
            again.ResetWrittenCount();
            code.Write(again, row);
            return again.WrittenSpan.SequenceEqual(line.Span) ? row : throw new FormatException("it is spelled in another way");
        }
        catch (Exception e) when (e is FormatException or InvalidDataException)
        {
            throw Damaged($"{place}: {e.Message}", e);
        }
    }

    private void Verify(ArchivedFile file)
    {
        using var hash = new ContentHash();
        using var entry = Entry(file.Name);
        var buffer = new byte[BufferBytes];
        for (int read; (read = Read(entry, buffer, file.Name)) > 0;)
        {
            hash.Add(buffer.AsSpan(0, read));
            Require(hash.Bytes <= file.Bytes, file.Name);
        }

        Require(hash.Bytes == file.Bytes && hash.Hex() == file.Sha256, file.Name);
    }

    private int Read(Stream entry, byte[] buffer, string name)
    {
        try
        {
            return entry.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw Damaged($"{name}: {e.Message}", e);
        }
    }

    private Stream Entry(string name)
    {
        try
        {
            return _zip.GetEntry(name)!.Open();
        }
        catch (InvalidDataException e)
        {
            throw Damaged($"{name}: {e.Message}", e);
        }
    }

    private void Require(bool isAsDescribed, string name)
    {
        if (!isAsDescribed)
        {
            throw Damaged($"{name} is not what {ArchiveManifest.FileName} says");
        }
    }

    private ArchiveManifest ReadManifest()
    {
        var json = ManifestBytes();
        try
        {
            RequireForm(json);
            var manifest = ArchiveManifest.Read(json);
            RequireSchemas(manifest);
            RequireTables(manifest);
            RequireEntries(manifest);
            return manifest;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw Damaged($"{ArchiveManifest.FileName} cannot be read ({e.Message.ReplaceLineEndings(" ")})", e);
        }
    }

    private byte[] ManifestBytes()
    {
        if (_zip.GetEntry(ArchiveManifest.FileName) is null)
        {
            throw Damaged($"it has no {ArchiveManifest.FileName}");
        }

        using var entry = Entry(ArchiveManifest.FileName);
        using var json = new MemoryStream();
        var buffer = new byte[BufferBytes];
        for (int read; (read = Read(entry, buffer, ArchiveManifest.FileName)) > 0;)
        {
            json.Write(buffer, 0, read);
            if (json.Length > MostBytesOfManifest)
            {
                throw Damaged($"{ArchiveManifest.FileName} is longer than {CountedNoun.Of(MostBytesOfManifest, "byte")}");
            }
        }

        return json.ToArray();
    }

    // A newer form may have members that this program would call damage.
    private void RequireForm(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var form = document.RootElement.GetProperty("form").GetInt32();
        if (form != ArchiveManifest.NewestForm)
        {
            throw OfAnother(document.RootElement.GetProperty("program").GetString(), $"archives of form {form}", "those of form "
                + ArchiveManifest.NewestForm);
        }
    }

    private void RequireSchemas(ArchiveManifest manifest)
    {
        foreach (var (part, own) in ArchiveSource.Schemas)
        {
            if (manifest.Schemas.GetValueOrDefault(part) is var has && has != own) // 0 is a version that did not have the part
            {
                throw OfAnother(manifest.Program, $"{part} of schema {has}", $"schema {own}");
            }
        }
    }

    private StoreException OfAnother(string? program, string has, string reads) => new(
        $"{_file.Name} holds {has}, and this LoanRisk ({ProgramVersion.Own}) reads {reads}. Restore it with LoanRisk {program}, which "
            + "wrote it, and start a newer one afterwards, which brings the database up to date. Nothing was restored.");

    private void RequireTables(ArchiveManifest manifest)
    {
        foreach (var (table, described) in ArchiveTable.All.Zip(manifest.Tables))
        {
            Require(described.Name == table.Name && described.Rows >= 0 && described.Bytes >= 0, ArchivedTable.EntryOf(table.Name));
            Require(described.Columns.SequenceEqual(table.Columns.Select(column => column.ToString())), described.Entry);
        }

        if (manifest.Tables.Count != ArchiveTable.All.Count)
        {
            throw Damaged($"it has {CountedNoun.Of(manifest.Tables.Count, "table")} in place of {ArchiveTable.All.Count}");
        }
    }

    // No entry more, none less, none twice, and none that would leave the folder it is written to.
    private void RequireEntries(ArchiveManifest manifest)
    {
        if (manifest.Files.FirstOrDefault(file => IsNone(file)) is { } odd)
        {
            throw Damaged($"{ArchiveManifest.FileName} names \"{odd.Name}\", which is neither a part of a data set nor a key of the forms");
        }

        var named = manifest.Tables.Select(table => table.Entry).Concat(manifest.Files.Select(file => file.Name))
            .Append(ArchiveManifest.FileName)
            .Order(StringComparer.Ordinal);
        if (!_zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal).SequenceEqual(named))
        {
            throw Damaged($"its entries are not those that {ArchiveManifest.FileName} names");
        }
    }

    private static bool IsNone(ArchivedFile file) =>
        ContentFile.Parse(file.Name) is not { } parsed || (parsed.IsPart && parsed.Name != file.Sha256);
}
