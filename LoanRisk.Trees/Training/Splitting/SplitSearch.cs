using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Histograms;

namespace LoanRisk.Trees.Training.Splitting;

/// <summary>Finds one feature's best split in a leaf.</summary>
internal sealed class SplitSearch(BinnedTable table, TrainingParameters parameters)
{
    private readonly SplitRules _rules = new(parameters);

    /// <summary>The best split of a usable feature, or <see cref="SplitCandidate.None"/>.</summary>
    public SplitCandidate Best(int feature, in LeafSums sums, BinSums histogram)
    {
        var bins = table.Bins[feature];
        var leaf = WithEpsilons(sums);
        var best = bins.IsCategorical
            ? CategoricalScan.Best(_rules, bins.BinCount, leaf, histogram)
            : NumericalScan.Best(_rules, bins, Direction(feature), leaf, histogram);
        return best.Feature < 0 ? best : best with { Feature = feature };
    }

    /// <summary>A scan of the features in half a stripe's lanes at once, or null where this machine or these rules have none.</summary>
    /// <param name="half">Which half.</param>
    /// <param name="features">The feature alone in each lane; -1 for none.</param>
    public NumericalScanAvx2? LaneScan(int half, int[] features)
    {
        FeatureBins?[] bins = [.. features.Select(feature => feature < 0 || table.Bins[feature].IsCategorical
            ? null
            : table.Bins[feature])];
        return NumericalScanAvx2.CanScan(_rules) && bins.Any(own => own is not null) ? new NumericalScanAvx2(_rules, half, bins) : null;
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

        var bins = table.Bins[split.Feature];
        Array.Fill(left, true, 0, split.ThresholdBin + 1);
        var missingBin = bins.Missing switch
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

    /// <summary>A leaf's sums as scans take them: with an epsilon for each side.</summary>
    public static LeafSums WithEpsilons(in LeafSums sums) => sums with { Hessian = sums.Hessian + (2 * LeafMath.Epsilon) };

    private int Direction(int feature) =>
        parameters.MonotoneConstraints.IsEmpty ? 0 : parameters.MonotoneConstraints[table.Features[feature]];
}
