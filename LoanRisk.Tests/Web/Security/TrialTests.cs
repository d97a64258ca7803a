using System.Diagnostics;

namespace LoanRisk.Tests.Web.Security;

[Slow]
public sealed class TrialTests
{
    [Fact]
    public async Task The_trial_of_forged_headers_gets_nowhere()
    {
        Assert.SkipUnless(
            File.Exists("/bin/bash") && File.Exists("/usr/bin/curl"), "bash and curl are needed to run deploy/trials/forged-headers.");
        using var products = new TemporaryFolder();
        var start = new ProcessStartInfo(
            "/bin/bash",
            [Path.Combine(SharedFolder.Checkout, "deploy", "trials", "forged-headers"), "15", "8"]) { RedirectStandardOutput = true,
            RedirectStandardError = true, UseShellExecute = false };
        start.Environment["LOANRISK_SITE"] = Path.Combine(AppContext.BaseDirectory, "LoanRisk.Web.dll");
        start.Environment["LOANRISK_PRODUCTS"] = TrainedProducts.WriteTo(products["products"]);

        using var trial = Process.Start(start)!;
        var error = trial.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await trial.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await trial.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(trial.ExitCode == 0, output + await error);
        Assert.EndsWith(" 0 got through\n", output, StringComparison.Ordinal);
    }
}
