using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;

namespace LoanRisk.Tests.Reports;

/// <summary>A report of the small trained model, made by the console when the first test of a class asks for it.</summary>
public sealed class ReportedPeerLoan(TrainedPeerLoan trained) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private Task<TestConsole>? _run;

    public string Html => File.ReadAllText(PathOf("html"));

    public byte[] Pdf => File.ReadAllBytes(PathOf("pdf"));

    internal TestConsole Console => Run().GetAwaiter().GetResult();

    internal string PathOf(string kind)
    {
        Assert.Equal("", Console.ExitCode == 0 ? "" : Console.Error);
        return Path.Combine(_folder.Path, "out", $"peerloan-{trained.Package.Id[..12]}.{kind}");
    }

    public void Dispose() => _folder.Dispose();

    private Task<TestConsole> Run()
    {
        lock (_folder)
        {
            Directory.CreateDirectory(_folder["data"]);
            return _run ??= Task.Run(
                () => TestConsole.RunInAsync(
                    _folder["data"],
                    "report",
                    "peerloan",
                    "--model",
                    trained.ModelFolder,
                    "--data",
                    trained.DataFile,
                    "--out",
                    _folder["out"]));
        }
    }
}
