using LoanRisk.Lending.Evaluation.Monotonicity;
using LoanRisk.Reports.Format;

namespace LoanRisk.Reports;

/// <summary>What the figures of a report say, in sentences.</summary>
public static class ReportText
{
    /// <summary>Against each other model on the same rows.</summary>
    public static IEnumerable<string> Comparisons(ModelReport report)
    {
        foreach (var comparison in report.Comparisons)
        {
            var auc = comparison.Difference.Auc;
            var name = comparison.Id is null
                ? "the scorecard baseline"
                : $"the {char.ToLowerInvariant(comparison.Name[0])}{comparison.Name[1..]} ({ShortId.Of(comparison.Id)})";
            var verdict = auc.Interval.Low > 0 ? "better than" : auc.Interval.High < 0 ? "worse than" : "not told apart from";
            yield return $"By AUC the model is {verdict} {name}: {FigureText.FineSigned(auc.Gain)} on the same rows, "
                + $"paired interval {FigureText.Range(auc.Interval, FigureText.FineSigned)}.";
        }

        foreach (var comparison in report.Comparisons.Where(r => r.Caution is not null))
        {
            yield return $"A caution about the {char.ToLowerInvariant(comparison.Name[0])}{comparison.Name[1..]}: {comparison.Caution}";
        }

        if (report.ComparisonProblem is { } obstacle)
        {
            yield return obstacle;
        }
    }

    /// <summary>How well the probabilities are calibrated.</summary>
    public static string Honesty(ModelReport report)
    {
        var calibration = report.Evaluation.Calibration;
        var inside = calibration.SlopeInterval.Low <= 1 && calibration.SlopeInterval.High >= 1;
        return $"On average it predicts {FigureText.FinePercent(calibration.MeanPredicted)} where "
            + $"{FigureText.FinePercent(calibration.BadRate)} were {report.Product.Target.Noun}; "
            + $"the slope of outcome on log-odds is {FigureText.Measure(calibration.Slope)}, "
            + $"its interval {(inside ? "holds" : "does not hold")} the perfect 1.";
    }

    /// <summary>What was proven of the directions; null when the product wants none.</summary>
    public static string? Directions(ModelReport report)
    {
        if (report.Proofs.Count == 0)
        {
            return null;
        }

        var proven = report.Proofs.Count(p => p.Result == MonotonicityResult.Proven);
        return $"{proven} of {report.Proofs.Count} directions that the trade would insist on are proven over the whole model.";
    }

    /// <summary>What makes the figures less than they seem.</summary>
    public static IEnumerable<string> Reservations(ModelReport report)
    {
        if (!report.IsOnTrainingData)
        {
            yield return "The model was trained on other data than this report reads. Its test rows are chosen by what they say, "
                + "so rows of both are kept from training alike; rows that a model made elsewhere learned from cannot be told.";
        }

        if (report.Registered?.Source == Store.Models.ModelSource.Imported)
        {
            yield return "The model was imported: it may have learned from rows that are measured here, and then looks better than it is.";
        }

        if (report.Product.Date is null)
        {
            yield return "The rows carry no dates: the test rows are of the same time as the others, "
                + "and how the model holds up later is not measured.";
        }
    }

    /// <summary>The result of a proof in a word or two.</summary>
    public static string Result(MonotonicityProof proof) => proof.Result switch
    {
        MonotonicityResult.Proven => "proven",
        MonotonicityResult.Violated => $"broken, by up to {FigureText.Short(proof.CounterExample!.By)} in log-odds",
        _ => "undecided",
    };
}
