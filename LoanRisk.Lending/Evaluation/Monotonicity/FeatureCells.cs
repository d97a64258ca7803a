using LoanRisk.Trees;
using LoanRisk.Trees.Scoring;

namespace LoanRisk.Lending.Evaluation.Monotonicity;

/// <summary>
/// The values of one feature, cut so that all values of a cell take the same side at every split of some nodes: one value then
/// speaks for its cell, and finitely many values for all.
/// </summary>
/// <remarks>
/// Cells are open below and closed above, as thresholds are. Besides thresholds, cells end around the numbers that are read as zero and
/// where the whole part of a number, which categorical splits look up, changes. Missing is a cell of its own, the last. Numbers are finite.
/// </remarks>
internal sealed class FeatureCells
{
    // The largest number below those that are read as zero.
    private static readonly double BelowZero = Math.BitDecrement(-NodeDecision.ZeroReach);

    private FeatureCells(double[] values) => Values = values;

    /// <summary>A value of each cell, rising; the last is NaN.</summary>
    public double[] Values { get; }

    /// <summary>Cells that hold numbers: all but the last.</summary>
    public int NumberCount => Values.Length - 1;

    /// <summary>Cells for the splits of some nodes on one feature.</summary>
    public static FeatureCells Of(IEnumerable<(Tree Tree, int Node)> nodes)
    {
        var ends = new SortedSet<double> { BelowZero, NodeDecision.ZeroReach };
        foreach (var (tree, node) in nodes)
        {
            AddEnds(ends, tree, node);
        }

        var values = new List<double>(ends.Count + 2);
        var below = double.NegativeInfinity;
        foreach (var end in ends)
        {
            values.Add(ValueIn(below, end));
            below = end;
        }

        if (below < double.MaxValue)
        {
            values.Add(ValueIn(below, double.PositiveInfinity));
        }

        return new FeatureCells([.. values, double.NaN]);
    }

    private static void AddEnds(SortedSet<double> ends, Tree tree, int node)
    {
        if (!tree.DecisionType[node].IsCategorical)
        {
            // No finite number is on the far side of an infinite threshold.
            ends.Add(Math.Min(tree.Threshold[node], double.MaxValue));
            ends.Remove(double.NegativeInfinity);
            return;
        }

        // A fraction is cut towards zero: everything above -1 and below 1 is category 0.
        var set = (int)tree.Threshold[node];
        var categories = 32 * (tree.CategoryBoundaries[set + 1] - tree.CategoryBoundaries[set]);
        ends.Add(-1);
        for (var category = 0; category < categories; category++)
        {
            ends.Add(Math.BitDecrement(category + 1.0));
        }
    }

    // Above low and not above high, as plain as possible: a person reads these in a counter-example.
    private static double ValueIn(double low, double high)
    {
        var whole = Math.Floor(high);
        return double.IsPositiveInfinity(high) ? Beyond(low)
            : low < 0 && high >= 0 ? 0
            : high == BelowZero ? (low < -1 ? -1 : low / 2 < high ? low / 2 : high)
            : whole > low && high - whole > 0.999 ? whole
            : high;
    }

    private static double Beyond(double low)
    {
        var value = low + Math.Max(1, Math.Abs(low));
        return Math.Min(value, double.MaxValue);
    }
}
