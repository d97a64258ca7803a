using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Histograms;

namespace LoanRisk.Trees.Training.Splitting;

/// <summary>Finds one feature's best split in a leaf.</summary>
internal sealed class SplitSearch(BinnedTable table, TrainingParameters parameters)
{
    private readonly SplitRules rules = new(parameters);

    /// <summary>The best split of a usable feature, or <see cref="SplitCandidate.None"/>.</summary>
    public SplitCandidate Best(int feature, in LeafSums sums, BinSums histogram)
    {
        FeatureBins bins = table.Bins[feature];
        LeafSums leaf = sums with { Hessian = sums.Hessian + (2 * LeafMath.Epsilon) };
        SplitCandidate best = bins.IsCategorical
            ? CategoricalScan.Best(rules, bins.BinCount, leaf, histogram)
            : NumericalScan.Best(rules, bins, Direction(feature), leaf, histogram);
        return best.Feature < 0 ? best : best with { Feature = feature };
    }

    /// <summary>Whether each bin of a split's feature goes left.</summary>
    public bool[] GoesLeft(in SplitCandidate split)
    {
        var left = new bool[256];
        if (split.LeftBins is { } categories)
        {
            Array.ForEach(categories, bin => left[bin] = true);
            return left;
        }

        FeatureBins bins = table.Bins[split.Feature];
        Array.Fill(left, true, 0, split.ThresholdBin + 1);
        int missingBin = bins.Missing switch
        {
            MissingType.NaN => bins.BinCount - 1,
            MissingType.Zero => bins.ZeroBin,
            _ => -1,
        };
        if (missingBin >= 0)
        {
            left[missingBin] = split.DefaultLeft;
        }

        return left;
    }

    private int Direction(int feature) => parameters.MonotoneConstraints.IsEmpty ? 0 : parameters.MonotoneConstraints[table.Features[feature]];
}
