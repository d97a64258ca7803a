using LoanRisk.Lending;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Promotion;
using LoanRisk.Pipeline.Figures;

namespace LoanRisk.Pipeline.Models;

/// <summary>
/// The gate's checks where no loans are at hand: by what two models said of themselves, provided that they were tested on the same rows of
/// the same data. Without the loans the models' errors cannot be paired, so the candidate's own interval must lie beyond the champion's
/// value: stricter than the gate with loans, never laxer.
/// </summary>
internal static class RecordedChecks
{
    public static (IReadOnlyList<GateCheck> Checks, string Basis) Of(LoanProduct product, ModelPackage candidate, ModelPackage? champion)
    {
        var own = ModelMetrics.Of(candidate.Files);
        var form = PromotionGate.JudgeForm(product, candidate, champion);
        if (WhyNot(product, candidate, own, champion) is { } problem)
        {
            return ([new GateCheck("loans", false, problem, new Dictionary<string, double>()), .. form], "Nothing could be measured.");
        }

        var theirs = ModelMetrics.Of(champion!.Files);
        return (
            [Better(product.Promotion, own, theirs), Slope(product.Promotion, own), Error(product.Promotion, own), .. form],
            $"By what both models said of themselves on the same {CountedNoun.Of(own.TestLoans!.Loans, "test row")} of the data with "
            + $"SHA-256 {candidate.Manifest.DataSha256[..12]}.");
    }

    private static string? WhyNot(LoanProduct product, ModelPackage candidate, ModelMetrics own, ModelPackage? champion)
    {
        const string Remedy = "Name labelled rows, or join them to the product's data.";
        if (own is not { Test: not null, TestIntervals: not null, TestLoans: not null }
            || own.Calibration is not { Slope: not null, ExpectedError: not null })
        {
            return $"The candidate was never measured. {Remedy}";
        }

        if (champion is null)
        {
            return $"There is no champion to compare with, and no rows to measure the candidate on. {Remedy}";
        }

        return ModelMetrics.Of(champion.Files) is { Test: not null } theirs && TestRows.AreSame((candidate, own), (champion, theirs))
            ? null
            : $"Candidate and champion were measured on different rows, so their figures cannot be held against each other. {Remedy}";
    }

    private static GateCheck Better(PromotionRule rule, ModelMetrics own, ModelMetrics theirs)
    {
        var (word, value, low, champion) = rule.Metric switch
        {
            PromotionMetric.Auc => ("AUC", own.Test!.Auc, own.TestIntervals!.Auc.Low, theirs.Test!.Auc),
            PromotionMetric.Brier => ("Brier score", -own.Test!.Brier, -own.TestIntervals!.Brier.High, -theirs.Test!.Brier),
            _ => ("log loss", -own.Test!.LogLoss, -own.TestIntervals!.LogLoss.High, -theirs.Test!.LogLoss),
        };
        var passed = (rule.MustBeSignificant ? low : value) - champion > rule.MinimumGain;
        var sentence = $"{word} {Math.Abs(value):0.00000} (the unfavourable end of its interval is {Math.Abs(low):0.00000}) against the "
            + $"champion's {Math.Abs(champion):0.00000} on {CountedNoun.Of(own.TestLoans!.Loans, "row")}. "
            + (passed ? "Better, as the rule asks."
                : rule.MustBeSignificant
                    ? "The rule asks that the interval lies beyond the champion's value; with the rows at hand the comparison is finer."
                    : "Not better, as the rule asks.");
        return new GateCheck(
            "better",
            passed,
            sentence,
            new Dictionary<string, double>
            {
                ["candidate"] = Math.Abs(value),
                ["champion"] = Math.Abs(champion),
                ["gain"] = value - champion,
                ["minimumGain"] = rule.MinimumGain,
            });
    }

    private static GateCheck Slope(PromotionRule rule, ModelMetrics own)
    {
        var slope = own.Calibration!.Slope!.Value;
        return new GateCheck(
            "calibrationSlope",
            rule.CalibrationSlope.Contains(slope),
            $"Calibration slope {slope:0.000}; {rule.CalibrationSlope.Min:R} to {rule.CalibrationSlope.Max:R} is allowed.",
            new Dictionary<string, double>
            {
                ["slope"] = slope,
                ["smallest"] = rule.CalibrationSlope.Min,
                ["largest"] = rule.CalibrationSlope.Max,
            });
    }

    private static GateCheck Error(PromotionRule rule, ModelMetrics own)
    {
        var (error, limit) = (
            own.Calibration!.ExpectedError!.Value, rule.LargestCalibrationError * own.TestLoans!.Bad / own.TestLoans.Loans);
        return new GateCheck(
            "calibrationError",
            error <= limit,
            $"Expected calibration error {100 * error:0.00} %; {100 * limit:0.00} % is allowed, "
            + $"{rule.LargestCalibrationError:R} of the bad rate.",
            new Dictionary<string, double> { ["error"] = error, ["largest"] = limit });
    }
}
