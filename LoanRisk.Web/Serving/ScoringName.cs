using System.Diagnostics.CodeAnalysis;
using LoanRisk.Lending.Decisions;

namespace LoanRisk.Web.Serving;

/// <summary>The name of a way to score: <c>both</c>, <c>engine</c> or <c>mlnet</c>.</summary>
internal sealed record ScoringName(ScoringMode Mode) : IParsable<ScoringName>
{
    public static ScoringName Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var name) ? name : throw new FormatException($"'{s}' is no way to score.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out ScoringName result)
    {
        result = Enum.GetValues<ScoringMode>()
            .Where(mode => mode.ToString().Equals(s, StringComparison.OrdinalIgnoreCase))
            .Select(mode => new ScoringName(mode))
            .FirstOrDefault();
        return result is not null;
    }
}
