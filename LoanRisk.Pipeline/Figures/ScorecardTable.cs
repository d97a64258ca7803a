using LoanRisk.Lending.Scorecards;

namespace LoanRisk.Pipeline.Figures;

/// <summary>
/// The points table of a scorecard: base points, and points for each attribute; the sum is the score, the higher the safer.
/// </summary>
/// <param name="Scale">Points at the base odds, and points that double them.</param>
/// <param name="BasePoints">Points every applicant starts with.</param>
/// <param name="Features">The features that count.</param>
/// <param name="LeftOut">Features that do not, and why.</param>
public sealed record ScorecardTable(
    PointScale Scale, double BasePoints, IReadOnlyList<ScorecardTableFeature> Features, IReadOnlyList<LeftOutFeature> LeftOut)
{
    /// <summary>The table of a scorecard.</summary>
    public static ScorecardTable Of(Scorecard card) => new(
        card.Scale,
        card.BasePoints,
        [.. card.Features.Select(f => new ScorecardTableFeature(f.Name, f.Label, f.Coefficient, f.InformationValue, f.Attributes))],
        card.LeftOut);
}

/// <summary>A feature of the table; see <see cref="ScorecardFeature"/>.</summary>
public sealed record ScorecardTableFeature(
    string Name, string Label, double Coefficient, double InformationValue, IReadOnlyList<ScorecardAttribute> Attributes);
