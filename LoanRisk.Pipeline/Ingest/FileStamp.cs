using System.Security.Cryptography;

namespace LoanRisk.Pipeline.Ingest;

/// <summary>A file's content hash, and how the file stood when it was hashed.</summary>
internal sealed record FileStamp(string Path, string Sha256, long Length, DateTime WrittenAt, bool EndsLine)
{
    /// <exception cref="IOException">It cannot be read.</exception>
    public static FileStamp Of(string path)
    {
        var info = new FileInfo(path);
        var writtenAt = info.LastWriteTimeUtc;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
        var hash = Convert.ToHexStringLower(SHA256.HashData(file));
        return new FileStamp(path, hash, file.Length, writtenAt, EndsWithLine(file));
    }

    /// <exception cref="RefusedFileException">The file was written a moment ago and its last line has no end.</exception>
    public void RequireWhole(DateTimeOffset now, TimeSpan young)
    {
        if (!EndsLine && now.UtcDateTime - WrittenAt < young && now.UtcDateTime >= WrittenAt)
        {
            throw new RefusedFileException(
                "its last line has no end and it was written a moment ago: it may still be being written. "
                + "Run this again when it is whole.");
        }
    }

    /// <exception cref="RefusedFileException">The file is not as it was when it was hashed.</exception>
    public void RequireUnchanged()
    {
        var info = new FileInfo(Path);
        if (!info.Exists || info.Length != Length || info.LastWriteTimeUtc != WrittenAt)
        {
            throw new RefusedFileException("it changed while it was read. Run this again when it is whole.");
        }
    }

    private static bool EndsWithLine(FileStream file)
    {
        if (file.Length == 0)
        {
            return true;
        }

        // What is packed knows its own end.
        file.Position = 0;
        if (file.ReadByte() == 0x1F && file.ReadByte() == 0x8B)
        {
            return true;
        }

        file.Position = file.Length - 1;
        return file.ReadByte() is '\n' or '\r';
    }
}
