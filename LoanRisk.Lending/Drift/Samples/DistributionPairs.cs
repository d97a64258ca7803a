namespace LoanRisk.Lending.Drift.Samples;

/// <summary>A point up to which both of two samples are known, and how many of each lie below it and up to it.</summary>
internal readonly record struct DistributionStep(double Point, long FirstBelow, long SecondBelow, long First, long Second);

/// <summary>Two samples' cumulative counts side by side.</summary>
internal static class DistributionPairs
{
    /// <summary>The points at which both samples are known, rising.</summary>
    public static IReadOnlyList<DistributionStep> Steps(ValueDistribution first, ValueDistribution second)
    {
        var points = (first.IsExact, second.IsExact) switch
        {
            (true, true) => Union(first.Points, second.Points),
            (true, false) => second.Points,
            (false, true) => first.Points,
            _ => first.Points.Where(second.Knows),
        };
        var (steps, a, b) = (new List<DistributionStep>(), new ValueDistribution.Cursor(first), new ValueDistribution.Cursor(second));
        foreach (var point in points)
        {
            a.MoveTo(point);
            b.MoveTo(point);
            steps.Add(new DistributionStep(point, a.Below, b.Below, a.UpTo, b.UpTo));
        }

        return steps;
    }

    /// <summary>The widest gap between the cumulative shares at these points, 0 to 1.</summary>
    public static double Gap(IReadOnlyList<DistributionStep> steps, long n, long m)
    {
        var widest = 0.0;
        foreach (var step in steps)
        {
            widest = Math.Max(widest, Math.Abs(((double)step.First / n) - ((double)step.Second / m)));
            widest = Math.Max(widest, Math.Abs(((double)step.FirstBelow / n) - ((double)step.SecondBelow / m)));
        }

        return widest;
    }

    /// <summary>
    /// How much wider than <see cref="Gap"/> the gap between the samples themselves may be, because it may lie between two points.
    /// </summary>
    public static double GapError(ValueDistribution first, ValueDistribution second)
    {
        if (first.IsExact && second.IsExact)
        {
            return 0;
        }

        var (steps, n, m) = (Steps(first, second), first.Count, second.Count);
        var (highest, before) = (0.0, (First: 0L, Second: 0L));
        foreach (var step in steps)
        {
            highest = Math.Max(highest, ((double)step.FirstBelow / n) - ((double)before.Second / m));
            highest = Math.Max(highest, ((double)step.SecondBelow / m) - ((double)before.First / n));
            before = (step.First, step.Second);
        }

        highest = Math.Max(highest, Math.Max(1 - ((double)before.Second / m), 1 - ((double)before.First / n)));
        return Math.Max(0, highest - Gap(steps, n, m));
    }

    private static IEnumerable<double> Union(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        for (int i = 0, j = 0; i < first.Count || j < second.Count;)
        {
            var (a, b) = (i < first.Count ? first[i] : double.PositiveInfinity, j < second.Count ? second[j] : double.PositiveInfinity);
            yield return Math.Min(a, b);
            i += a <= b && i < first.Count ? 1 : 0;
            j += b <= a && j < second.Count ? 1 : 0;
        }
    }
}
