using LoanRisk.Lending.Models;
using LoanRisk.Pipeline.Train.Trees;

namespace LoanRisk.Pipeline.Train.Cards;

/// <summary>What the trainer was told.</summary>
internal static class ParametersSection
{
    public static IEnumerable<string> Of(TrainingFacts facts) =>
    [
        "## Training parameters",
        "Under LightGBM's names: "
        + string.Join(
            ", ",
            facts.Parameters.Where(p => p.Key != TreeRecipes.TrainerParameter)
                .OrderBy(p => p.Key, StringComparer.Ordinal)
                .Select(p => $"`{p.Key}={p.Value}`"))
        + ".",
    ];
}
