using LoanRisk.Lending;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Pipeline.Train.Trees;

namespace LoanRisk.Pipeline.Train.Cards;

/// <summary>Which rows served what.</summary>
internal static class RowsSection
{
    public static IEnumerable<string> Of(CardSubject trained)
    {
        var rows = trained.Metrics.Rows!;
        return
        [
            "## Which rows served what",
            MarkdownLines.Of(
                $"| Part | Rows | {trained.Noun} |", "|---|---:|---:|",
                Part("Trees", rows.Trees!),
                Part("Early stopping of the trees", rows.EarlyStopping!),
                Part("Fitting the calibrations", rows.Calibration!),
                Part("Choosing the calibration", rows.Choice!),
                Part("Test: reported measures only", rows.Test!),
                Part("All", rows.All!)),
            "The parts share no row. "
            + (trained.IsOutOfTime
                ? "The test rows are the newest, later than all others, so that"
                : "The test rows were chosen by a hash of what they say, so that")
            + " no other seed, search or earlier model of this schema learned from them either; "
            + "the seed dealt the others, outcome by outcome. Directions were chosen by cross-validation without the test rows. "
            + $"The {CrossValidation.FoldCount}-fold figure below comes from other models on all rows, dealt in file order.",
        ];
    }

    private static string Part(string name, PartSize size) =>
        $"| {name} | {PlainFigures.Count(size.Loans)} | {PlainFigures.Count(size.Bad)} |";
}
