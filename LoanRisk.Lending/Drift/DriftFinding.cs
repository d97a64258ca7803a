namespace LoanRisk.Lending.Drift;

/// <summary>One test that ran, and what it says.</summary>
/// <param name="Aspect">What it looked at.</param>
/// <param name="Test">Its name.</param>
/// <param name="Statistic">Its statistic; null for a test that has none.</param>
/// <param name="DegreesOfFreedom">Of t and chi-square; null otherwise.</param>
/// <param name="PValue">As the test gives it.</param>
/// <param name="AdjustedPValue">
/// For all tests of the comparison together, by the product's correction; of the p-value, or of a larger one that holds far out in the
/// tail.
/// </param>
/// <param name="Measure">How the effect is measured.</param>
/// <param name="Effect">The effect; its sign, where it has one, says which way the current sample went.</param>
/// <param name="Threshold">Smallest effect that alarms.</param>
/// <param name="Significant">The adjusted p-value is at or below the level.</param>
/// <param name="Alarm">It is significant, and the effect reaches the threshold.</param>
public sealed record DriftFinding(
    DriftAspect Aspect,
    string Test,
    double? Statistic,
    double? DegreesOfFreedom,
    double PValue,
    double AdjustedPValue,
    EffectMeasure Measure,
    double Effect,
    double Threshold,
    bool Significant,
    bool Alarm)
{
    /// <summary>The effect as a share of the threshold: from 1 on it is large enough to alarm.</summary>
    public double Size => Math.Abs(Effect) / Threshold;
}
