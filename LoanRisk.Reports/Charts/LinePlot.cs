namespace LoanRisk.Reports.Charts;

/// <summary>A chart of lines, ready to be drawn as SVG or in a PDF.</summary>
public sealed record LinePlot
{
    /// <summary>The question it answers.</summary>
    public required string Title { get; init; }

    /// <summary>The answer in words, for those who do not see it.</summary>
    public required string Description { get; init; }

    /// <summary>To the right.</summary>
    public required Axis X { get; init; }

    /// <summary>Upwards.</summary>
    public required Axis Y { get; init; }

    /// <summary>Lines, the hindmost first.</summary>
    public required IReadOnlyList<PlotLine> Lines { get; init; }

    /// <summary>Areas of uncertainty behind the lines.</summary>
    public IReadOnlyList<PlotBand> Bands { get; init; } = [];

    /// <summary>Upright lines at numbers worth knowing.</summary>
    public IReadOnlyList<PlotMark> Marks { get; init; } = [];

    /// <summary>Single points, such as loans.</summary>
    public IReadOnlyList<PlotPoint> Dots { get; init; } = [];

    /// <summary>Where the names of the lines stand.</summary>
    public Corner Names { get; init; } = Corner.BottomRight;

    /// <summary>How to read it.</summary>
    public string? Note { get; init; }

    /// <summary>Its numbers; null is points of the lines.</summary>
    public ChartTable? Numbers { get; init; }
}

/// <summary>A corner of a chart.</summary>
public enum Corner
{
    /// <summary>Where curves that bend up and left leave room.</summary>
    BottomRight,

    /// <summary>Where falling curves leave room.</summary>
    TopRight,

    /// <summary>Where rising curves leave room.</summary>
    TopLeft,
}

/// <summary>A line of a chart.</summary>
/// <param name="Name">What stands beside it; empty for a line that needs no name.</param>
/// <param name="Tone">What it stands for.</param>
/// <param name="Points">Its points from left to right.</param>
/// <param name="WithPoints">The points are drawn too.</param>
public sealed record PlotLine(string Name, Tone Tone, IReadOnlyList<PlotPoint> Points, bool WithPoints = false);

/// <summary>A point.</summary>
public readonly record struct PlotPoint(double X, double Y);

/// <summary>An area between two lines.</summary>
/// <param name="Tone">What it stands for.</param>
/// <param name="Points">Its ends from left to right.</param>
/// <param name="Name">What the chart's numbers call it; null when they leave it out.</param>
public sealed record PlotBand(Tone Tone, IReadOnlyList<BandPoint> Points, string? Name = null);

/// <summary>Both ends of an interval at a place.</summary>
public readonly record struct BandPoint(double X, double Low, double High);

/// <summary>An upright line.</summary>
/// <param name="X">Where.</param>
/// <param name="Label">What is there.</param>
/// <param name="Low">Where it begins; null is the bottom.</param>
/// <param name="High">Where it ends; null is the top.</param>
public sealed record PlotMark(double X, string Label, double? Low = null, double? High = null);

/// <summary>The numbers of a chart.</summary>
/// <param name="Columns">Headings; the first column names the row.</param>
/// <param name="Rows">Cells as text.</param>
public sealed record ChartTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private const int MostPointsOfALine = 21;

    /// <summary>Points of the lines and named bands of a chart, of each some twenty at most.</summary>
    public static ChartTable Of(LinePlot plot) => new(
        ["Line", plot.X.Label, plot.Y.Label],
        [
            .. plot.Lines.Where(l => l.Tone != Tone.Chance).SelectMany(
                l => Some(l.Points).Select(p => (IReadOnlyList<string>)[l.Name, plot.X.Text(p.X), plot.Y.Text(p.Y)])),
            .. plot.Bands.Where(b => b.Name is not null).SelectMany(
                b =>
                    Some(b.Points).Select(
                        p => (IReadOnlyList<string>)[b.Name!, plot.X.Text(p.X), $"{plot.Y.Text(p.Low)} to {plot.Y.Text(p.High)}"])),
        ]);

    private static IEnumerable<T> Some<T>(IReadOnlyList<T> points)
    {
        var count = Math.Min(points.Count, MostPointsOfALine);
        return Enumerable.Range(0, count).Select(i => points[count == 1 ? 0 : (int)((points.Count - 1L) * i / (count - 1))]);
    }
}
