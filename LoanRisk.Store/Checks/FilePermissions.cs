namespace LoanRisk.Store.Checks;

/// <summary>Who may read the files of a data folder.</summary>
internal static class FilePermissions
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public static IEnumerable<CheckLine> Check(DataFolder folder)
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(folder.Path))
        {
            return [];
        }

        var open = new DirectoryInfo(folder.Path)
            .EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Where(IsOpen)
            .Select(entry => Path.GetRelativePath(folder.Path, entry.FullName))
            .Order(StringComparer.Ordinal)
            .ToList();
        return open.Count == 0
            ? [new CheckLine("permissions", CheckState.Fine, "only the owner reads what is in the folder")]
            :
            [
                new CheckLine(
                    "permissions",
                    CheckState.Note,
                    $"others may use {open[0]}{(open.Count > 1 ? $" and {open.Count - 1:N0} more" : "")}; "
                        + "chmod -R go= on the folder ends that"),
            ];
    }

    private static bool IsOpen(FileSystemInfo entry) =>
        !OperatingSystem.IsWindows() && entry.LinkTarget is null && (entry.UnixFileMode & Others) != UnixFileMode.None;
}
