namespace LoanRisk.Reports.Charts;

/// <summary>A linear axis.</summary>
/// <param name="Label">What it measures, with its unit.</param>
/// <param name="From">The number at its start.</param>
/// <param name="To">The number at its end; above <paramref name="From"/>.</param>
/// <param name="Text">How a number is written.</param>
public sealed record Axis(string Label, double From, double To, Func<double, string> Text)
{
    private const int TicksWanted = 5;

    /// <summary>An axis that holds all numbers, from and to round ones.</summary>
    /// <param name="label">What it measures.</param>
    /// <param name="numbers">What must fit; empty is taken for 0 and 1.</param>
    /// <param name="text">How a number is written.</param>
    /// <param name="withZero">0 must be on it.</param>
    public static Axis Around(string label, IEnumerable<double> numbers, Func<double, string> text, bool withZero = false)
    {
        var all = numbers.Where(double.IsFinite).Concat(withZero ? [0.0] : []).DefaultIfEmpty(0).ToArray();
        var (low, high) = (all.Min(), all.Max());
        if (!(high > low))
        {
            (low, high) = low == 0 ? (0, 1) : (low - (Math.Abs(low) / 2), high + (Math.Abs(high) / 2));
        }

        var step = StepOf(high - low);
        return new Axis(label, Math.Floor(low / step) * step, Math.Ceiling(high / step) * step, text);
    }

    /// <summary>Round numbers on the axis.</summary>
    public IReadOnlyList<double> Ticks
    {
        get
        {
            var step = StepOf(To - From);
            // A hair of tolerance, for sums of steps are not exact.
            var first = Math.Ceiling((From / step) - 1e-9);
            return [.. Enumerable.Range(0, (int)Math.Floor((To / step) - first + 1e-9) + 1).Select(i => (first + i) * step + 0.0)];
        }
    }

    /// <summary>Where a number stands, 0 to 1; what lies beyond an end stands at it.</summary>
    public double Share(double number) => Math.Clamp((number - From) / (To - From), 0, 1);

    // 1, 2 or 5 times a power of ten.
    private static double StepOf(double range)
    {
        var rough = range / TicksWanted;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * ((rough / power) switch { <= 1.0000001 => 1, <= 2.0000001 => 2, <= 5.0000001 => 5, _ => 10 });
    }
}
