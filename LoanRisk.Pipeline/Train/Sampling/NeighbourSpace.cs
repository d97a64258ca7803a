using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;

namespace LoanRisk.Pipeline.Train.Sampling;

/// <summary>
/// Distances between rows of one outcome: numbers and ranks in standard deviations of these rows, and 1 for another level or for a
/// value that only one of the two has (in SMOTE-NC the median of the standard deviations, which are 1 here).
/// </summary>
internal sealed class NeighbourSpace
{
    private readonly IReadOnlyList<double[]> _columns;
    private readonly double[] _scales;
    private readonly int[] _candidates;
    private readonly int _neighbours;

    public NeighbourSpace(LoanProduct product, IReadOnlyList<double[]> columns, int[] rows, SmoteOptions options)
    {
        _columns = columns;
        _scales = [.. columns.Select((c, f) => IsLevel(product.Features[f]) ? 0 : Scale(c, rows))];
        _candidates = rows.Length <= options.MostCandidates ? rows : Draw(rows, options.MostCandidates, options.Seed);
        _neighbours = Math.Min(options.Neighbours, _candidates.Length - 1);
    }

    /// <summary>True when values are the same or not, and nothing between.</summary>
    public static bool IsLevel(Feature feature) => feature.Kind is FeatureKind.Nominal or FeatureKind.Binary;

    /// <summary>The nearest other rows, the nearest first; of equally near ones those that stand first.</summary>
    public int[] Of(int row)
    {
        var nearest = new PriorityQueue<int, (double Distance, int Place)>(Comparer<(double, int)>.Create((a, b) => b.CompareTo(a)));
        for (var i = 0; i < _candidates.Length; i++)
        {
            if (_candidates[i] == row)
            {
                continue;
            }

            var limit = nearest.Count < _neighbours ? double.PositiveInfinity : Furthest(nearest);
            var distance = SquaredDistance(row, _candidates[i], limit);
            if (nearest.Count < _neighbours)
            {
                nearest.Enqueue(_candidates[i], (distance, i));
            }
            else if (distance < limit)
            {
                nearest.EnqueueDequeue(_candidates[i], (distance, i));
            }
        }

        var found = new int[nearest.Count];
        for (var i = found.Length - 1; i >= 0; i--)
        {
            found[i] = nearest.Dequeue();
        }

        return found;
    }

    private static double Furthest(PriorityQueue<int, (double Distance, int Place)> nearest)
    {
        nearest.TryPeek(out _, out var furthest);
        return furthest.Distance;
    }

    // Stops where it can no longer be among the nearest.
    private double SquaredDistance(int first, int second, double limit)
    {
        var sum = 0.0;
        for (var f = 0; f < _columns.Count && sum < limit; f++)
        {
            var (a, b) = (_columns[f][first], _columns[f][second]);
            sum += double.IsNaN(a) || double.IsNaN(b) ? (double.IsNaN(a) == double.IsNaN(b) ? 0 : 1)
                : _scales[f] == 0 ? (a == b ? 0 : 1)
                : (a - b) * (a - b) * _scales[f];
        }

        return sum;
    }

    // 1 / variance; 0 marks levels and numbers that never change.
    private static double Scale(double[] column, int[] rows)
    {
        var given = rows.Select(r => column[r]).Where(v => !double.IsNaN(v)).ToArray();
        var mean = given.Length == 0 ? 0 : given.Average();
        var variance = given.Length == 0 ? 0 : given.Average(v => (v - mean) * (v - mean));
        return variance > 0 ? 1 / variance : 0;
    }

    // Fisher and Yates, as far as needed, then in the order they stood.
    private static int[] Draw(int[] rows, int count, long seed)
    {
        var random = new SeededRandom(seed, -1);
        var shuffled = (int[])rows.Clone();
        for (var i = 0; i < count; i++)
        {
            var other = i + random.NextBelow(shuffled.Length - i);
            (shuffled[i], shuffled[other]) = (shuffled[other], shuffled[i]);
        }

        return [.. shuffled.Take(count).Order()];
    }
}
