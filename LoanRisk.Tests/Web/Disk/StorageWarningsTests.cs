using LoanRisk.Store;
using LoanRisk.Web.Disk;
using Microsoft.Extensions.Configuration;

namespace LoanRisk.Tests.Web.Disk;

/// <summary>What is said about the disk, by made-up mounts and environments of the platforms.</summary>
public sealed class StorageWarningsTests
{
    private const string Disk = "/dev/vda / ext4 rw 0 0\n";

    private const string Layer = "overlay / overlay rw 0 0\n";

    private const string Lost = "What is kept here will be lost";

    private const string Damaged = "What is kept here may be damaged";

    [Theory]
    [InlineData(Disk, "/var/lib/loanrisk", "")]
    [InlineData(Layer, "/var/lib/loanrisk", "")]
    [InlineData(Layer, "/data", "DYNO=web.1", Lost)]
    [InlineData(Layer + "/dev/vdb /app ext4 rw 0 0\n", "/app/data", "DYNO=web.1", Lost)]
    [InlineData(Layer, "/data", "RENDER=true", Lost)]
    [InlineData(Disk, "/data", "RENDER=true", Lost)]
    [InlineData(Layer + "/dev/vdb /data ext4 rw 0 0\n", "/data/loanrisk", "RENDER=true")]
    [InlineData(Layer + "/dev/vdb /data ext4 rw 0 0\n", "/database", "RENDER=true", Lost)]
    [InlineData(Layer + "tmpfs /data tmpfs rw 0 0\n", "/data", "RENDER=true", Lost)]
    [InlineData(Layer + "/dev/vdb /data ext4 rw 0 0\noverlay /data/x overlay rw 0 0\n", "/data/x", "FLY_APP_NAME=loans", Lost)]
    [InlineData(Disk + "/dev/vdc /data ext4 rw 0 0\n", "/data", "FLY_APP_NAME=loans")]
    [InlineData(Disk, "/data", "FLY_APP_NAME=loans", Lost)]
    [InlineData(Layer + "/dev/vdb /data ext4 rw 0 0\n", "/data", "RAILWAY_ENVIRONMENT=production", Lost)]
    [InlineData(Layer + "/dev/vdb /data ext4 rw 0 0\n", "/data", "RAILWAY_ENVIRONMENT=production RAILWAY_VOLUME_MOUNT_PATH=/data")]
    [InlineData(Layer, "/app/data", "RAILWAY_ENVIRONMENT_NAME=production RAILWAY_VOLUME_MOUNT_PATH=/data", Lost)]
    [InlineData(Layer, "/data", "DOTNET_RUNNING_IN_CONTAINER=true", Lost)]
    [InlineData(Layer + "/dev/vdb /data xfs rw 0 0\n", "/data", "DOTNET_RUNNING_IN_CONTAINER=true")]
    [InlineData(Layer + "//x.file.core.windows.net/y /home cifs rw 0 0\n", "/home/data", "WEBSITE_INSTANCE_ID=1", Damaged)]
    [InlineData(Layer, "/data", "WEBSITE_INSTANCE_ID=1", Lost)]
    [InlineData(Disk + "server:/x /mnt/My\\040data nfs4 rw 0 0\n", "/mnt/My data/loanrisk", "", Damaged)]
    [InlineData(Disk + "x /mnt/s fuse.sshfs rw 0 0\n", "/mnt/s", "", Damaged)]
    [InlineData(Disk + "C: /mnt/c 9p rw 0 0\n", "/mnt/c/loanrisk", "", Damaged)]
    [InlineData(Disk + "/dev/sdb1 /mnt/u fuseblk rw 0 0\n", "/mnt/u", "")]
    [InlineData(Disk + "server:/x /mnt nfs rw 0 0\n/dev/sdb1 /mnt xfs rw 0 0\n", "/mnt/data", "")]
    [InlineData("", "/data", "")]
    public void The_platform_and_the_mounts_tell_what_will_become_of_the_data(
        string mounts, string folder, string environment, params string[] warnings)
    {
        var found = StorageWarnings.Of(new DataFolder(folder, "test"), Host(environment), MountTable.Parse(mounts));

        Assert.Equal(warnings, found.All.Select(warning => warning.Title));
        Assert.All(found.All, warning => Assert.Contains($"{folder} is on ", warning.What, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("DYNO=web.1", "heroku addons:create heroku-postgresql")]
    [InlineData("RENDER=true", "add a disk and set LOANRISK_DATA to its mount path")]
    [InlineData("FLY_APP_NAME=loans", "[mounts] to fly.toml")]
    [InlineData("RAILWAY_ENVIRONMENT=production", "add a volume and set LOANRISK_DATA to its mount path")]
    [InlineData("RAILWAY_ENVIRONMENT=production RAILWAY_VOLUME_MOUNT_PATH=/vol", "The volume is at /vol: set LOANRISK_DATA to it.")]
    [InlineData("WEBSITE_INSTANCE_ID=1", "Azure Database for PostgreSQL")]
    [InlineData("DOTNET_RUNNING_IN_CONTAINER=true", "add a volume")]
    public void The_warning_says_what_to_do_there(string environment, string remedy)
    {
        var warning = Assert.Single(
            StorageWarnings.Of(new DataFolder("/data", "test"), Host(environment), MountTable.Parse(Layer)).All);

        Assert.Contains(remedy, warning.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_server_keeps_everything_elsewhere()
    {
        var folder = new DataFolder("/data", "test") { Server = PostgresServer.At("postgres://loans@127.0.0.1/loans", "test") };

        Assert.Empty(StorageWarnings.Of(folder, Host("DYNO=web.1"), MountTable.Parse(Layer)).All);
    }

    [Fact]
    public void A_link_is_followed_to_where_it_leads()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["real", "data"]);
        Directory.CreateSymbolicLink(folder["link"], folder["real"]);

        Assert.Equal(MountTable.Follow(folder["real", "data"]), MountTable.Follow(folder["link", "data"]));
        Assert.EndsWith("/real/data/new", MountTable.Follow(folder["link", "data"] + "/new"), StringComparison.Ordinal);
    }

    [Fact]
    public void This_machine_tells_its_mounts()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has /proc/mounts.");

        var mounts = MountTable.Read();

        Assert.Equal("proc", mounts.Of("/proc/self")!.FileSystem);
        Assert.NotNull(mounts.Of("/no-such-folder"));
    }

    private static HostedDisk? Host(string environment) => HostedDisk.Of(new ConfigurationBuilder().AddInMemoryCollection(
        environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
            .Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1]))).Build());
}
