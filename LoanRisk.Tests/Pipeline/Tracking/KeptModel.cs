using System.Text.Json.Nodes;

namespace LoanRisk.Tests.Pipeline.Tracking;

/// <summary>A registered model as the server keeps it.</summary>
internal sealed class KeptModel
{
    public Dictionary<string, string> Aliases { get; } = [];

    public List<JsonObject> Versions { get; } = [];

    /// <summary>The package that an alias names; null when it names none.</summary>
    public string? ModelOf(string alias) => Aliases.TryGetValue(alias, out var version)
        ? Versions[int.Parse(version) - 1]["tags"]!.AsArray().Single(t => $"{t!["key"]}" == "loanrisk.model_id")!["value"]!.ToString()
        : null;
}
