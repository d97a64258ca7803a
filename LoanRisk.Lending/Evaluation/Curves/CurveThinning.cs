namespace LoanRisk.Lending.Evaluation.Curves;

/// <summary>
/// Fewer points of a curve with the least visible loss: from the two ends on, the point furthest from the line drawn so far is added
/// (Ramer; Douglas and Peucker), the worst of all pieces first, until enough stand or the drawing is exact.
/// </summary>
internal static class CurveThinning
{
    /// <summary>Points of a curve that is drawn; no screen shows more.</summary>
    public const int MostPoints = 200;

    // Of the curve's height and width.
    private const double Invisible = 1e-9;

    /// <summary>Places to keep, rising: the first, the last and the worst missed ones between them.</summary>
    /// <param name="x">Where the points stand, never falling or never rising.</param>
    /// <param name="ys">One or more curves over the same places.</param>
    /// <param name="always">Places kept whatever the rest looks like.</param>
    public static int[] Places(double[] x, double[][] ys, params ReadOnlySpan<int> always) => PlacesUpTo(MostPoints, x, ys, always);

    /// <inheritdoc cref="Places(double[], double[][], ReadOnlySpan{int})"/>
    /// <param name="most">How many places to keep at most, those that are always kept included.</param>
    public static int[] PlacesUpTo(int most, double[] x, double[][] ys, params ReadOnlySpan<int> always)
    {
        var xs = Scaled(x);
        var curves = Array.ConvertAll(ys, Scaled);
        var kept = new SortedSet<int> { 0, x.Length - 1 };
        kept.UnionWith(always.ToArray());
        var open = new PriorityQueue<Piece, double>();
        foreach (var (from, to) in kept.Zip(kept.Skip(1)).ToArray())
        {
            Open(open, xs, curves, from, to);
        }

        while (kept.Count < most && open.TryDequeue(out var piece, out _))
        {
            kept.Add(piece.Worst);
            Open(open, xs, curves, piece.From, piece.Worst);
            Open(open, xs, curves, piece.Worst, piece.To);
        }

        return [.. kept];
    }

    private static void Open(PriorityQueue<Piece, double> open, double[] x, double[][] ys, int from, int to)
    {
        var (worst, miss) = (-1, Invisible);
        for (var i = from + 1; i < to; i++)
        {
            foreach (var y in ys)
            {
                var distance = Distance(x, y, from, to, i);
                (worst, miss) = distance > miss ? (i, distance) : (worst, miss);
            }
        }

        if (worst >= 0)
        {
            open.Enqueue(new Piece(from, to, worst), -miss);
        }
    }

    private static double Distance(double[] x, double[] y, int from, int to, int at)
    {
        var (dx, dy) = (x[to] - x[from], y[to] - y[from]);
        var (px, py) = (x[at] - x[from], y[at] - y[from]);
        var length = Math.Sqrt((dx * dx) + (dy * dy));
        return length == 0 ? Math.Sqrt((px * px) + (py * py)) : Math.Abs((px * dy) - (py * dx)) / length;
    }

    private static double[] Scaled(double[] values)
    {
        var (low, high) = (values.Min(), values.Max());
        return high > low ? Array.ConvertAll(values, v => (v - low) / (high - low)) : new double[values.Length];
    }

    private readonly record struct Piece(int From, int To, int Worst);
}
