using System.Security.Cryptography;
using System.Text;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Store;

namespace LoanRisk.Pipeline.Ingest;

/// <summary>A part being written beside its place; it gets its name, the hash of its content, when it is whole and on disk.</summary>
internal sealed class PartFile : IDisposable
{
    private readonly string _folder;
    private readonly string _unfinished;
    private readonly FileStream _file;
    private readonly StreamWriter _writer;

    public PartFile(string folder, IEnumerable<string> header)
    {
        _folder = folder;
        _unfinished = Path.Combine(folder, $".{Guid.NewGuid():N}.unfinished");
        _file = Create();
        _writer = new StreamWriter(_file, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        Add(header);
    }

    /// <summary>Appends a row.</summary>
    /// <exception cref="StoreException">The disk is full.</exception>
    public void Add(IEnumerable<string> fields)
    {
        try
        {
            CsvText.WriteRow(_writer, fields, ',', Cells.Verbatim);
        }
        catch (IOException e)
        {
            throw StoreException.OfFile(e, _unfinished);
        }
    }

    /// <summary>Puts it on disk and gives it its name.</summary>
    /// <returns>The hash, hexadecimal.</returns>
    /// <exception cref="StoreException">The disk is full.</exception>
    public string Finish()
    {
        try
        {
            return FinishFile();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.OfFile(e, _unfinished);
        }
    }

    /// <summary>Removes what was not finished.</summary>
    public void Dispose()
    {
        _file.Dispose(); // without the writer's rest, for which there may be no room
        File.Delete(_unfinished);
    }

    private FileStream Create()
    {
        try
        {
            return PrivateFiles.Open(_unfinished, FileMode.CreateNew, FileAccess.ReadWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.OfFile(e, _unfinished);
        }
    }

    private string FinishFile()
    {
        _writer.Flush();
        PrivateFiles.FlushToDisk(_file);
        _file.Position = 0;
        var hash = Convert.ToHexStringLower(SHA256.HashData(_file));
        _file.Dispose();
        File.Move(_unfinished, Path.Combine(_folder, $"{hash}.csv"), overwrite: true);
        return hash;
    }

    /// <summary>Removes what killed runs left behind.</summary>
    public static void Sweep(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*.unfinished"))
        {
            File.Delete(path);
        }
    }
}
