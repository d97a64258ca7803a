using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Drift;

/// <summary>One feature in both samples.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Label">What a person reads.</param>
/// <param name="Kind">Numeric, binary, ordinal or nominal: which chose the tests.</param>
/// <param name="Alarm">One of its tests alarms.</param>
/// <param name="Stability">Population stability index; null where a sample has no values.</param>
/// <param name="Reference">What the reference holds.</param>
/// <param name="Current">What the current sample holds.</param>
/// <param name="Findings">The tests that ran; none where there is nothing to test.</param>
/// <param name="Bins">Shares of both samples, of the given values: ranges of a number, or levels.</param>
/// <param name="GapError">
/// How much more than its statistic the Kolmogorov-Smirnov gap may be, where the numbers were counted and not kept; 0 where it is exact.
/// </param>
public sealed record FeatureDrift(
    string Name,
    string Label,
    FeatureKind Kind,
    bool Alarm,
    double? Stability,
    FeatureFigures Reference,
    FeatureFigures Current,
    IReadOnlyList<DriftFinding> Findings,
    IReadOnlyList<DriftBin> Bins,
    double GapError)
{
    /// <summary>The largest effect as a share of its threshold; 0 without tests.</summary>
    public double Size => Findings.Count == 0 ? 0 : Findings.Max(f => f.Size);
}

/// <summary>A feature in one sample.</summary>
/// <param name="Rows">Rows of the sample.</param>
/// <param name="MissingShare">Share of rows without a value.</param>
/// <param name="UnseenShare">Share of the given values that training has not seen.</param>
/// <param name="Mean">Mean of a number; null for levels and without numbers.</param>
/// <param name="StandardDeviation">Its standard deviation; null for levels and fewer than two numbers.</param>
public sealed record FeatureFigures(long Rows, double MissingShare, double UnseenShare, double? Mean, double? StandardDeviation);

/// <summary>A bin of both samples.</summary>
/// <param name="Level">The level; empty for those that are not listed, null for a range of numbers.</param>
/// <param name="From">Where the range begins, this value excepted; null for a level and for the first range.</param>
/// <param name="To">Where it ends, this value included; null for a level and for the last range.</param>
/// <param name="ReferenceShare">Share of the reference's values.</param>
/// <param name="CurrentShare">Share of the current sample's values.</param>
public sealed record DriftBin(string? Level, double? From, double? To, double ReferenceShare, double CurrentShare);
