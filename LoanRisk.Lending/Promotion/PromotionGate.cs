using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Trees;

namespace LoanRisk.Lending.Promotion;

/// <summary>
/// Decides whether a candidate may take the champion's place: it must be better by the product's rule on loans that neither has seen,
/// honest, true to the directions it was grown under, and of a schema that callers of the champion can go on using.
/// </summary>
public static class PromotionGate
{
    /// <summary>Judges a candidate.</summary>
    /// <param name="product">The product, with its <see cref="PromotionRule"/>.</param>
    /// <param name="contest">The model that wants to serve, and the one that does.</param>
    /// <param name="bad">True where a loan turned bad; one for each probability.</param>
    /// <param name="resampling">How intervals are drawn; a seed alone means the usual number of resamples.</param>
    /// <param name="cancellationToken">Stops between resamples.</param>
    /// <returns>The checks, in the order a person reads them; the candidate passes when all pass.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a number is no probability.</exception>
    /// <exception cref="InvalidOperationException">Good or bad loans are missing.</exception>
    public static IReadOnlyList<GateCheck> Judge(
        LoanProduct product, GateContest contest, ReadOnlySpan<bool> bad, Resampling resampling, CancellationToken cancellationToken =
            default)
    {
        var (candidate, champion) = contest;
        var evaluation = ModelEvaluation.Of(candidate.Probabilities, bad, product.Policy, resampling, cancellationToken);
        var better = champion is null
            ? BetterCheck.ThanChance(evaluation)
            : BetterCheck.ThanChampion(
                product.Promotion,
                ModelDifference.Of(candidate.Probabilities, champion.Probabilities, bad, resampling, cancellationToken));
        return
        [
            better,
            CalibrationChecks.Slope(product.Promotion, evaluation.Calibration),
            CalibrationChecks.Error(product.Promotion, evaluation.Calibration),
            .. Form(product, candidate.Trees, candidate.Manifest, champion?.Manifest),
        ];
    }

    /// <summary>The checks that need no loans: directions and schema.</summary>
    /// <param name="product">The product.</param>
    /// <param name="candidate">The model that wants to serve.</param>
    /// <param name="champion">The one that serves; null when there is none.</param>
    public static IReadOnlyList<GateCheck> JudgeForm(LoanProduct product, ModelPackage candidate, ModelPackage? champion) =>
        Form(product, candidate.Trees, candidate.Manifest, champion?.Manifest);

    private static GateCheck[] Form(LoanProduct product, TreeModel trees, ModelManifest candidate, ModelManifest? champion) =>
        [MonotoneCheck.Of(product, trees), SchemaCheck.Of(product, candidate, champion)];
}
