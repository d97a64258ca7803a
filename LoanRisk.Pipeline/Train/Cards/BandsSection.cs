using LoanRisk.Lending;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Figures;

namespace LoanRisk.Pipeline.Train.Cards;

/// <summary>What the policy would do with the test rows.</summary>
internal static class BandsSection
{
    public static IEnumerable<string> Of(LoanProduct product, BandReport bands) =>
    [
        "## What the policy would do",
        $"Policy version {product.Policy.Version} on the test rows, knock-out rules aside:",
        MarkdownLines.Of(
            $"| Band | Probability | Rows | Share | {product.Target.Noun} |", "|---|---|---:|---:|---:|",
            Row("Approve", $"below {Limit(bands.ApproveBelow)}", bands.Approve),
            Row("Refer to an officer", $"{Limit(bands.ApproveBelow)} to {Limit(bands.DeclineFrom)}", bands.Refer),
            Row("Decline", $"from {Limit(bands.DeclineFrom)}", bands.Decline)),
    ];

    private static string Limit(double limit) => PercentText.OfLimit(limit) + " %";

    private static string Row(string name, string range, Band band) =>
        $"| {name} | {range} | {PlainFigures.Count(band.Loans)} | {PlainFigures.Percent(band.Share)} | "
        + $"{(band.BadRate is { } rate ? PlainFigures.Percent(rate) : "no rows")} |";
}
