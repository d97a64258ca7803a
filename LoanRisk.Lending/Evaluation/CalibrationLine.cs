using LoanRisk.Lending.Statistics;

namespace LoanRisk.Lending.Evaluation;

/// <summary>
/// Cox's recalibration: the outcome regressed on the log-odds of the prediction. Slope 1 and intercept 0 are perfect; a slope below 1
/// says the probabilities are too spread out, above 1 too timid (Cox, Biometrika 1958).
/// </summary>
public sealed record CalibrationLine(double Slope, double Intercept)
{
    private const int MostSteps = 50;
    private const double LongestStep = 5;

    // Keeps resamples of one score or of a perfect order solvable; no real sample feels it.
    private const double Ridge = 1e-9;

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

    /// <summary>Fits the line to counted loans by Newton's method from a line nearby, which a resample's always is.</summary>
    internal static CalibrationLine Of(double[] logOdds, OutcomeCounts counts, CalibrationLine start)
    {
        var (slope, intercept) = start;
        for (var step = 0; step < MostSteps; step++)
        {
            var (dSlope, dIntercept) = NewtonStep(logOdds, counts, slope, intercept);
            (slope, intercept) = (slope + dSlope, intercept + dIntercept);
            if (Math.Abs(dSlope) <= 1e-9 * (1 + Math.Abs(slope)) && Math.Abs(dIntercept) <= 1e-9 * (1 + Math.Abs(intercept)))
            {
                break;
            }
        }

        return new CalibrationLine(slope, intercept);
    }

    private static (double Slope, double Intercept) NewtonStep(double[] logOdds, OutcomeCounts counts, double slope, double intercept)
    {
        var (gs, gi) = (-2 * Ridge * slope, -2 * Ridge * intercept);
        var (hss, hsi, hii) = (2 * Ridge, 0.0, 2 * Ridge);
        for (var g = 0; g < logOdds.Length; g++)
        {
            var loans = counts.Good(g) + counts.Bad(g);
            if (loans == 0)
            {
                continue;
            }

            var x = logOdds[g];
            var p = LogOdds.ToProbability((slope * x) + intercept);
            var (rest, weight) = (counts.Bad(g) - (loans * p), loans * p * (1 - p));
            (gs, gi) = (gs + (rest * x), gi + rest);
            (hss, hsi, hii) = (hss + (weight * x * x), hsi + (weight * x), hii + weight);
        }

        var determinant = (hss * hii) - (hsi * hsi);
        return determinant <= 0
            ? (0, 0)
            : (Bounded(((hii * gs) - (hsi * gi)) / determinant), Bounded(((hss * gi) - (hsi * gs)) / determinant));
    }

    private static double Bounded(double step) => Math.Clamp(step, -LongestStep, LongestStep);
}
