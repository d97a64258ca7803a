namespace LoanRisk.Tests;

/// <summary>A folder of a test's own, gone when the test is.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string MemoryDisk = "/dev/shm";

    public TemporaryFolder()
        : this(Directory.CreateTempSubdirectory("loanrisk-test-").FullName)
    {
    }

    private TemporaryFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>
    /// On a disk in memory where the machine has one, for tests of a thousand durable writes that are not about durability.
    /// </summary>
    public static TemporaryFolder InMemory() => Directory.Exists(MemoryDisk)
        ? new(Directory.CreateDirectory(System.IO.Path.Combine(MemoryDisk, $"loanrisk-test-{Guid.NewGuid():N}")).FullName)
        : new();

    /// <summary>The path of a file or folder in it.</summary>
    public string this[params string[] parts] => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
