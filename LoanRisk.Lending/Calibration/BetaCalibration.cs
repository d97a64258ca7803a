using LoanRisk.Lending.Statistics;

namespace LoanRisk.Lending.Calibration;

/// <summary>
/// Beta calibration: log-odds = <paramref name="A"/> ln s - <paramref name="B"/> ln(1 - s) + <paramref name="C"/>, where s is the
/// sigmoid of the raw score (Kull, Silva Filho and Flach, "Beta calibration", AISTATS 2017). A = B = 1, C = 0 changes nothing.
/// </summary>
/// <param name="A">Shape at the low end; not negative.</param>
/// <param name="B">Shape at the high end; not negative.</param>
/// <param name="C">Shift in log-odds.</param>
public sealed record BetaCalibration(double A, double B, double C) : ProbabilityCalibration
{
    /// <inheritdoc/>
    public override string Method => "beta";

    /// <inheritdoc/>
    protected override double Map(double rawScore)
    {
        var low = A == 0 ? 0 : A * LogOdds.LogProbability(rawScore);
        var high = B == 0 ? 0 : B * LogOdds.LogProbability(-rawScore);
        return LogOdds.ToProbability(low - high + C);
    }
}
