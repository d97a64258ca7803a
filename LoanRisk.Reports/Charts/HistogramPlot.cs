namespace LoanRisk.Reports.Charts;

/// <summary>Two distributions back to back: one upwards, one downwards.</summary>
public sealed record HistogramPlot
{
    /// <summary>The question it answers.</summary>
    public required string Title { get; init; }

    /// <summary>The answer in words.</summary>
    public required string Description { get; init; }

    /// <summary>To the right.</summary>
    public required Axis X { get; init; }

    /// <summary>What the lengths of the bars measure.</summary>
    public required string Measure { get; init; }

    /// <summary>How a length is written.</summary>
    public required Func<double, string> Text { get; init; }

    /// <summary>What the upper bars are of.</summary>
    public required string Upper { get; init; }

    /// <summary>What the lower bars are of.</summary>
    public required string Lower { get; init; }

    /// <summary>Bars from left to right.</summary>
    public required IReadOnlyList<HistogramBar> Bars { get; init; }

    /// <summary>Upright lines at numbers worth knowing.</summary>
    public IReadOnlyList<PlotMark> Marks { get; init; } = [];

    /// <summary>How to read it.</summary>
    public string? Note { get; init; }

    /// <summary>The longest bar; above 0.</summary>
    public double Longest => Bars.Select(b => Math.Max(b.Up, b.Down)).DefaultIfEmpty(0).Max() is > 0 and var longest ? longest : 1;

    /// <summary>Its numbers.</summary>
    public ChartTable Numbers =>
        new(
            [X.Label, Upper, Lower],
            [.. Bars.Select(b => (IReadOnlyList<string>)[$"{X.Text(b.From)} to {X.Text(b.To)}", Text(b.Up), Text(b.Down)])]);
}

/// <summary>A pair of bars over the same numbers.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Up">Length upwards.</param>
/// <param name="Down">Length downwards.</param>
public sealed record HistogramBar(double From, double To, double Up, double Down);
