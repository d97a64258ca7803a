using System.Text.RegularExpressions;

namespace LoanRisk.Tests.Repository;

/// <summary>The fenced blocks of the repository's documents.</summary>
internal static partial class Markdown
{
    /// <summary>The blocks of a document in their order, by its path in the checkout.</summary>
    public static IReadOnlyList<(string Language, string Text)> Blocks(params string[] document) =>
        [
            .. Fence().Matches(File.ReadAllText(Path.Combine([SharedFolder.Checkout, .. document])))
                .Select(m => (m.Groups["language"].Value, m.Groups["text"].Value)),
        ];

    /// <summary>The README's example of a request, which asks a site at another address.</summary>
    public static string Curl(string site) =>
        Blocks("README.md").Single(b => b.Language == "bash" && b.Text.Contains("curl", StringComparison.Ordinal)).Text
            .Replace("http://localhost:5080", site, StringComparison.Ordinal);

    /// <summary>The same with a key, for a site in Production.</summary>
    public static string Curl(string site, string key) =>
        Curl(site).Replace("curl -s ", $"curl -s -H 'Authorization: Bearer {key}' ", StringComparison.Ordinal);

    [GeneratedRegex(
        @"^```(?<language>\w*)\n(?<text>.*?)^```",
        RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fence();
}
