using System.Text.Json;

namespace LoanRisk.Pipeline.Models;

/// <summary>Two recorded policies side by side.</summary>
public static class PolicyDifference
{
    private const string VersionMember = "version";

    /// <summary>
    /// The members that differ, a line each, as a product file spells them: <c>approveBelow 0.02 to 0.92</c>. The version, which always
    /// differs, is left out.
    /// </summary>
    /// <param name="before">The policy before, as JSON; null shows all of the policy.</param>
    /// <param name="after">The policy, as JSON.</param>
    public static IReadOnlyList<string> Of(string? before, string after)
    {
        var (old, now) = (Members(before ?? "{}"), Members(after));
        return [.. now.Keys.Union(old.Keys).Where(name => name != VersionMember)
            .Select(name => (name, Old: old.GetValueOrDefault(name), Now: now.GetValueOrDefault(name)))
            .Where(member => member.Old != member.Now)
            .Select(
                member =>
                    before is null
                        ? $"{member.name} {member.Now}"
                        : $"{member.name} {member.Old ?? "not given"} to {member.Now ?? "not given"}")];
    }

    private static Dictionary<string, string> Members(string json)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(json);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            Add(members, member.Name, member.Value);
        }

        return members;
    }

    private static string RuleText(JsonElement rule) =>
        $"{rule.GetProperty("feature")} {rule.GetProperty("when")} "
        + $"{(rule.TryGetProperty("value", out var value) ? value : rule.GetProperty("levels"))}: {rule.GetProperty("reason")}";

    // A rule by its id, whatever its place: adding one is one line.
    private static void Add(Dictionary<string, string> members, string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var rule in value.EnumerateArray())
            {
                members[$"{name} {rule.GetProperty("id").GetString()}"] = RuleText(rule);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                members[$"{name}.{member.Name}"] = member.Value.GetRawText();
            }
        }
        else
        {
            members[name] = value.GetRawText();
        }
    }
}
