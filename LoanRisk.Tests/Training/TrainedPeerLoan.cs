using LoanRisk.Lending.Models;
using LoanRisk.Store.Packages;

[assembly: AssemblyFixture(typeof(LoanRisk.Tests.Training.TrainedPeerLoan))]

namespace LoanRisk.Tests.Training;

/// <summary>A small model, trained once by the console for all tests that need one.</summary>
public sealed class TrainedPeerLoan : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public string DataFile => _folder["loans.csv"];

    public string ModelFolder => _folder["model"];

    internal TestConsole Console { get; private set; } = null!;

    public ModelPackage Package { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        MadeUpLoans.Write(DataFile, seed: 1, rows: 4_000);
        Console = await TestConsole.RunAsync(Arguments(DataFile, ModelFolder));
        Assert.True(Console.ExitCode == 0, Console.Error);
        Package = PackageFolder.Read(ModelFolder, PeerLoan.Product);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A quick training run.</summary>
    public static string[] Arguments(string data, string folder, params string[] more) =>
        ["train", "peerloan", "--data", data, "--out", folder, "--seed", "7", "--param", "num_iterations=40", "--param", "min_data_in_leaf=40", .. more];
}
