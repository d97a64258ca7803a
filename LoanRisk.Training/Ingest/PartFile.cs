using System.Security.Cryptography;
using System.Text;
using LoanRisk.Training.Csv;

namespace LoanRisk.Training.Ingest;

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
        _file = new FileStream(_unfinished, FileMode.CreateNew, FileAccess.ReadWrite);
        _writer = new StreamWriter(_file, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        CsvText.WriteRow(_writer, header, ',');
    }

    /// <summary>Appends a row.</summary>
    public void Add(IEnumerable<string> fields) => CsvText.WriteRow(_writer, fields, ',');

    /// <summary>Puts it on disk and gives it its name.</summary>
    /// <returns>The hash, hexadecimal.</returns>
    public string Finish()
    {
        _writer.Flush();
        _file.Flush(flushToDisk: true);
        _file.Position = 0;
        var hash = Convert.ToHexStringLower(SHA256.HashData(_file));
        _file.Dispose();
        File.Move(_unfinished, Path.Combine(_folder, $"{hash}.csv"), overwrite: true);
        return hash;
    }

    /// <summary>Removes what was not finished.</summary>
    public void Dispose()
    {
        if (_file.CanWrite)
        {
            _writer.Dispose();
            _file.Dispose();
        }

        File.Delete(_unfinished);
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
