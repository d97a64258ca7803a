using LoanRisk.Lending.Calibration;
using LoanRisk.Trees;

namespace LoanRisk.Lending.Models;

/// <summary>What a package is made of, beside its manifest.</summary>
/// <param name="Trees">The trees; their features are the product's, in order.</param>
/// <param name="Calibration">Fitted on rows the trees never saw.</param>
/// <param name="Metrics">Text of <c>metrics.json</c>.</param>
/// <param name="Reference">Text of <c>reference.json</c>.</param>
/// <param name="Card">Text of <c>card.md</c>.</param>
public sealed record PackageParts(TreeModel Trees, ProbabilityCalibration Calibration, string Metrics, string Reference, string Card)
{
    /// <summary>The trees as a model of ML.NET's; null when nobody made one.</summary>
    public MLNetModel? MLNet { get; init; }
}
