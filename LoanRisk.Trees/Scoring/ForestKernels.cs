using LoanRisk.Trees.Layout;
using LoanRisk.Trees.Scoring.Batch;
using LoanRisk.Trees.Scoring.Plain;
using LoanRisk.Trees.Scoring.SingleRow;

namespace LoanRisk.Trees.Scoring;

/// <summary>How one model is scored: what a <see cref="ScoringKernel"/> came to for it.</summary>
/// <param name="Kernel">The kernel asked for.</param>
/// <param name="Row">Scores single rows.</param>
/// <param name="Block">Scores batches.</param>
internal sealed record ForestKernels(ScoringKernel Kernel, IRowKernel Row, IBlockKernel Block)
{
    /// <summary>Lays a sound model out for a kernel.</summary>
    public static ForestKernels Of(TreeModel model, PlainForest plain, ScoringKernel kernel)
    {
        var ranked = kernel == ScoringKernel.Plain ? null : RankedForestBuilder.Build(model);
        if (ranked is null)
        {
            return new(kernel, plain, plain);
        }

        var isAvx2 = kernel == ScoringKernel.Avx2;
        var row = RowKernel(ranked, isAvx2) ?? plain;
        var program = BlendProgram.Of(ranked);
        IBlockKernel block = program is null ? new RowByRow(row, model.FeatureCount, model.OutputCount)
            : isAvx2 ? new ByteBlendAvx2(ranked, program, model.OutputCount)
            : new ByteBlendVector128(ranked, program, model.OutputCount);
        return new(kernel, row, block);
    }

    private static IRowKernel? RowKernel(RankedForest ranked, bool isAvx2) => isAvx2
        ? DecisionBitsAvx2.Of(ranked) ?? DecisionChainsAvx2.Of(ranked) ?? (IRowKernel?)WalkScalar.Of(ranked, new(ranked.Numbers))
        : WalkScalar.Of(ranked, null);
}
