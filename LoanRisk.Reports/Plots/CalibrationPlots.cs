using LoanRisk.Lending.Evaluation;
using LoanRisk.Reports.Charts;
using LoanRisk.Reports.Format;

namespace LoanRisk.Reports.Plots;

/// <summary>Charts of how well probabilities are calibrated, and of what decisions cost.</summary>
public sealed class CalibrationPlots(ModelEvaluation evaluation, IReadOnlyList<ComparisonCurves> comparisons, PlotText words)
{
    /// <summary>Predicted against observed.</summary>
    public LinePlot Reliability
    {
        get
        {
            var bins = evaluation.Curves.Reliability;
            var before = comparisons.FirstOrDefault(r => !r.IsBaseline && r.Curves is not null);
            var far = bins.SelectMany(b => new[] { b.Predicted, b.ObservedInterval.High }).Append(0.01);
            var axis = Axis.Around("", far, FigureText.WholePercent, withZero: true);
            return new LinePlot
            {
                Title = "Can the probability be taken at its word?",
                Description = $"Reliability: slope {FigureText.Measure(evaluation.Calibration.Slope)} (1 is perfect), "
                    + $"expected calibration error {FigureText.FinePercent(evaluation.Calibration.ExpectedError)}.",
                X = axis with { Label = "Predicted probability" },
                Y = axis with { Label = $"Share that was {words.Noun}" },
                Bands =
                [
                    new PlotBand(
                        Tone.Main, [.. bins.Select(b => new BandPoint(b.Predicted, b.ObservedInterval.Low, b.ObservedInterval.High))]),
                ],
                Lines =
                [
                    new PlotLine("", Tone.Chance, [new(axis.From, axis.From), new(axis.To, axis.To)]),
                    .. before is null
                        ? Array.Empty<PlotLine>()
                        : [new PlotLine(before.Name, Tone.Previous, [.. before.Curves!.Reliability
                            .Where(b => b.Predicted <= axis.To && b.Observed <= axis.To)
                            .Select(b => new PlotPoint(b.Predicted, b.Observed))])],
                    new PlotLine(
                        PlotText.ThisModel, Tone.Main, [.. bins.Select(b => new PlotPoint(b.Predicted, b.Observed))], WithPoints: true),
                ],
                Names = Corner.TopLeft,
                Note = "Tenths of the test rows from the safest to the riskiest, with Wilson's 95 % intervals; "
                    + "on the dotted line prediction and outcome agree.",
                Numbers = new ChartTable(
                    ["Tenth", words.Many, "Predicted", "Observed", "95 % interval"],
                    [
                        .. bins.Select(
                            (b, i) => (IReadOnlyList<string>)[
                                $"{i + 1}",
                                FigureText.Count(b.Loans),
                                FigureText.FinePercent(b.Predicted),
                                FigureText.FinePercent(b.Observed),
                                FigureText.Range(b.ObservedInterval, FigureText.FinePercent)])
                    ]),
            };
        }
    }

    /// <summary>Cost over the threshold.</summary>
    public LinePlot Cost
    {
        get
        {
            var (score, points) = (evaluation.Cost, evaluation.Curves.Cost);
            // Thresholds above every probability refuse nobody and all cost the same.
            var shown = points.Where(p => p.Threshold < 1).ToArray();
            var end = shown.Length == 0 ? 1 : shown[^1].Threshold;
            var best = Math.Min(score.BestThreshold, end);
            return new LinePlot
            {
                Title = "From which probability on should one refuse?",
                Description = $"Mean cost by threshold: lowest, {FigureText.Short(score.CostAtBest)} each, "
                    + $"when refusing from {FigureText.FinePercent(score.BestThreshold)}; "
                    + $"approving all costs {FigureText.Short(score.CostOfApprovingAll)}, "
                    + $"refusing all {FigureText.Short(score.CostOfRefusingAll)}.",
                X = Axis.Around("Refused from this probability on", [0, end], FigureText.WholePercent),
                Y = Axis.Around(
                    "Mean cost each, in units of the cost matrix",
                    [.. shown.Select(p => p.CostPerLoan), score.CostOfApprovingAll],
                    FigureText.Short,
                    withZero: true),
                Lines =
                [
                    new PlotLine("Approving all", Tone.Chance, [new(0, score.CostOfApprovingAll), new(end, score.CostOfApprovingAll)]),
                    new PlotLine(PlotText.ThisModel, Tone.Main, [.. shown.Select(p => new PlotPoint(p.Threshold, p.CostPerLoan))]),
                ],
                Marks = [new PlotMark(best, $"lowest at {FigureText.FinePercent(score.BestThreshold)}")],
                Note = $"A {words.Noun} one that is approved costs {FigureText.Short(score.CostOfBadApproved)}, "
                    + $"a good one that is refused {FigureText.Short(score.CostOfGoodRefused)}.",
            };
        }
    }
}
