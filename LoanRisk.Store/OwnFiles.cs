using System.Text.RegularExpressions;

namespace LoanRisk.Store;

/// <summary>
/// What LoanRisk itself makes in a data folder, told by name; everything else there is somebody else's and is left alone.
/// </summary>
public static class OwnFiles
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private static readonly Regex Files = new(
        @"\A((loanrisk|models|people)\.db(-wal|-shm|-journal|\.lock|\.id)?|datasets/[^/]+/(ingest\.lock|parts/[0-9a-f]{64}\.csv)"
            + @"|reports/[^/]+-[0-9a-f]{12}\.(html|pdf)|keys/key-[0-9a-f-]{36}\.xml)\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private static readonly Regex Folders = new(
        @"\A(datasets(/[^/]+(/parts)?)?|incoming|reports|keys)\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private static readonly EnumerationOptions WithoutLinks = new()
    {
        RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true,
    };

    /// <summary>
    /// Takes from group and others what earlier versions left them of the program's own files and folders. One that may not be changed, as
    /// another user owns it, stays as it is, and <c>loanrisk check</c> names it.
    /// </summary>
    /// <returns>What was changed, relative to the folder, in order of name; nothing on Windows.</returns>
    public static IReadOnlyList<string> Tighten(DataFolder folder)
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(folder.Path))
        {
            return [];
        }

        var open = new DirectoryInfo(folder.Path)
            .EnumerateFileSystemInfos("*", WithoutLinks)
            .Where(entry => (entry.UnixFileMode & Others) != UnixFileMode.None && IsOwn(folder, entry))
            .ToList();
        return [.. open.Where(IsTightened).Select(entry => NameOf(folder, entry)).Order(StringComparer.Ordinal)];
    }

    private static bool IsOwn(DataFolder folder, FileSystemInfo entry) =>
        (entry is DirectoryInfo ? Folders : Files).IsMatch(NameOf(folder, entry));

    private static string NameOf(DataFolder folder, FileSystemInfo entry) => Path.GetRelativePath(folder.Path, entry.FullName);

    private static bool IsTightened(FileSystemInfo entry)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                entry.UnixFileMode &= ~Others;
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
