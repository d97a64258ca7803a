using LoanRisk.Lending;

namespace LoanRisk.Pipeline.Train.Cards;

/// <summary>What was not measured.</summary>
internal static class LimitsSection
{
    public static IEnumerable<string> Of(CardSubject trained) =>
    [
        "## Limits",
        MarkdownLines.Of([
            $"- {PlainFigures.Count(trained.Data.BadRows)} {trained.Noun} {trained.Product.Subject.Many} are all the evidence there is; "
            + "small differences between applicants are within chance.",
            trained.IsOutOfTime
                ? "- The test rows are later than those that were learnt from, by weeks or months and not by years: "
                  + "how the model holds up beyond that is not measured here."
                : "- The test rows are from the same time as the training rows. How the model holds up later is not measured here.",
            "- Values outside the training range and levels that are not listed are scored by their nearest neighbours among the trees "
            + "and flagged; their probabilities are less certain than these measures say.",
            "- Values are taken as stated in the file; nobody checked them.",
            .. trained.Product.Cautions.Select(caution => $"- {caution}")]),
    ];
}
