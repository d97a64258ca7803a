using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Evaluation.Curves;
using LoanRisk.Reports.Charts;
using LoanRisk.Reports.Format;

namespace LoanRisk.Reports.Plots;

/// <summary>Charts of how well a model tells bad loans from good ones.</summary>
public sealed class DiscriminationPlots(ModelEvaluation evaluation, IReadOnlyList<ComparisonCurves> comparisons, PlotText words)
{
    private EvaluationCurves Curves => evaluation.Curves;

    private string Level => FigureText.WholePercent(evaluation.Intervals.Level);

    private double BadRate => (double)evaluation.Bad / evaluation.Loans;

    /// <summary>The ROC curves of all models on one plot.</summary>
    public LinePlot Roc => new()
    {
        Title = $"How many {words.Bad} does it catch?",
        Description = $"ROC curve: AUC {FigureText.Measure(evaluation.Metrics.Auc)}, "
            + $"{Range(evaluation.Intervals.Auc)} with {Level} confidence."
            + string.Concat(comparisons.Select(r => $" {r.Name}: {FigureText.Measure(r.Metrics.Auc)}.")),
        X = Shares($"Share of {words.Good} refused"),
        Y = Shares($"Share of {words.Bad} refused"),
        Bands = evaluation.RocBand is { } band
            ? [new PlotBand(Tone.Main, [.. band.Select(p => new BandPoint(p.FalseAlarms, p.Low, p.High))], $"{Level} interval")]
            : [],
        Lines =
        [
            Diagonal,
            .. Others(r => r.Roc.Select(p => new PlotPoint(p.FalseAlarms, p.Recall)), m => m.Auc),
            Own(Curves.Roc.Select(p => new PlotPoint(p.FalseAlarms, p.Recall)), m => m.Auc),
        ],
        Note = "ROC curve. The number beside each name is the area under it (AUC); the dotted line is chance."
            + (evaluation.RocBand is null
                ? ""
                : $" The shaded band is the {Level} bootstrap interval of this model at each place by itself."),
    };

    /// <summary>Precision over recall.</summary>
    public LinePlot PrecisionRecall => new()
    {
        Title = $"How many of the refused are really {words.Noun}?",
        Description = $"Precision-recall curve: average precision {FigureText.Measure(evaluation.Metrics.AveragePrecision)}; "
            + $"chance would give {FigureText.Measure(BadRate)}.",
        X = Shares($"Share of {words.Bad} refused (recall)"),
        Y = Axis.Around(
            "Share of the refused that are bad (precision)",
            [
                .. comparisons.Select(r => r.Curves)
                    .Append(Curves)
                    .OfType<EvaluationCurves>()
                    .SelectMany(c => Falling(c.PrecisionRecall))
                    .Select(p => p.Y),
                BadRate
            ],
            FigureText.WholePercent,
            withZero: true),
        Lines =
        [
            new PlotLine("", Tone.Chance, [new(0, BadRate), new(1, BadRate)]),
            .. Others(r => r.Curves is null ? null : Falling(r.Curves.PrecisionRecall), m => m.AveragePrecision),
            Own(Falling(Curves.PrecisionRecall), m => m.AveragePrecision),
        ],
        Names = Corner.TopRight,
        Note = "The number beside each name is the average precision; the dotted line is the share of bad ones among all.",
    };

    /// <summary>The two cumulative distributions and their widest gap.</summary>
    public LinePlot Ks => new()
    {
        Title = "Where are good and bad furthest apart?",
        Description = $"Kolmogorov-Smirnov: at a probability of {FigureText.FinePercent(Curves.KsWidest.Probability)} the shares differ "
            + $"most, by {FigureText.Measure(evaluation.Metrics.Ks)}.",
        X = Axis.Around("Probability", Curves.Ks.Select(p => p.Probability), FigureText.WholePercent, withZero: true),
        Y = Shares("Share at or below the probability"),
        Lines =
        [
            new PlotLine(words.Good, Tone.Good, [.. Curves.Ks.Select(p => new PlotPoint(p.Probability, p.GoodShare))]),
            new PlotLine(words.Bad, Tone.Bad, [.. Curves.Ks.Select(p => new PlotPoint(p.Probability, p.BadShare))]),
        ],
        Marks =
        [
            new PlotMark(
                Curves.KsWidest.Probability, $"KS {FigureText.Measure(evaluation.Metrics.Ks)}",
                Math.Min(Curves.KsWidest.GoodShare, Curves.KsWidest.BadShare),
                Math.Max(Curves.KsWidest.GoodShare, Curves.KsWidest.BadShare)),
        ],
        Note = $"KS is the widest gap; its {Level} interval is {Range(evaluation.Intervals.Ks)}.",
    };

