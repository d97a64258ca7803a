using LoanRisk.Lending.Drift.Samples;

namespace LoanRisk.Lending.Drift.Impact;

/// <summary>What a model makes of all features, watched as they are.</summary>
public static class OutputColumns
{
    /// <summary>The raw score.</summary>
    public static DriftColumn Score { get; } = DriftColumn.Number("rawScore", "Raw score");

    /// <summary>The calibrated probability.</summary>
    public static DriftColumn Probability { get; } = DriftColumn.Number("probability", "Probability");
}
