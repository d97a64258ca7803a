using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace LoanRisk.MLNet.Writing;

/// <summary>Makes ML.NET's calibrator for a probability.</summary>
internal static class CalibratorChoice
{
    /// <summary>The transformer that follows the scorer; null where the scorer's own probability stands.</summary>
    /// <param name="ml">ML.NET.</param>
    /// <param name="probability">The probability.</param>
    /// <param name="scored">What the scorer leaves behind.</param>
    public static ITransformer? Of(MLContext ml, ZipProbability probability, IDataView scored)
    {
        if (probability.Sigmoid is { } sigmoid)
        {
            // ML.NET's exponent has the other sign.
            return ml.BinaryClassification.Calibrators.Platt(-sigmoid.Slope, -sigmoid.Intercept).Fit(scored);
        }

        return probability.Curve.IsDefault
            ? null
            : ml.BinaryClassification.Calibrators.Isotonic(
                    nameof(Outcome.IsBad), nameof(Outcome.Score), nameof(Outcome.Weight))
                .Fit(ml.Data.LoadFromEnumerable(Outcomes(probability.Curve)));
    }

    // ML.NET fits the curve by itself: of a bad and a good outcome with these weights, side by side, it makes a block of their mean.
    private static IEnumerable<Outcome> Outcomes(ImmutableArray<(double Score, double Probability)> curve)
    {
        var last = float.NegativeInfinity;
        foreach (var (score, probability) in curve)
        {
            var place = (float)score;
            if (place <= last)
            {
                continue;
            }

            last = float.BitIncrement(place);
            yield return new Outcome { Score = place, IsBad = true, Weight = (float)probability };
            yield return new Outcome { Score = last, IsBad = false, Weight = (float)(1 - probability) };
        }
    }

    private sealed class Outcome
    {
        // The calibrator will read a column of this name.
        public float Score { get; init; }

        public bool IsBad { get; init; }

        public float Weight { get; init; }
    }
}
