namespace LoanRisk.Web.Disk;

/// <summary>The file systems of this machine and where they are mounted, as Linux tells; empty elsewhere.</summary>
/// <param name="Mounts">In the order they were mounted: a later one hides an earlier one at the same place.</param>
internal sealed record MountTable(IReadOnlyList<Mount> Mounts)
{
    private const string File = "/proc/mounts";

    private const char Separator = '/';

    /// <summary>Reads it.</summary>
    public static MountTable Read()
    {
        try
        {
            return Parse(System.IO.File.ReadAllText(File));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new MountTable([]);
        }
    }

    /// <summary>Takes the text of <c>/proc/mounts</c>: device, place, file system and more, a line each.</summary>
    public static MountTable Parse(string text) => new(
    [
        .. text.Split('\n').Select(line => line.Split(' ')).Where(words => words.Length > 2)
            .Select(words => new Mount(Plain(words[1]), words[2])),
    ]);

    /// <summary>The file system that a folder is on; null where that is not known.</summary>
    /// <param name="folder">An absolute path without symbolic links.</param>
    public Mount? Of(string folder) => Mounts.Where(mount => IsWithin(folder, mount.Place)).MaxBy(LengthAndOrder);

    /// <summary>The same path with every symbolic link in it followed.</summary>
    public static string Follow(string path)
    {
        var followed = Path.GetPathRoot(path) ?? "";
        foreach (var part in path[followed.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = new DirectoryInfo(Path.Combine(followed, part));
            followed = (next.Exists ? next.ResolveLinkTarget(returnFinalTarget: true) : null)?.FullName ?? next.FullName;
        }

        return followed;
    }

    /// <summary>Whether a folder is another one or lies in it.</summary>
    public static bool IsWithin(string folder, string outer) =>
        $"{folder.TrimEnd(Separator)}{Separator}".StartsWith($"{outer.TrimEnd(Separator)}{Separator}", StringComparison.Ordinal);

    private (int Length, int Order) LengthAndOrder(Mount mount) => (mount.Place.Length, Mounts.ToList().LastIndexOf(mount));

    // A blank, tab, line break or backslash is written as \ and three octal digits.
    private static string Plain(string place)
    {
        var at = place.IndexOf('\\', StringComparison.Ordinal);
        return at < 0 || at + 4 > place.Length
            ? place
            : place[..at] + (char)Convert.ToInt32(place.Substring(at + 1, 3), fromBase: 8) + Plain(place[(at + 4)..]);
    }
}

/// <summary>A mounted file system.</summary>
/// <param name="Place">Where.</param>
/// <param name="FileSystem">Its kind, such as <c>ext4</c>.</param>
internal sealed record Mount(string Place, string FileSystem)
{
    private static readonly string[] Network =
        ["nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "9p", "ceph", "glusterfs", "lustre", "afs", "fuse"];

    private static readonly string[] Layers = ["overlay", "aufs", "fuse.fuse-overlayfs", "tmpfs", "ramfs", "rootfs"];

    /// <summary>It is reached over a network, or by a program that may do so.</summary>
    public bool IsNetwork =>
        !IsLayer && (Network.Contains(FileSystem) || FileSystem.StartsWith("fuse.", StringComparison.Ordinal));

    /// <summary>It is memory, or the layer of a container, and ends with it.</summary>
    public bool IsLayer => Layers.Contains(FileSystem);

    /// <summary>It was mounted for data that last.</summary>
    public bool IsVolume => Place != "/" && !IsLayer;
}
