using System.Diagnostics;

namespace LoanRisk.Tests.Repository;

/// <summary>What a newcomer is told who builds and tests a bare checkout.</summary>
[Slow]
public sealed class FirstContactTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_build_says_what_takes_long_however_quiet_and_later_ones_do_not()
    {
        File.Copy(Path.Combine(SharedFolder.Checkout, "FirstBuild.targets"), _folder["FirstBuild.targets"]);
        await File.WriteAllTextAsync(
            _folder["any.proj"],
            """<Project><Target Name="Restore" /><Import Project="FirstBuild.targets" /></Project>""",
            TestContext.Current.CancellationToken);
        string[] build = ["msbuild", _folder["any.proj"], "-t:Restore", "-v:quiet", "-nologo"];

        Assert.Contains("The first build fetches the packages", await RunAsync(build));

        Directory.CreateDirectory(_folder["LoanRisk.Trees", "obj"]);
        await File.WriteAllTextAsync(_folder["LoanRisk.Trees", "obj", "project.assets.json"], "{}", TestContext.Current.CancellationToken);
        Assert.Equal("", await RunAsync(build));
    }

    [Fact]
    public async Task The_tests_tell_in_their_usual_output_why_some_were_skipped()
    {
        var output = await RunAsync(
            "vstest",
            typeof(FirstContactTests).Assembly.Location,
            "--TestCaseFilter:FullyQualifiedName~A_kernel_this_machine_cannot_run_is_an_error"
            + "|FullyQualifiedName~The_class_that_scores_fits_the_model");

        // Of the two one is always true.
        Assert.Matches(@"\d+ tests? (was|were) skipped: This machine (runs every kernel|has no AVX2)\.", output);
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var (output, error) =
            (
                process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
                process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await output + await error;
    }
}
