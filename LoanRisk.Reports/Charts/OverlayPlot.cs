namespace LoanRisk.Reports.Charts;

/// <summary>Two distributions over the same bins, one laid over the other.</summary>
public sealed record OverlayPlot
{
    /// <summary>The question it answers.</summary>
    public required string Title { get; init; }

    /// <summary>The answer in words.</summary>
    public required string Description { get; init; }

    /// <summary>What the lengths measure.</summary>
    public required string Measure { get; init; }

    /// <summary>What the broad bars behind are of.</summary>
    public required string Behind { get; init; }

    /// <summary>What the narrow bars in front are of.</summary>
    public required string Front { get; init; }

    /// <summary>Bars from top to bottom.</summary>
    public required IReadOnlyList<OverlayBar> Bars { get; init; }

    /// <summary>How a length is written.</summary>
    public required Func<double, string> Text { get; init; }

    /// <summary>The longest bar; above 0.</summary>
    public double Longest => Bars.Select(b => Math.Max(b.Behind, b.Front)).DefaultIfEmpty(0).Max() is > 0 and var longest ? longest : 1;

    /// <summary>Its numbers.</summary>
    public ChartTable Numbers =>
        new(["", Behind, Front], [.. Bars.Select(b => (IReadOnlyList<string>)[b.Label, Text(b.Behind), Text(b.Front)])]);
}

/// <summary>A bin of both.</summary>
/// <param name="Label">The bin.</param>
/// <param name="Behind">Length of the bar behind.</param>
/// <param name="Front">Length of the bar in front.</param>
public sealed record OverlayBar(string Label, double Behind, double Front);
