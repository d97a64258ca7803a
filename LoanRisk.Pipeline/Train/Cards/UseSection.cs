using LoanRisk.Lending.Products;

namespace LoanRisk.Pipeline.Train.Cards;

/// <summary>What the model is for, and what not.</summary>
internal static class UseSection
{
    public static IEnumerable<string> Of(LoanProduct product) =>
    [
        "## What it is for",
        $"To support the decision on an application for {product.Name}: a probability, the reasons behind it, "
        + "and the band of the lender's policy it falls in. "
        + "It is meant for applicants and terms like those in the training file, at about the time and place the file comes from.",
        "## What it must not be used for",
        MarkdownLines.Of(
            $"- Another product, currency than {product.Currency} or country, or another outcome than \"{product.Target.Meaning} "
            + $"{product.Target.Horizon}\". In particular it does not say how much money would be lost.",
            "- The only ground for refusing a person where the law asks for a human decision; "
            + "the refer band and the reasons exist for that.",
            "- Choosing terms by trying values until the answer suits: the model has learnt what went together in the past, "
            + "not what a change would cause.",
            "- Marketing, collection, employment, insurance or any judgement about a person beyond this application.",
            "- Applicants unlike those in the file: it can only hold those who were accepted, "
            + "so nothing was learnt about those who were refused."),
    ];
}
