using System.Text.Json;

namespace LoanRisk.Tests.Deploy;

/// <summary>The instructions of deploy/Dockerfile.</summary>
internal static class Dockerfile
{
    /// <summary>The file.</summary>
    public const string Path = "deploy/Dockerfile";

    /// <summary>Instruction and arguments, in their order; lines that are continued are one.</summary>
    public static IReadOnlyList<(string Instruction, string Arguments)> Instructions { get; } =
        [
            .. File.ReadAllText(StructuredText.PathOf(Path)).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
                .Where(line => line.Length > 0 && line[0] != '#')
                .Select(line => line.Split(' ', 2))
                .Select(parts => (parts[0], parts[1].Trim())),
        ];

    /// <summary>What the image runs unless it is told otherwise.</summary>
    public static string[] Cmd => JsonSerializer.Deserialize<string[]>(Last("CMD"))!;

    /// <summary>What tells whether it is healthy.</summary>
    public static string[] HealthCheck =>
        JsonSerializer.Deserialize<string[]>(Last("HEALTHCHECK")[(Last("HEALTHCHECK").IndexOf("CMD ", StringComparison.Ordinal) + 4)..])!;

    /// <summary>The environment that the image sets.</summary>
    public static IReadOnlyDictionary<string, string> Environment =>
        Last("ENV").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <summary>The arguments of the last instruction of that name.</summary>
    public static string Last(string instruction) => Instructions.Last(i => i.Instruction == instruction).Arguments;
}
