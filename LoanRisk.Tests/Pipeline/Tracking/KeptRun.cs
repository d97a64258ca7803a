using System.Text.Json.Nodes;

namespace LoanRisk.Tests.Pipeline.Tracking;

/// <summary>A run as the server keeps it.</summary>
internal sealed class KeptRun(string id, string experiment, JsonObject request, string artifacts)
{
    public string Id { get; } = id;

    public string Experiment { get; } = experiment;

    public string Name { get; } = $"{request["run_name"]}";

    public long Start { get; } = request["start_time"]!.GetValue<long>();

    public string Artifacts { get; } = artifacts;

    public string Status { get; set; } = "RUNNING";

    public long End { get; set; }

    public Dictionary<string, string> Parameters { get; } = [];

    public Dictionary<string, string> Tags { get; } = [];

    public List<(string Key, double Value, long Step)> Metrics { get; } = [];

    public double Metric(string key) => Metrics.Single(m => m.Key == key).Value;

    public JsonObject ToJson() => new()
    {
        ["info"] = new JsonObject
        {
            ["run_id"] = Id, ["experiment_id"] = Experiment, ["run_name"] = Name, ["status"] = Status, ["start_time"] = Start,
            ["artifact_uri"] = Artifacts, ["lifecycle_stage"] = "active",
        },
        ["data"] = new JsonObject
        {
            ["tags"] = new JsonArray([.. Tags.Select(t => new JsonObject { ["key"] = t.Key, ["value"] = t.Value })]),
        },
    };
}
