using LoanRisk.Lending.Calibration;

namespace LoanRisk.Lending.Evaluation;

/// <summary>
/// Cox's recalibration: the outcome regressed on the log-odds of the prediction. Slope 1 and intercept 0 are perfect; a slope below 1
/// says the probabilities are too spread out, above 1 too timid (Cox, Biometrika 1958).
/// </summary>
public sealed record CalibrationLine(double Slope, double Intercept)
{
    /// <summary>Fits the line to probabilities strictly between 0 and 1.</summary>
    public static CalibrationLine Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> bad)
    {
        var logOdds = new double[probabilities.Length];
        var outcome = new double[probabilities.Length];
        for (var i = 0; i < logOdds.Length; i++)
        {
            logOdds[i] = LogOdds.Of(probabilities[i]);
            outcome[i] = bad[i] ? 1 : 0;
        }

        var fit = LogisticFit.Of([logOdds], outcome);
        return new CalibrationLine(fit[0], fit[1]);
    }
}
