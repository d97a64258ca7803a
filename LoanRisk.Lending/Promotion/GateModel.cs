using LoanRisk.Lending.Models;
using LoanRisk.Trees;

namespace LoanRisk.Lending.Promotion;

/// <summary>A model as the gate sees it.</summary>
/// <param name="Manifest">What it was trained for.</param>
/// <param name="Trees">Its trees, with the directions they were grown under.</param>
/// <param name="Probabilities">Its calibrated probabilities of the common unseen loans, in their order.</param>
public sealed record GateModel(ModelManifest Manifest, TreeModel Trees, double[] Probabilities)
{
    /// <summary>A package and what it says of the common unseen loans.</summary>
    public static GateModel Of(ModelPackage package, double[] probabilities) => new(package.Manifest, package.Trees, probabilities);
}
