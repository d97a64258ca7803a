using LoanRisk.Lending;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Profile;
using LoanRisk.Reports.Charts;
using LoanRisk.Reports.Format;

namespace LoanRisk.Reports.Plots;

/// <summary>Charts of the columns of a data set.</summary>
public sealed class DataPlots(LoanProduct product)
{
    private const int MostBars = 20;

    private readonly PlotText _words = PlotText.Of(product);

    /// <summary>Missing values by feature; null when none is missing.</summary>
    public static BarPlot? Missing(DataProfile profile) => profile.Features.All(f => f.Missing == 0) ? null : new BarPlot
    {
        Title = "Where are values missing?",
        Description = "Share of rows without a value, by feature: "
            + string.Join(", ", Holes(profile).Take(5).Select(f => $"{f.Label} {FigureText.FinePercent(f.MissingShare)}")) + ".",
        Measure = "Share of rows without a value",
        Bars = [.. Holes(profile).Take(MostBars).Select(f => new PlotBar(f.Label, f.MissingShare, FigureText.FinePercent(f.MissingShare)))],
        Note = $"{Holes(profile).Count()} of {CountedNoun.Of(profile.Features.Count, "feature")} "
            + $"{(Holes(profile).Count() == 1 ? "has" : "have")} missing values.",
    };

    /// <summary>Information value by feature.</summary>
    public static BarPlot Information(DataProfile profile) => new()
    {
        Title = "How much does each feature tell by itself?",
        Description = "Information value: "
            + string.Join(
                ", ",
                profile.Features.OrderByDescending(f => f.InformationValue)
                    .Take(5)
                    .Select(f => $"{f.Label} {FigureText.Measure(f.InformationValue)}"))
            + ".",
        Measure = "Information value",
        Bars =
        [
            .. profile.Features.OrderByDescending(f => f.InformationValue)
                .Take(MostBars)
                .Select(f => new PlotBar(f.Label, f.InformationValue, FigureText.Measure(f.InformationValue)))
        ],
        Note = "Below 0.02 nothing, to 0.1 weak, to 0.3 medium, above strong, far above 0.5 suspicious.",
    };

    /// <summary>How the numbers of a column are spread over both outcomes; null for levels.</summary>
    public HistogramPlot? Spread(ColumnProfile column)
    {
        if (column.Numbers is not { } numbers || numbers.Histogram.Count < 2)
        {
            return null;
        }

        var unit = new UnitText(product.Find(column.Name), column.Label);
        var (good, bad) = (Math.Max(1, numbers.Histogram.Sum(b => b.Good)), Math.Max(1, numbers.Histogram.Sum(b => b.Bad)));
        return new HistogramPlot
        {
            Title = $"{column.Label}: how is it spread?",
            Description = $"Histogram of {column.Label}: median {unit.Text(numbers.Median)}, "
                + $"from {unit.Text(numbers.Minimum)} to {unit.Text(numbers.Maximum)}.",
            X = new Axis(unit.Label, numbers.Histogram[0].From, numbers.Histogram[^1].To, unit.Text),
            Measure = "Share of each outcome",
            Text = FigureText.Percent,
            Upper = _words.Good,
            Lower = _words.Bad,
            Bars = [.. numbers.Histogram.Select(b => new HistogramBar(b.From, b.To, (double)b.Good / good, (double)b.Bad / bad))],
            Note = "The outermost half percent on either side is within the first and the last bar.",
        };
    }

    /// <summary>Bad rate by level with its interval; null for numbers.</summary>
    public BarPlot? Levels(ColumnProfile column) => column.Levels.Count == 0 ? null : new BarPlot
    {
        Title = $"{column.Label}: how often {_words.Noun}?",
        Description = $"Share of {_words.Bad} by {column.Label}, with 95 % intervals.",
        Measure = $"Share {_words.Noun}, with 95 % interval",
        Bars = [.. column.Levels.Where(l => l.BadRate is not null).Take(MostBars).Select(l => new PlotBar(
            $"{l.Label} ({FigureText.Count(l.Loans)})",
            l.BadRate!.Value,
            FigureText.Percent(l.BadRate.Value),
            Tone.Main,
            l.BadRateInterval!.Value.Low,
            l.BadRateInterval.Value.High))],
        Note = column.Levels.Count > MostBars || column.LevelsLeftOut > 0
            ? $"The first {Math.Min(MostBars, column.Levels.Count)} of {column.Levels.Count + column.LevelsLeftOut} levels."
            : null,
        Numbers = new ChartTable(
            ["Level", "Rows", "Bad", "Bad rate", "95 % interval"],
            [.. column.Levels.Select(l => (IReadOnlyList<string>)[
                l.Label,
                FigureText.Count(l.Loans),
                FigureText.Count(l.Bad),
                l.BadRate is { } rate ? FigureText.Percent(rate) : FigureText.None,
                l.BadRateInterval is { } range ? FigureText.Range(range, FigureText.Percent) : FigureText.None])]),
    };

    /// <summary>Weight of evidence by bin.</summary>
    public BarPlot Evidence(ColumnProfile column) => new()
    {
        Title = $"{column.Label}: what speaks for and against?",
        Description = $"Weight of evidence of {column.Label}; information value {FigureText.Measure(column.InformationValue)}.",
        Measure = "Weight of evidence: log of good over bad, against all",
        Sides = ("riskier", "safer"),
        Bars =
        [
            .. column.Bins.Take(MostBars).Select(
                b => new PlotBar(b.Text, b.Bin.Woe, FigureText.Signed(b.Bin.Woe), b.Bin.Woe < 0 ? Tone.Bad : Tone.Good))
        ],
        Numbers = new ChartTable(
            ["Bin", "Rows", "Bad rate", "Weight of evidence", "Information"],
            [
                .. column.Bins.Select(
                    b =>
                        (IReadOnlyList<string>)[
                            b.Text, FigureText.Count(b.Bin.Loans), b.Bin.BadRate is { } rate ? FigureText.Percent(rate) : FigureText.None,
                            FigureText.Signed(b.Bin.Woe), FigureText.Fine(b.Bin.Information)])
            ]),
    };

    private static IEnumerable<ColumnProfile> Holes(DataProfile profile) =>
        profile.Features.Where(f => f.Missing > 0).OrderByDescending(f => f.MissingShare);
}
