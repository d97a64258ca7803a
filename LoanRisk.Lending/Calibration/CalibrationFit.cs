using System.Collections.Immutable;
using LoanRisk.Lending.Statistics;

namespace LoanRisk.Lending.Calibration;

/// <summary>Fits each kind of calibration to raw scores and outcomes of loans the trees never saw.</summary>
public static class CalibrationFit
{
    /// <summary>Platt's sigmoid with his smoothed targets; a slope that would fall is replaced by the flat curve.</summary>
    /// <exception cref="ArgumentException">Lengths differ, a score is not finite, or an outcome is missing.</exception>
    public static PlattCalibration Platt(double[] rawScores, bool[] bad)
    {
        var fit = LogisticFit.Of([rawScores], PlattTargets(rawScores, bad));
        return fit[0] >= 0 ? new PlattCalibration(fit[0], fit[1]) : new PlattCalibration(0, MeanLogOdds(bad));
    }

    /// <summary>Beta calibration; when one of its two shapes would fall, it is fitted again without that one, as its authors do.</summary>
    /// <exception cref="ArgumentException">Lengths differ, a score is not finite, or an outcome is missing.</exception>
    public static BetaCalibration Beta(double[] rawScores, bool[] bad)
    {
        var targets = PlattTargets(rawScores, bad);
        var low = Array.ConvertAll(rawScores, LogOdds.LogProbability);
        var high = Array.ConvertAll(rawScores, s => -LogOdds.LogProbability(-s));
        var both = LogisticFit.Of([low, high], targets);
        if (both[0] >= 0 && both[1] >= 0)
        {
            return new BetaCalibration(both[0], both[1], both[2]);
        }

        var column = both[0] < 0 ? high : low;
        var one = LogisticFit.Of([column], targets);
        if (one[0] < 0)
        {
            return new BetaCalibration(0, 0, MeanLogOdds(bad));
        }

        return both[0] < 0 ? new BetaCalibration(0, one[0], one[1]) : new BetaCalibration(one[0], 0, one[1]);
    }

    /// <summary>
    /// Isotonic regression by pooling adjacent violators. An end block of good loans only would say 0 (of bad loans only, 1); it says
    /// (bad + 1/2) / (loans + 1) instead, no further than its neighbour, because no finite sample proves a certainty.
    /// </summary>
    /// <exception cref="ArgumentException">Lengths differ, a score is not finite, or an outcome is missing.</exception>
    public static IsotonicCalibration Isotonic(double[] rawScores, bool[] bad)
    {
        Check(rawScores, bad);
        var blocks = AdjacentViolators.Pool(rawScores, bad);
        var probabilities = blocks.ConvertAll(b => b.BadRate);
        var last = blocks.Count - 1;
        if (probabilities[0] == 0)
        {
            probabilities[0] = Math.Min(blocks[0].Smoothed, probabilities[Math.Min(1, last)]);
        }

        if (probabilities[last] == 1)
        {
            probabilities[last] = Math.Max(blocks[last].Smoothed, probabilities[Math.Max(0, last - 1)]);
        }

        return new IsotonicCalibration([.. blocks.Zip(probabilities, (b, p) => new CalibrationPoint(b.Centre, p))]);
    }

    private static double[] PlattTargets(double[] rawScores, bool[] bad)
    {
        Check(rawScores, bad);
        var badCount = bad.Count(b => b);
        var goodCount = bad.Length - badCount;
        return Array.ConvertAll(bad, b => b ? (badCount + 1.0) / (badCount + 2) : 1.0 / (goodCount + 2));
    }

    private static double MeanLogOdds(bool[] bad) => LogOdds.Of((double)bad.Count(b => b) / bad.Length);

    private static void Check(double[] rawScores, bool[] bad)
    {
        if (rawScores.Length != bad.Length)
        {
            throw new ArgumentException($"{rawScores.Length} scores but {bad.Length} outcomes.", nameof(bad));
        }

        if (!rawScores.All(double.IsFinite))
        {
            throw new ArgumentException("Every raw score must be a finite number.", nameof(rawScores));
        }

        if (!bad.Contains(true) || !bad.Contains(false))
        {
            throw new ArgumentException("Calibration needs good and bad loans.", nameof(bad));
        }
    }
}
