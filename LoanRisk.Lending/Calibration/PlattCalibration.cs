using LoanRisk.Lending.Statistics;

namespace LoanRisk.Lending.Calibration;

/// <summary>
/// Platt's sigmoid: log-odds = <paramref name="Slope"/> * raw score + <paramref name="Intercept"/>
/// (Platt, "Probabilistic outputs for support vector machines", 1999).
/// </summary>
/// <param name="Slope">Not negative: a higher score never means less risk.</param>
/// <param name="Intercept">Log-odds at a raw score of 0.</param>
public sealed record PlattCalibration(double Slope, double Intercept) : ProbabilityCalibration
{
    /// <summary>Takes a binary model's raw score as the log-odds it is.</summary>
    public static PlattCalibration Identity { get; } = new(1, 0);

    /// <inheritdoc/>
    public override string Method => "platt";

    // A flat curve answers its intercept even for an infinite score, where 0 times infinity would be NaN.
    /// <inheritdoc/>
    protected override double Map(double rawScore) =>
        LogOdds.ToProbability((Slope == 0 ? 0 : Slope * rawScore) + Intercept);
}
