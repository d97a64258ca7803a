using System.Text.Json;

namespace LoanRisk.Tests.Web.Assets;

public sealed class LibManTests
{
    private static readonly string Assets = Path.Combine(SharedFolder.Checkout, "wwwroot-assets");

    [Fact]
    public void Libman_json_names_exactly_the_library_files_that_are_committed()
    {
        var named = Libraries().SelectMany(library => library.Files.Select(file => Path.Combine(library.Destination, file)));
        var committed = Directory.EnumerateFiles(Path.Combine(Assets, "wwwroot", "lib"), "*", SearchOption.AllDirectories);
        Assert.Equal(
            named.Select(Path.GetFullPath).Order(StringComparer.Ordinal), committed.Select(Path.GetFullPath).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_committed_bootstrap_is_the_version_that_libman_json_names()
    {
        var bootstrap = Libraries().Single(library => library.Name.StartsWith("bootstrap@", StringComparison.Ordinal));
        var head = File.ReadLines(Path.Combine(bootstrap.Destination, "dist", "css", "bootstrap.min.css")).Skip(1).First();
        Assert.Contains($"v{bootstrap.Name.Split('@')[1]} ", head);
    }

    [Fact]
    public void Nothing_comes_from_another_host()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Assets, "wwwroot"), "*.*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".css" or ".js"))
        {
            var text = File.ReadAllText(file);
            Assert.DoesNotContain("url(http", text);
            Assert.DoesNotContain("@import", text);
        }
    }

    private static IEnumerable<(string Name, string Destination, IReadOnlyList<string> Files)> Libraries()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Assets, "libman.json")));
        Assert.Equal("jsdelivr", json.RootElement.GetProperty("defaultProvider").GetString());
        foreach (var library in json.RootElement.GetProperty("libraries").EnumerateArray())
        {
            yield return (
                library.GetProperty("library").GetString()!,
                Path.Combine(Assets, library.GetProperty("destination").GetString()!),
                [.. library.GetProperty("files").EnumerateArray().Select(f => f.GetString()!)]);
        }
    }
}
