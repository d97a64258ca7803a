using LoanRisk.Lending.Evaluation;

namespace LoanRisk.Pipeline.Tune;

/// <summary>
/// The tree-structured Parzen estimator (Bergstra, Bardenet, Bengio and Kegl, NIPS 2011): the points so far are parted into the good fifth
/// and the rest, the density of each is a sum of bells, and of some points drawn from the good density that one is tried next which is
/// likeliest good against likeliest not.
/// </summary>
public static class ParzenSearch
{
    private const int Drawn = 32;

    private const double GoodShare = 0.2;

    // Bells no narrower than this: a search that has found one good point still looks around it.
    private const double NarrowestBell = 0.06;

    /// <summary>Proposes the next point of the unit cube.</summary>
    /// <param name="tried">Points so far with what they reached; higher is better. At least two.</param>
    /// <param name="random">Randomness of this proposal alone.</param>
    public static double[] Propose(IReadOnlyList<(double[] Point, double Metric)> tried, ref SeededRandom random)
    {
        var ordered = tried.OrderByDescending(t => t.Metric).Select(t => t.Point).ToList();
        var count = Math.Max(1, (int)Math.Ceiling(GoodShare * ordered.Count));
        var (good, rest) = (ordered[..count], ordered[count..]);
        double[]? best = null;
        var bestRatio = double.NegativeInfinity;
        for (var i = 0; i < Drawn; i++)
        {
            var point = DrawFrom(good, ref random);
            var ratio = LogDensity(point, good) - LogDensity(point, rest);
            if (ratio > bestRatio)
            {
                (best, bestRatio) = (point, ratio);
            }
        }

        return best!;
    }

    private static double[] DrawFrom(List<double[]> points, ref SeededRandom random)
    {
        var result = new double[points[0].Length];
        var width = Width(points.Count);
        for (var d = 0; d < result.Length; d++)
        {
            // One bell in so many is the whole interval, so that no corner is ever ruled out.
            var bell = random.NextBelow(points.Count + 1);
            result[d] = bell == points.Count ? random.NextDouble() : Reflect(points[bell][d] + (width * Normal(ref random)));
        }

        return result;
    }

    private static double LogDensity(double[] point, List<double[]> points)
    {
        var width = Width(points.Count);
        var sum = 0.0;
        for (var d = 0; d < point.Length; d++)
        {
            var density = 1.0;
            foreach (var other in points)
            {
                density += Bell(point[d] - other[d], width) + Bell(point[d] + other[d], width) + Bell(point[d] + other[d] - 2, width);
            }

            sum += Math.Log(density / (points.Count + 1));
        }

        return sum;
    }

    private static double Width(int points) => Math.Max(NarrowestBell, 0.4 * Math.Pow(points, -0.4));

    private static double Bell(double distance, double width) =>
        Math.Exp(-0.5 * distance * distance / (width * width)) / (width * Math.Sqrt(2 * Math.PI));

    // What falls out of the interval comes back from its end.
    private static double Reflect(double value)
    {
        var folded = Math.Abs(value) % 2;
        return folded > 1 ? 2 - folded : folded;
    }

    // Box and Muller.
    private static double Normal(ref SeededRandom random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
