using LoanRisk.Lending.Models;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Training;

[assembly: AssemblyFixture(typeof(LoanRisk.Tests.Loans.TrainedPeerLoan))]

namespace LoanRisk.Tests.Loans;

/// <summary>A small model, trained by the console when the first test asks for it, and once for all.</summary>
public sealed class TrainedPeerLoan : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<Task<Training>> _training;

    public TrainedPeerLoan() => _training = new(() => Task.Run(TrainAsync));

    public string DataFile => Trained.DataFile;

    public string ModelFolder => Trained.ModelFolder;

    public ModelPackage Package => Trained.Package;

    internal TestConsole Console => Trained.Console;

    private Training Trained => _training.Value.GetAwaiter().GetResult();

    public void Dispose() => _folder.Dispose();

    /// <summary>A quick training run.</summary>
    internal static string[] Arguments(string data, string folder) =>
        [
            "train",
            "peerloan",
            "--data",
            data,
            "--out",
            folder,
            "--seed",
            "7",
            "--param",
            "num_iterations=40",
            "--param",
            "min_data_in_leaf=40",
        ];

    private async Task<Training> TrainAsync()
    {
        var data = SyntheticLoans.Write(_folder["loans.csv"], seed: 1, rows: 4_000);
        var console = await TestConsole.RunAsync(Arguments(data, _folder["model"]));
        return console.ExitCode == 0
            ? new Training(data, _folder["model"], console, PackageFolder.Read(_folder["model"], PeerLoan.Product))
            : throw new InvalidOperationException(console.Error);
    }

    private sealed record Training(string DataFile, string ModelFolder, TestConsole Console, ModelPackage Package);
}
