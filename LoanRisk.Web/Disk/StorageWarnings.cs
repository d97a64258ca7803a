using LoanRisk.Store;

namespace LoanRisk.Web.Disk;

/// <summary>What is wrong with the place that everything is kept in, told before it is too late.</summary>
/// <param name="All">Mostly none.</param>
internal sealed record StorageWarnings(IReadOnlyList<StorageWarning> All)
{
    /// <summary>Looks at the place; with a database server none of it matters.</summary>
    public static StorageWarnings Of(DataFolder folder, HostedDisk? host, MountTable mounts)
    {
        if (folder.Server is not null)
        {
            return new([]);
        }

        var path = MountTable.Follow(folder.Path);
        var mount = mounts.Of(path);
        return new([.. new[] { Loss(path, mount, host), Network(path, mount) }.OfType<StorageWarning>()]);
    }

    private static StorageWarning? Loss(string path, Mount? mount, HostedDisk? host) => host is null || IsKept(path, mount, host)
        ? null
        : new(
            "What is kept here will be lost",
            $"{host.Name} empties its disk {host.Empties}, and {path} is on it: decisions, models and promotions go with it.",
            host.VolumePath is { } volume ? $"The volume is at {volume}: set {DataFolder.Variable} to it." : host.Remedy);

    private static bool IsKept(string path, Mount? mount, HostedDisk host) => host switch
    {
        { HasNoVolumes: true } => false,
        { VolumePath: { } volume } => MountTable.IsWithin(path, volume),
        { TellsVolumes: true } => false,
        _ => mount is { IsVolume: true },
    };

    private static StorageWarning? Network(string path, Mount? mount) => mount is not { IsNetwork: true }
        ? null
        : new(
            "What is kept here may be damaged",
            $"{path} is on a network file system ({mount.FileSystem} at {mount.Place}), whose locks SQLite cannot rely on: two sites may "
                + "write at a time, and what was acknowledged may not be on a disk.",
            $"Set {DataFolder.Variable} to a folder on a disk of this machine, or DATABASE_URL to a PostgreSQL database.");
}

/// <summary>Something that is wrong with where things are kept.</summary>
/// <param name="Title">What will become of it, in a few words.</param>
/// <param name="What">What is wrong, a sentence.</param>
/// <param name="Remedy">What to do about it, a sentence or two.</param>
internal sealed record StorageWarning(string Title, string What, string Remedy)
{
    /// <summary>All of it in a line.</summary>
    public string Sentence => $"{Title}. {What} {Remedy}";
}
