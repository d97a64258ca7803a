namespace LoanRisk.Reports.Charts;

/// <summary>Bars from the left, or to both sides of a middle line when some are below 0.</summary>
public sealed record BarPlot
{
    /// <summary>The question it answers.</summary>
    public required string Title { get; init; }

    /// <summary>The answer in words.</summary>
    public required string Description { get; init; }

    /// <summary>What the lengths measure.</summary>
    public required string Measure { get; init; }

    /// <summary>Bars from top to bottom.</summary>
    public required IReadOnlyList<PlotBar> Bars { get; init; }

    /// <summary>What stands above the left and the right half, when there are both.</summary>
    public (string Left, string Right)? Sides { get; init; }

    /// <summary>How to read it.</summary>
    public string? Note { get; init; }

    /// <summary>Its numbers; null is names and lengths.</summary>
    public ChartTable? Numbers { get; init; }

    /// <summary>Some bar goes to the left.</summary>
    public bool IsTwoSided => Bars.Any(b => b.Value < 0 || b.Low < 0);

    /// <summary>The farthest any bar or interval goes; above 0.</summary>
    public double Farthest =>
        Bars.SelectMany(b => new[] { b.Value, b.Low ?? 0, b.High ?? 0 }).Select(Math.Abs).DefaultIfEmpty(0).Max() is > 0 and var far
            ? far
            : 1;
}

/// <summary>A bar.</summary>
/// <param name="Label">What it is of.</param>
/// <param name="Value">Its length.</param>
/// <param name="Text">Its length in words.</param>
/// <param name="Tone">What it stands for.</param>
/// <param name="Low">Lower end of its interval.</param>
/// <param name="High">Upper end of its interval.</param>
public sealed record PlotBar(string Label, double Value, string Text, Tone Tone = Tone.Main, double? Low = null, double? High = null);
