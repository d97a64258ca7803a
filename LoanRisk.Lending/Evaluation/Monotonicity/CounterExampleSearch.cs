using LoanRisk.Trees;

namespace LoanRisk.Lending.Evaluation.Monotonicity;

/// <summary>
/// Looks for two rows on which the whole model breaks a direction, and for the largest break: from the rows of the most broken trees, over
/// all values of the feature that make a difference, then feature by feature over the values of the others. Without chance.
/// </summary>
internal sealed class CounterExampleSearch
{
    private const int MostStarts = 16;
    private const int MostPasses = 3;

    // Of another feature, in one pass: neighbouring cells rarely differ by much.
    private const int MostValues = 100;

    private readonly TreeModel _model;
    private readonly int _feature;
    private readonly int _direction;
    private readonly double[] _numbers;

    private CounterExampleSearch(TreeModel model, int feature, int direction)
    {
        (_model, _feature, _direction) = (model, feature, direction);
        var cells = CellsOf(feature);
        _numbers = cells.Values[..cells.NumberCount];
    }

    public static CounterExample? Run(TreeModel model, int feature, int direction, IReadOnlyList<BrokenTree> breaks)
    {
        var search = new CounterExampleSearch(model, feature, direction);
        var worst = breaks.OrderByDescending(b => b.By).Take(MostStarts).ToArray();
        var swept = worst.Select(b => search.Sweep(search.RowOf(b))).MaxBy(s => s.By)!;
        var found = worst.Select(search.PairOf).Prepend(swept).Select(search.Climb).FirstOrDefault(p => p.By > 0);
        return found is null ? null : search.Example(found);
    }

    private FeatureCells CellsOf(int feature) => FeatureCells.Of(
        from tree in _model.Trees
        from node in Enumerable.Range(0, tree.NodeCount)
        where tree.SplitFeature[node] == feature
        select (tree, node));

    // The tree's values; for all other features something ordinary.
    private double[] RowOf(BrokenTree tree)
    {
        var row = _model.FeatureInfos.Select(OrdinaryValue).ToArray();
        foreach (var (feature, value) in tree.Values)
        {
            row[feature] = value;
        }

        return row;
    }

    // The middle of LightGBM's [min:max]; 0 for categories and for what it does not describe.
    private static double OrdinaryValue(string info)
    {
        var ends = info.Trim('[', ']').Split(':');
        return info.StartsWith('[') && ends.Length == 2 && double.TryParse(ends[0], out var low) && double.TryParse(ends[1], out var high)
            ? (low + high) / 2
            : 0;
    }

    private Pair PairOf(BrokenTree tree) => Measured(RowOf(tree), tree.Low, tree.High);

    // The largest fall (in the direction's sense) from a value to a higher one.
    private Pair Sweep(double[] row)
    {
        var best = new Pair(row, 0, 0, double.NegativeInfinity);
        var (peak, peakAt) = (double.NegativeInfinity, 0.0);
        foreach (var value in _numbers)
        {
            var score = _direction * Score(row, value);
            best = peak - score > best.By ? new Pair(row, peakAt, value, peak - score) : best;
            (peak, peakAt) = score > peak ? (score, value) : (peak, peakAt);
        }

        return best;
    }

    private Pair Climb(Pair best)
    {
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var before = best.By;
            for (var feature = 0; feature < _model.FeatureCount; feature++)
            {
                best = feature == _feature ? best : Vary(best, feature);
            }

            best = Better(best, Sweep(best.Row));
            if (best.By <= before)
            {
                break;
            }
        }

        return best;
    }

    private Pair Vary(Pair best, int feature)
    {
        var values = CellsOf(feature).Values;
        var tried = Math.Min(values.Length, MostValues);
        for (var i = 0; i < tried; i++)
        {
            var row = (double[])best.Row.Clone();
            row[feature] = values[(int)((values.Length - 1L) * i / Math.Max(1, tried - 1))];
            best = Better(best, Measured(row, best.Low, best.High));
        }

        return best;
    }

    private Pair Measured(double[] row, double low, double high) => new(row, low, high, _direction * (Score(row, low) - Score(row, high)));

    private static Pair Better(Pair first, Pair second) => second.By > first.By ? second : first;

    private double Score(double[] row, double value)
    {
        row[_feature] = value;
        return _model.PredictRaw(row);
    }

    private CounterExample Example(Pair pair)
    {
        var (lower, higher) = ((double[])pair.Row.Clone(), (double[])pair.Row.Clone());
        (lower[_feature], higher[_feature]) = (pair.Low, pair.High);
        return new CounterExample(lower, higher, _model.PredictRaw(lower), _model.PredictRaw(higher));
    }

    private sealed record Pair(double[] Row, double Low, double High, double By);
}
