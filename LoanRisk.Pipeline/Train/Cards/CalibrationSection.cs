using LoanRisk.Lending;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Pipeline.Figures;

namespace LoanRisk.Pipeline.Train.Cards;

/// <summary>How honest the probabilities are.</summary>
internal static class CalibrationSection
{
    public static IEnumerable<string> Of(CalibrationReport calibration) =>
    [
        "## Can the probability be taken at its word",
        $"Calibration: {calibration.Chosen}, with the lowest Brier score on the rows for the choice "
        + $"({string.Join(", ", calibration.BrierOnChoiceRows!.Select(b => $"{b.Key} {b.Value:0.000000}"))}). "
        + $"On the test rows slope {PlainFigures.Fine(calibration.Slope!.Value)} (1 is perfect), "
        + $"intercept {PlainFigures.Fine(calibration.Intercept!.Value)} (0 is perfect), "
        + $"mean distance between predicted and observed {PlainFigures.FinePercent(calibration.ExpectedError!.Value)}."
        + (calibration.BrierOnChoiceRows!.ContainsKey("isotonic")
            ? ""
            : " Isotonic regression did not take part: it needs "
              + $"{CountedNoun.Of(CalibrationChoice.IsotonicNeeds, "row")} of each outcome."),
        MarkdownLines.Of([
            "| Tenth, from the safest | Rows | Predicted | Observed |", "|---:|---:|---:|---:|",
            .. calibration.Bins!.Select(
                (b, i) => $"| {i + 1} | {PlainFigures.Count(b.Loans)} | {PlainFigures.FinePercent(b.Predicted)} "
                    + $"| {PlainFigures.FinePercent(b.Observed)} |")]),
    ];
}