    /// <summary>Gain, with the interval at each tenth.</summary>
    public LinePlot Gain => new()
    {
        Title = $"How many {words.Bad} are among the riskiest?",
        Description = $"Gain curve: the riskiest tenth holds {FigureText.Percent(evaluation.Deciles[0].Gain)} of all {words.Bad}, "
            + $"the riskiest three tenths {FigureText.Percent(evaluation.Deciles[2].Gain)}.",
        X = Shares($"Share of all {words.Many}, the riskiest first"),
        Y = Shares($"Share of {words.Bad} among them"),
        Bands =
        [
            new PlotBand(
                Tone.Main,
                [new(0, 0, 0), .. evaluation.Deciles.Select(d => new BandPoint(d.Number / 10.0, d.GainInterval.Low, d.GainInterval.High))],
                $"{Level} interval"),
        ],
        Lines =
        [
            Diagonal,
            .. comparisons.Where(r => r.Curves is not null).Reverse().Select(r => new PlotLine(r.Name, ToneOf(r), Points(r.Curves!.Gain))),
            new PlotLine(PlotText.ThisModel, Tone.Main, Points(Curves.Gain)),
        ],
        Note = $"The shaded band is the {Level} interval at each tenth; the dotted line is chance.",
    };

    /// <summary>Lift by tenth.</summary>
    public BarPlot Lift => new()
    {
        Title = "How much riskier than average is each tenth?",
        Description = $"Lift by decile: from {Times(evaluation.Deciles[0].Lift)} in the riskiest tenth to "
            + $"{Times(evaluation.Deciles[^1].Lift)} in the safest.",
        Measure = "Bad rate as a multiple of the average, with interval",
        Bars = [.. evaluation.Deciles.Select(d => new PlotBar(
            $"{Place(d.Number)}: {FigureText.Percent(d.BadRate)} {words.Noun}",
            d.Lift,
            Times(d.Lift),
            Tone.Main,
            d.LiftInterval.Low,
            d.LiftInterval.High))],
        Numbers = new ChartTable(
            ["Tenth", words.Many, "Bad", "Bad rate", "Lift", "Cumulative lift", "Gain"],
            [
                .. evaluation.Deciles.Select(
                    d =>
                        (IReadOnlyList<string>)[
                            $"{d.Number}", FigureText.Short(d.Loans), FigureText.Short(d.Bad), FigureText.Percent(d.BadRate), Times(d.Lift),
                            Times(d.CumulativeLift), FigureText.Percent(d.Gain)])
            ]),
    };

    /// <summary>How the probabilities of both outcomes are spread.</summary>
    public HistogramPlot Distribution(Lending.Products.Policy policy) => new()
    {
        Title = "Which probabilities do good and bad get?",
        Description = $"Distribution of the probability among {words.Good} (upwards) and {words.Bad} (downwards), "
            + "with the policy's two limits.",
        X = Axis.Around("Probability", [0, DistributionEnd], FigureText.WholePercent),
        Measure = "Share of each outcome in a bin",
        Text = FigureText.Percent,
        Upper = words.Good,
        Lower = words.Bad,
        Bars =
        [
            .. Curves.ScoreDistribution.Select(
                b =>
                    new HistogramBar(
                        b.From, b == Curves.ScoreDistribution[^1] ? Math.Min(b.To, b.From + Width) : b.To, b.GoodShare, b.BadShare))
        ],
        Marks = [.. new[] { new PlotMark(policy.ApproveBelow, $"{policy.Words.Approve} below "
            + $"{FigureText.Limit(policy.ApproveBelow)}"), new PlotMark(
                policy.DeclineFrom, $"{policy.Words.Decline} from {FigureText.Limit(policy.DeclineFrom)}") }
            .Where(m => m.X <= DistributionEnd)],
        Note = "Shares of each outcome by itself, so that the rarer one is seen as well. The last bar holds all above it.",
    };

    private double Width => Curves.ScoreDistribution[0].To - Curves.ScoreDistribution[0].From;

    private double DistributionEnd => Curves.ScoreDistribution[^1].From + Width;

    private static PlotLine Diagonal => new("", Tone.Chance, [new(0, 0), new(1, 1)]);

    private static Axis Shares(string label) => new(label, 0, 1, FigureText.WholePercent);

    private static Tone ToneOf(ComparisonCurves comparison) => comparison.IsBaseline ? Tone.Baseline : Tone.Previous;

    private static PlotPoint[] Points(IReadOnlyList<GainPoint> gain) =>
        [new(0, 0), .. gain.Select(p => new PlotPoint(p.LoanShare, p.BadShare))];

    // Below some two in a hundred of recall precision is the luck of single loans.
    private static IEnumerable<PlotPoint> Falling(IReadOnlyList<PrecisionRecallPoint> points) =>
        points.Where(p => p.Recall >= 0.02).Select(p => new PlotPoint(p.Recall, p.Precision));

    private IEnumerable<PlotLine> Others(Func<ComparisonCurves, IEnumerable<PlotPoint>?> points, Func<Metrics, double> figure) =>
        from comparison in comparisons.Reverse()
        let line = points(comparison)
        where line is not null
        select new PlotLine($"{comparison.Name} {FigureText.Measure(figure(comparison.Metrics))}", ToneOf(comparison), [.. line]);

    private PlotLine Own(IEnumerable<PlotPoint> points, Func<Metrics, double> figure) =>
        new($"{PlotText.ThisModel} {FigureText.Measure(figure(evaluation.Metrics))}", Tone.Main, [.. points]);

    private static string Range(Interval interval) => FigureText.Range(interval, FigureText.Measure);

    private static string Times(double lift) => FigureText.Short(Math.Round(lift, 2)) + " ×";

    private static string Place(int number) => number switch { 1 => "Riskiest tenth", 10 => "Safest tenth", _ => $"Tenth {number}" };
}
