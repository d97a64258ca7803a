using System.Text.Json.Nodes;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Tracking;

namespace LoanRisk.Tests.Pipeline.Tracking;

public sealed class LoggedValuesTests
{
    [Theory]
    [InlineData("num_leaves", "num_leaves")]
    [InlineData("Größe: 5 %", "Gr__e_ 5 _")]
    [InlineData("../../etc", "_/_/etc")]
    [InlineData("/a//b/", "a/b")]
    [InlineData("", "_")]
    public void A_key_is_one_that_MLflow_takes(string name, string key) => Assert.Equal(key, LoggedValues.Key(name));

    [Fact]
    public void What_is_too_much_or_too_long_goes_in_several_batches_that_a_strict_server_takes()
    {
        var state = new MlflowState();
        var experiment = $"{state.Answer("POST experiments/create", new() { ["name"] = "e" })["experiment_id"]}";
        var run = $"{state.Answer(
            "POST runs/create", new() { ["experiment_id"] = experiment, ["start_time"] = 1L })["run"]!["info"]!["run_id"]}";
        var values = new LoggedValues().Metric("none", null).Metric("no.number", double.NaN).Parameter("empty", "");
        for (var i = 0; i < 2_500; i++)
        {
            values.Metric($"m{i}", i);
        }

        for (var i = 0; i < 250; i++)
        {
            values.Parameter($"p{i}" + new string('k', 300), new string('é', 10_000)).Tag($"t{i}", "😀" + new string('x', 248) + "😀");
        }

        foreach (var batch in values.Batches(run, DateTimeOffset.UnixEpoch))
        {
            state.Answer("POST runs/log-batch", JsonNode.Parse(batch.ToJsonString())!.AsObject());
        }

        var kept = state.Runs[run];
        Assert.Equal((2_500, 250, 250), (kept.Metrics.Count, kept.Parameters.Count, kept.Tags.Count));
        Assert.All(kept.Tags.Values, v => Assert.True(v.IsNormalized() && v.EndsWith("...", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("ftp://there")]
    [InlineData("there:5000")]
    [InlineData("http://there?x=1")]
    public void An_address_that_is_none_is_refused_without_showing_it(string named)
    {
        var error = Assert.Throws<InvalidOptionException>(
            () => MlflowServer.From(name => name == MlflowServer.Variable ? named : null));

        Assert.DoesNotContain("there", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://h/mlflow/", "http://h/mlflow")]
    [InlineData("https://u:p%40@h:5000", "https://h:5000")]
    public void A_server_is_named_without_its_password(string named, string shown) =>
        Assert.Equal(shown, MlflowTestServer.Named(named).ToString());
}
