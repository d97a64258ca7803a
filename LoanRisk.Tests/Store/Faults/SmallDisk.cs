using System.Diagnostics;

namespace LoanRisk.Tests.Store.Faults;

/// <summary>
/// A real file system of a few megabytes in memory that a test can fill. Only root may mount one: elsewhere the test is skipped, in CI it
/// fails.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <summary>Mounts it.</summary>
    public static SmallDisk Mount(int megabytes)
    {
        var path = Directory.CreateTempSubdirectory("loanrisk-disk-").FullName;
        if (!OperatingSystem.IsLinux() || !AsRoot("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=0777", "tmpfs", path))
        {
            Directory.Delete(path);
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "Only root on Linux can mount a small disk to fill.");
            Assert.Fail("CI must be able to mount a tmpfs (as root, or by sudo).");
        }

        return new SmallDisk(path);
    }

    /// <summary>Leaves no room at all.</summary>
    public void Fill()
    {
        using var file = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in (int[])[1 << 16, 1 << 12, 1])
        {
            while (TryWrite(file, size))
            {
                // Smaller and smaller pieces until nothing fits.
            }
        }
    }

    /// <summary>Makes room again.</summary>
    public void Free() => File.Delete(Ballast);

    /// <summary>Nobody may write to it any more, not even root.</summary>
    public void MakeReadOnly() => Assert.True(AsRoot("mount", "-o", "remount,ro", Path));

    /// <summary>Takes that back.</summary>
    public void MakeWritable() => Assert.True(AsRoot("mount", "-o", "remount,rw", Path));

    public void Dispose()
    {
        AsRoot("umount", "-l", Path);
        Directory.Delete(Path);
    }

    private static bool TryWrite(FileStream file, int bytes)
    {
        try
        {
            file.Write(new byte[bytes]);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool AsRoot(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess ? Runs(program, arguments) : Runs("sudo", ["-n", program, .. arguments]);

    private static bool Runs(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments)
                {
                    RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false,
                })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // there is no such program
        }
    }
}
