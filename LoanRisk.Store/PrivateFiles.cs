using System.Runtime.InteropServices;

namespace LoanRisk.Store;

/// <summary>
/// Files and folders with people's data: the owner's alone (0600 and 0700), whatever the umask and whoever made the folder around them. On
/// Windows the folder's access list decides. What a person names as an output keeps that person's umask instead.
/// </summary>
public static class PrivateFiles
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const int Interrupted = 4; // EINTR

    private const int InputOutputError = 5; // EIO

    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    /// <summary>Makes a folder and those above it where they are missing; one that is there keeps its permissions.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static string CreateFolder(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (OperatingSystem.IsWindows() || Directory.Exists(full))
        {
            return Directory.CreateDirectory(full).FullName;
        }

        if (Path.GetDirectoryName(full) is { } above && !Directory.Exists(above))
        {
            CreateFolder(above); // .NET would give the mode to the last one only
        }

        return Directory.CreateDirectory(full, OwnersFolder).FullName;
    }

    /// <summary>
    /// Opens a file; one that is made by it is the owner's alone. It has no buffer: a full disk shows where something is written, not where
    /// the file is closed.
    /// </summary>
    /// <exception cref="IOException">It cannot be opened or made.</exception>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share = FileShare.None)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open)
        {
            options.UnixCreateMode = OwnersFile;
        }

        return new FileStream(path, options);
    }

    /// <summary>
    /// Puts on disk what was written to a file. On Linux the system is asked directly: <see cref="FileStream.Flush(bool)"/> of .NET 10
    /// passes over a failed fsync, as its native part returns 1 for it and the managed one looks for negative numbers.
    /// </summary>
    /// <exception cref="IOException">The disk does not confirm it.</exception>
    public static void FlushToDisk(FileStream file)
    {
        file.Flush();
        if (!OperatingSystem.IsLinux())
        {
            file.Flush(flushToDisk: true);
            return;
        }

        for (int error; (error = Fsync(file)) != 0;)
        {
            if (error != Interrupted)
            {
                throw new IOException($"fsync failed: {Marshal.GetPInvokeErrorMessage(error)} : '{file.Name}'", error);
            }
        }
    }

    /// <summary>Writes a new file.</summary>
    /// <exception cref="StoreException">It cannot be written.</exception>
    public static void WriteText(string path, string text)
    {
        try
        {
            using var file = Open(path, FileMode.CreateNew, FileAccess.Write);
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            FlushToDisk(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.OfFile(e, path);
        }
    }

    /// <summary>Makes an empty file where there is none, for a library that would make one which everybody can read.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    internal static void CreateEmpty(string path)
    {
        try
        {
            Open(path, FileMode.CreateNew, FileAccess.Write).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // It is there.
        }
    }

    /// <summary>
    /// 0, or the system's number of what went wrong. Looked up where the runtime's own calls are, so that a trial can let it fail.
    /// </summary>
    private static unsafe int Fsync(FileStream file)
    {
        var fsync = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "fsync");
        Marshal.SetLastSystemError(0);
        return fsync((int)file.SafeFileHandle.DangerousGetHandle()) == 0 ? 0
            : Marshal.GetLastSystemError() is not 0 and var error ? error
            : InputOutputError;
    }
}
