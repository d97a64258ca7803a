using System.Text.Json.Nodes;

namespace LoanRisk.Tests.Deploy;

/// <summary>deploy/compose.yaml, with the variables that it asks for.</summary>
internal sealed class Compose
{
    /// <summary>The file.</summary>
    public const string Path = "deploy/compose.yaml";

    private readonly JsonObject _services;

    /// <param name="variables">What stands in the environment of <c>docker compose</c>.</param>
    public Compose(IReadOnlyDictionary<string, string> variables)
    {
        Whole = StructuredText.Yaml(Substituted(File.ReadAllText(StructuredText.PathOf(Path)), variables)).AsObject();
        _services = Whole["services"]!.AsObject();
    }

    /// <summary>All of it.</summary>
    public JsonObject Whole { get; }

    /// <summary>The services that run an image of this repository.</summary>
    public IReadOnlyList<string> Own =>
        [.. _services.Where(s => ((string)s.Value!["image"]!).StartsWith("loanrisk:", StringComparison.Ordinal)).Select(s => s.Key)];

    /// <summary>A service.</summary>
    public JsonObject this[string service] => _services[service]!.AsObject();

    /// <summary>What a service runs.</summary>
    public string[] Command(string service) => [.. this[service]["command"]!.AsArray().Select(word => (string)word!)];

    /// <summary>The environment that the file gives a service.</summary>
    public IReadOnlyList<(string Name, string Value)> Environment(string service) =>
        [.. this[service]["environment"]!.AsObject().Select(e => (e.Key, e.Value!.ToString()))];

    // ${NAME:-default} and ${NAME:?what is wanted}
    private static string Substituted(string text, IReadOnlyDictionary<string, string> variables)
    {
        var result = text;
        foreach (var match in Reports.Pattern.All(text, @"\$\{(\w+):([-?])([^}]*)\}"))
        {
            var (name, needed) = (match.Groups[1].Value, match.Groups[2].Value == "?");
            var value = variables.TryGetValue(name, out var set) ? set
                : needed ? throw new InvalidOperationException($"{name}: {match.Groups[3].Value}")
                : match.Groups[3].Value;
            result = result.Replace(match.Value, value, StringComparison.Ordinal);
        }

        return result;
    }
}
