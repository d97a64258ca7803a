using System.Diagnostics;
using LoanRisk.Pipeline.Tracking;
using LoanRisk.Store.Trials;
using LoanRisk.Tests.Deploy;

namespace LoanRisk.Tests.Pipeline.Tracking;

/// <content>What becomes of the work when the server is away, slow, or lets nobody in.</content>
public sealed partial class MlflowVerbTests
{
    [Fact]
    public async Task A_server_that_is_away_is_told_of_once_and_the_model_is_there()
    {
        var away = MlflowTestServer.Named($"http://ann:secret@127.0.0.1:{Ports.Free()}");

        var tuned = await RunAsync(away, "tune", "peerloan", "--data", _loans, "--trials", "3", "--monotone", "none");

        Assert.Equal(0, tuned.ExitCode);
        var model = Assert.Single(Registry.List("peerloan"));
        var lines = tuned.Error.Split('\n').Where(line => line.Contains("MLflow", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lines.Count);
        Assert.Matches($"^Nothing is logged to MLflow at {away} for now, and the work goes on: it cannot be reached: .*refused.*",
            lines[0]);
        var search = TrialStore.Open(Data).Studies("peerloan")[0].Id;
        Assert.Equal($"Not logged to MLflow at {away}: search {search}, model {model.Id[..12]}.", lines[1]);
        Assert.DoesNotContain("secret", tuned.Output + tuned.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_takes_too_long_is_given_up_and_holds_nobody_up()
    {
        await using var server = await MlflowTestServer.StartAsync();
        server.Delay = TimeSpan.FromMinutes(1);
        await RunAsync(null, ["train", "peerloan", "--data", _loans, .. Quick]);
        var slow = MlflowServer.From(name => name == MlflowServer.Variable ? server.Address : null, TimeSpan.FromSeconds(0.2))!;
        var start = Stopwatch.GetTimestamp();

        var promoted = await RunAsync(
            slow, "models", "promote", Registry.List("peerloan")[0].Id[..12], "--force", "--reason", "a test");

        Assert.Equal(0, promoted.ExitCode);
        Assert.Contains("it did not answer within 0.2 seconds.", promoted.Error, StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.NotNull(Registry.Champion("peerloan"));
    }

    [Fact]
    public async Task Credentials_are_sent_as_MLflows_own_clients_do_and_wrong_ones_are_told_and_not_shown()
    {
        await using var server = await MlflowTestServer.StartAsync();
        await RunAsync(null, ["train", "peerloan", "--data", _loans, .. Quick]);
        var id = Registry.List("peerloan")[0].Id[..12];
        server.Authorization = "Bearer right-token";

        var wrong = await RunAsync(
            server.Server((MlflowServer.TokenVariable, "wrong-token")), "models", "challenge", id);
        Assert.Equal(0, wrong.ExitCode);
        Assert.Contains("it lets nobody in with these credentials (401): set MLFLOW_TRACKING_USERNAME", wrong.Error,
            StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-token", wrong.Error + wrong.Output, StringComparison.Ordinal);
        Assert.Empty(server.State.Models);

        await RunAsync(
            server.Server((MlflowServer.TokenVariable, "right-token")), "models", "promote", id, "--force", "--reason", "a test");
        Assert.NotNull(server.State.Models["peerloan"].ModelOf("champion"));

        server.Authorization = "Basic " + Convert.ToBase64String("ann:right"u8);
        await RunAsync(
            server.Server(
                (MlflowServer.UserVariable, "ann"), (MlflowServer.PasswordVariable, "right"), (MlflowServer.TokenVariable, "wrong-token")),
            "models", "retire", id); // refused here: it is the champion
        await RunAsync(
            server.Server((MlflowServer.UserVariable, "ann"), (MlflowServer.PasswordVariable, "right")),
            ["train", "peerloan", "--data", _loans, "--seed", "2", .. Quick]);
        Assert.Equal(2, server.State.Models["peerloan"].Versions.Count);
    }

    [Theory]
    [InlineData(true, "mlflow-artifacts:",
        "it answered 503 : Endpoint disabled due to the mlflow server running without `--serve-artifacts`.")]
    [InlineData(false, "s3://key@bucket/runs",
        "it keeps files at s3:..., where only its own clients can write: files are sent to a server")]
    [InlineData(false, "/var/mlruns", "it keeps files at a folder of its own, where only its own clients can write")]
    [InlineData(false, "mlflow-artifacts://elsewhere.example:5000", "it keeps files at mlflow-artifacts:..., where only its own clients")]
    public async Task A_server_that_takes_no_files_gets_the_figures(bool refuses, string root, string why)
    {
        await using var server = await MlflowTestServer.StartAsync();
        (server.RefusesFiles, server.State.ArtifactRoot) = (refuses, root);

        var trained = await RunAsync(server.Server(), ["train", "peerloan", "--data", _loans, .. Quick]);

        Assert.Contains("are not sent to MLflow at", trained.Error, StringComparison.Ordinal);
        Assert.Contains(why, trained.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("key@bucket", trained.Error, StringComparison.Ordinal);
        Assert.Empty(server.State.Files);
        Assert.Equal("FINISHED", Assert.Single(server.State.Runs.Values).Status);
        Assert.Single(server.State.Models["peerloan"].Versions);
    }
}
