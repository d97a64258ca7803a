namespace LoanRisk.Trees.Training;

/// <summary>How the rows of a tree are drawn: LightGBM's <c>data_sample_strategy</c>.</summary>
public enum DataSampleStrategy
{
    /// <summary>At random, anew every bagging_freq iterations; all rows when that is 0.</summary>
    Bagging,

    /// <summary>Rows with large gradients, and a random part of the others which then count for all of them (Ke et al. 2017).</summary>
    Goss,
}
