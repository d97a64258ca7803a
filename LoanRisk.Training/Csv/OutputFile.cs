using System.Text;

namespace LoanRisk.Training.Csv;

/// <summary>A text file that appears under its name only when it is whole: written beside it and renamed at the end.</summary>
public sealed class OutputFile : IDisposable
{
    private readonly string _path;
    private readonly string _unfinished;

    /// <summary>Begins a file (UTF-8, no BOM); its folder is made where it is missing.</summary>
    /// <exception cref="IOException">The folder or the file cannot be made.</exception>
    public OutputFile(string path)
    {
        _path = Path.GetFullPath(path);
        _unfinished = $"{_path}.{Environment.ProcessId}.unfinished";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            Writer = new StreamWriter(_unfinished, append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>What to write to.</summary>
    public StreamWriter Writer { get; }

    /// <summary>Appends bytes after what was written as text.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Writer.Flush();
        Writer.BaseStream.Write(bytes);
    }

    /// <summary>Gives the file its name, in place of an older one.</summary>
    public void Finish()
    {
        Writer.Dispose();
        File.Move(_unfinished, _path, overwrite: true);
    }

    /// <summary>Removes what was not finished.</summary>
    public void Dispose()
    {
        Writer.Dispose();
        File.Delete(_unfinished);
    }

    /// <summary>True when two paths name one file, links aside.</summary>
    public static bool Same(string one, string other) =>
        string.Equals(Path.GetFullPath(one), Path.GetFullPath(other), OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
}
