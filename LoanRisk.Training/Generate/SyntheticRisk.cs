using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Reference;
using LoanRisk.Lending.Statistics;

namespace LoanRisk.Training.Generate;

/// <summary>
/// Risk as a product file tells it: each feature's effect times the normal score of the value's rank, added up. A missing value adds
/// nothing.
/// </summary>
internal sealed class SyntheticRisk
{
    private const double UsualEffect = 0.4;

    // The ends of a distribution have no normal score; half a percent from them is far enough.
    private const double LowestShare = 0.005;

    private readonly FeatureReference[] _references;
    private readonly double[] _effects;

    public SyntheticRisk(LoanProduct product, TrainingReference reference)
    {
        _references = [.. reference.Features];
        _effects = [.. product.Features.Select(f => f.Synthetic?.Effect ?? (UsualEffect * f.Monotone))];
    }

    public double LogOdds(LoanApplication application)
    {
        var sum = 0.0;
        for (var f = 0; f < _effects.Length; f++)
        {
            var value = application.Row[f];
            sum += _effects[f] == 0 || double.IsNaN(value)
                ? 0
                : _effects[f] * NormalQuantile.Of(Math.Clamp(ShareBelow(_references[f], value), LowestShare, 1 - LowestShare));
        }

        return sum;
    }

    private static double ShareBelow(FeatureReference reference, double value) => reference.Levels is { } levels
        ? levels.Take((int)value).Sum(l => l.Share) + ((int)value < levels.Count ? levels[(int)value].Share / 2 : 0)
        : ShareBelow(reference.Quantiles!, value);

    // Equal values share their middle rank.
    private static double ShareBelow(IReadOnlyList<QuantilePoint> points, double value)
    {
        var below = points.TakeWhile(p => p.Value < value).Count();
        var upTo = points.TakeWhile(p => p.Value <= value).Count();
        if (upTo > below)
        {
            return (points[below].Share + points[upTo - 1].Share) / 2;
        }

        if (below == 0 || below == points.Count)
        {
            return below == 0 ? 0 : 1;
        }

        var (low, high) = (points[below - 1], points[below]);
        return low.Share + ((high.Share - low.Share) * (value - low.Value) / (high.Value - low.Value));
    }
}
