using LoanRisk.Lending.Products;

namespace LoanRisk.Pipeline.Train.Sampling;

/// <summary>What a row is made up of.</summary>
/// <param name="Row">The row it starts from.</param>
/// <param name="Partner">The neighbour it goes towards.</param>
/// <param name="Neighbours">All neighbours of the row, the nearest first.</param>
/// <param name="Part">How far it goes, 0 to 1.</param>
internal sealed record Mixture(int Row, int Partner, int[] Neighbours, double Part);

/// <summary>The value of a made-up row.</summary>
internal static class MixedValue
{
    /// <summary>Between a row and its partner, or what most neighbours have.</summary>
    public static double Of(Feature feature, double[] column, Mixture mixture)
    {
        var (row, partner, neighbours, part) = mixture;
        var missing = neighbours.Count(n => double.IsNaN(column[n]));
        if (2 * missing > neighbours.Length)
        {
            return double.NaN;
        }

        if (NeighbourSpace.IsLevel(feature))
        {
            return Commonest(column, neighbours);
        }

        var (a, b) = (column[row], column[partner]);
        var value = double.IsNaN(a) ? b : double.IsNaN(b) ? a : a + (part * (b - a));
        // Both may be missing though most neighbours are not.
        value = double.IsNaN(value) ? column[neighbours.First(n => !double.IsNaN(column[n]))] : value;
        return feature.Integer || feature.HasLevels ? Math.Round(value, MidpointRounding.AwayFromZero) : value;
    }

    // Of equally common ones the nearest neighbour's.
    private static double Commonest(double[] column, int[] neighbours)
    {
        var given = neighbours.Select(n => column[n]).Where(v => !double.IsNaN(v)).ToArray();
        return given.MaxBy(v => given.Count(w => w == v));
    }
}
