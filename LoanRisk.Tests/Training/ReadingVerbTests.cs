using System.Security.Cryptography;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Training;

/// <summary>What only reads writes nothing into the data folder, though the product's champion is not registered in it yet.</summary>
[Slow]
public sealed class ReadingVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ReadingVerbTests() => SyntheticLoans.Write(_folder["loans.csv"], seed: 3, rows: 1_500);

    private static string Shipped => ProductFolder.ReadChampion(PeerLoan.ProductsFolder, PeerLoan.Product)!.Id;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("models", "list")]
    [InlineData("models", "list", "--product", "peerloan")]
    [InlineData("models", "show", "SHIPPED", "--card")]
    [InlineData("models", "export", "SHIPPED", "--out", "OUT")]
    [InlineData("score", "peerloan", "--in", "LOANS", "--out", "OUT")]
    [InlineData("score", "peerloan", "--in", "LOANS", "--out", "OUT", "--model", "SHIPPED")]
    [InlineData("report", "peerloan", "--data", "LOANS", "--out", "OUT")]
    [InlineData("profile", "peerloan", "--data", "LOANS", "--out", "OUT")]
    [InlineData("generate", "peerloan", "--rows", "20", "--out", "OUT")]
    public async Task A_verb_that_reads_uses_the_shipped_model_and_registers_nothing(params string[] arguments)
    {
        var run = await TestConsole.RunInAsync(_folder["data"], [.. arguments.Select(Filled)]);

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        AssertEmpty();
    }

    [Fact]
    public async Task The_shipped_model_is_listed_and_shown_as_the_champion_that_is_not_registered_yet()
    {
        var listed = await TestConsole.RunInAsync(_folder["data"], "models", "list", "--product", "peerloan");
        var shown = await TestConsole.RunInAsync(_folder["data"], "models", "show", Shipped[..12]);

        Assert.Matches($@"{Shipped[..12]}\s+│\s+peerloan\s+│\s+champion\s+│\s+trees\s+│\s+shipped", listed.Output);
        Assert.Contains($"Model {Shipped}", shown.Output, StringComparison.Ordinal);
        Assert.Contains("Not registered yet: it stands in the product's folder", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comparison_with_the_shipped_champion_adds_nothing()
    {
        Assert.Equal(0, (await TestConsole.RunInAsync(
            _folder["other"], "train", "peerloan", "--data", _folder["loans.csv"], "--param", "num_iterations=5", "--monotone", "none",
            "--out", _folder["model"])).ExitCode);
        var registry = Registry("data");
        var package = PackageFolder.Read(_folder["model"], PeerLoan.Product);
        registry.Register(package, ModelSource.Trained, new AuditEntry("ann", TestConsole.Now));

        var run = await TestConsole.RunInAsync(
            _folder["data"], "models", "compare", package.Id[..12], "champion", "--data", _folder["loans.csv"]);

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains($"{Shipped[..12]} (champion)", run.Output, StringComparison.Ordinal);
        Assert.Equal([package.Id], registry.List().Select(model => model.Id));
        Assert.Single(registry.History());
    }

    [Fact]
    public async Task A_report_without_a_registered_champion_is_that_of_a_registered_one()
    {
        string[] report = ["report", "peerloan", "--data", _folder["loans.csv"], "--out"];
        ShippedModels.RegisterShipped(Registry("registered"), PeerLoan.ProductsFolder, PeerLoan.Product, TestConsole.Now);

        Assert.Equal(0, (await TestConsole.RunInAsync(_folder["registered"], [.. report, _folder["a"]])).ExitCode);
        Assert.Equal(0, (await TestConsole.RunInAsync(_folder["data"], [.. report, _folder["b"]])).ExitCode);

        Assert.Equal(Hash("a", ".html"), Hash("b", ".html"));
        Assert.Equal(Hash("a", ".pdf"), Hash("b", ".pdf"));
    }

    private string Filled(string argument) => argument switch
    {
        "SHIPPED" => Shipped[..12],
        "LOANS" => _folder["loans.csv"],
        "OUT" => _folder["out"],
        _ => argument,
    };

    private void AssertEmpty()
    {
        var registry = Registry("data");
        Assert.Empty(registry.List());
        Assert.Empty(registry.History());
        Assert.Null(registry.Policy("peerloan"));
    }

    private ModelRegistry Registry(string folder) =>
        ModelRegistry.Open(new DataFolder(Directory.CreateDirectory(_folder[folder]).FullName, "test"));

    private string Hash(string folder, string ending) =>
        Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(_folder[folder, $"peerloan-{Shipped[..12]}{ending}"])));
}
