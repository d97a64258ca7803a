using System.Diagnostics;

namespace LoanRisk.Tests.Repository;

/// <summary>What a publish of the site holds.</summary>
[Slow]
public sealed class PublishTests
{
    private static string Configuration => AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";

    [Fact]
    public async Task The_site_carries_LightGBMs_native_library_only_when_asked()
    {
        var (plain, training) = (await FilesAsync(), await FilesAsync("-p:TrainWithMLNet=true"));

        Assert.Contains("Microsoft.ML.LightGbm.dll", plain, StringComparison.Ordinal);
        Assert.Contains("e_sqlite3", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("lib_lightgbm", plain, StringComparison.Ordinal);
        Assert.DoesNotContain(".dbg", plain, StringComparison.Ordinal);
        Assert.Contains("lib_lightgbm", training, StringComparison.Ordinal);
    }

    private static async Task<string> FilesAsync(params string[] properties)
    {
        var project = Path.Combine(SharedFolder.Checkout, "LoanRisk.Web", "LoanRisk.Web.csproj");
        string[] arguments =
        [
            "msbuild", project, "-nologo", "-nodeReuse:false", "-t:ComputeResolvedFilesToPublishList", "-getItem:ResolvedFileToPublish",
            "-p:NoBuild=true", $"-p:Configuration={Configuration}",
            .. properties,
        ];
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
        return output;
    }
}
