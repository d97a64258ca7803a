using System.Text;
using LoanRisk.Store;

namespace LoanRisk.Pipeline.Csv;

/// <summary>A text file that appears under its name only when it is whole: written beside it and renamed at the end.</summary>
public sealed class OutputFile : IDisposable
{
    private readonly string _path;
    private readonly string _unfinished;
    private readonly FileStream _file;

    /// <summary>Begins a file (UTF-8, no BOM); its folder is made where it is missing.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="isPrivate">True for a file of the data folder, which only its owner may read; what a person names keeps that person's
    /// umask.</param>
    /// <exception cref="IOException">The folder or the file cannot be made.</exception>
    public OutputFile(string path, bool isPrivate = false)
    {
        _path = Path.GetFullPath(path);
        _unfinished = $"{_path}.{Environment.ProcessId}.unfinished";
        try
        {
            _file = isPrivate ? OpenPrivate() : Open();
            Writer = new StreamWriter(_file, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
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
        _file.Dispose(); // without the writer's rest, for which there may be no room
        File.Delete(_unfinished);
    }

    private FileStream Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        return new FileStream(_unfinished, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    private FileStream OpenPrivate()
    {
        PrivateFiles.CreateFolder(Path.GetDirectoryName(_path)!);
        return PrivateFiles.Open(_unfinished, FileMode.Create, FileAccess.Write, FileShare.Read);
    }

    /// <summary>True when two paths name one file, links aside.</summary>
    public static bool Same(string one, string other) =>
        string.Equals(
            Path.GetFullPath(one),
            Path.GetFullPath(other),
            OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
}
