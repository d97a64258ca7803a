using LoanRisk.Lending.Products;

namespace LoanRisk.Pipeline.Train.Cards;

/// <summary>What is known about groups of people.</summary>
internal static class FairnessSection
{
    public static IEnumerable<string> Of(LoanProduct product)
    {
        yield return "## Fairness";
        yield return product.FairnessAttributes.Count == 0
            ? "The product file names no attribute for fairness tests, so no comparison between groups of people has been made. "
              + "That the model sees no such attribute does not prove that it treats groups alike: other "
              + "features can stand in for it. Test it before relying on it where the law asks for equal treatment."
            : $"Kept for tests and not used by the model: {string.Join(", ", product.FairnessAttributes)}. "
              + "No comparison between groups is part of this card yet.";
        if (product.Features.Where(f => f.Protected).Select(f => f.Label).ToList() is { Count: > 0 } prohibited)
        {
            yield return $"The model does use {string.Join(", ", prohibited)}, which the product file marks as protected: "
                + "in many places the law forbids to decide about credit by them. "
                + "Do not put this model into service for real applicants without legal advice; where it must not see them, "
                + "take these features out of the product file and train again.";
        }
    }
}
