using System.Runtime.Intrinsics;
using LoanRisk.Trees.Explaining.Plain;
using LoanRisk.Trees.Explaining.SmallTrees;
using LoanRisk.Trees.Scoring;
using LoanRisk.Trees.Scoring.Plain;

namespace LoanRisk.Trees.Explaining;

/// <summary>What explaining is done with for each <see cref="ScoringKernel"/>.</summary>
internal static class TreeShapKernels
{
    /// <summary>Lays a sound model out.</summary>
    /// <exception cref="InvalidOperationException">A tree with splits has no row counts.</exception>
    public static ITreeShap Of(TreeModel model, PlainForest forest, ScoringKernel kernel) =>
        (kernel == ScoringKernel.Plain ? null : SmallTreeShap.Of(model, forest, kernel)) is { } tables ? tables
        : kernel == ScoringKernel.Avx2 ? new QuadratureShap<Vector256<double>, ShapLanesAvx2>(model, forest)
        : kernel == ScoringKernel.Portable ? new QuadratureShap<Vector128<double>, ShapLanesVector128>(model, forest)
        : new PlainTreeShap(model, forest);
}
