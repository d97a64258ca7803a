using System.Diagnostics;
using LoanRisk.Lending.Models;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Store.Faults;

/// <summary>A disk that fails while a package takes another's place: the console under the shim of <c>deploy/trials</c>.</summary>
[Slow]
public sealed class PackageFolderFaultTests : IDisposable
{
    private const int DiskFull = 28;
    private const int FailedDisk = 5;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whichever_write_fsync_or_rename_fails_a_whole_package_stands_and_the_next_run_takes_its_place()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The shim is Linux's.");
        Assert.SkipUnless(await RunAsync("gcc", "--version") is { ExitCode: 0 }, "gcc is not installed; it builds the shim.");
        var shim = _folder["faults.so"];
        var built = await RunAsync(
            "gcc", "-shared", "-fPIC", "-O2", "-o", shim, Path.Combine(SharedFolder.Checkout, "deploy", "trials", "faults.c"), "-ldl");
        Assert.True(built.ExitCode == 0, built.Output);
        File.WriteAllLines(_folder["loans.csv"], SyntheticLoans.Lines(1, 1_500));
        var first = await TrainAsync(null, seed: 1);
        Assert.True(first.ExitCode == 0, first.Output);
        var before = Read().Id;

        (string Rule, bool IsHit)[] faults =
        [
            ($"write {PackageFiles.Model} 1 0 {DiskFull}", true),
            ($"write {PackageFiles.MLNet} 1 0 {DiskFull}", true),
            ($"fsync {PackageFiles.Manifest} 1 1 {FailedDisk}", true),
            ($"rename champion.previous 1 1 {FailedDisk}", true),
            ($"rename champion 2 1 {FailedDisk}", true),
            ($"rename champion 4 1 {FailedDisk}", false), // two renames are all there are
        ];
        foreach (var (rule, isHit) in faults)
        {
            File.WriteAllText(_folder["rules.txt"], rule + "\n");
            var run = await TrainAsync(shim, seed: 2);

            Assert.Equal((rule, isHit ? 1 : 0), (rule, run.ExitCode));
            Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
            Assert.Equal((rule, !isHit), (rule, Read().Id != before));
            Assert.Equal(["champion"], Directory.EnumerateFileSystemEntries(_folder["models"]).Select(Path.GetFileName));
        }
    }

    private ModelPackage Read() => PackageFolder.Read(_folder["models", "champion"], PeerLoan.Product);

    private Task<(int ExitCode, string Output)> TrainAsync(string? shim, int seed) => RunAsync(
        "dotnet",
        shim,
        [
            Path.Combine(AppContext.BaseDirectory, "LoanRisk.Training.dll"), "train", "peerloan", "--data", _folder["loans.csv"],
            "--seed", $"{seed}", "--monotone", "none", "--param", "num_iterations=2", "--out", _folder["models", "champion"],
        ]);

    private Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments) => RunAsync(program, null, arguments);

    private async Task<(int ExitCode, string Output)> RunAsync(string program, string? shim, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["LOANRISK_DATA"] = _folder["data"];
        if (shim is not null)
        {
            start.Environment["LD_PRELOAD"] = shim;
            start.Environment["LOANRISK_FAULTS"] = _folder["rules.txt"];
        }

        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, output + await error);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }
}
