using LoanRisk.Lending.Drift.Samples;

namespace LoanRisk.Lending.Drift;

/// <summary>Takes in the rows of a sample, block by block, and keeps what a comparison needs: memory does not grow with the rows.</summary>
public sealed class SampleSummary
{
    private readonly FeatureSummary[] _features;

    /// <summary>An empty one.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="reference">What it will be compared with, where that is known; one a column.</param>
    public SampleSummary(IReadOnlyList<DriftColumn> columns, IReadOnlyList<FeatureSample>? reference = null) =>
        _features = [.. columns.Select((c, i) => FeatureSummary.Of(c, reference?[i]))];

    /// <summary>Takes in a block of rows.</summary>
    /// <param name="columns">One array a column, as a feature row has the values.</param>
    /// <param name="rows">How many rows of them count.</param>
    public void Add(IReadOnlyList<double[]> columns, int rows)
    {
        for (var f = 0; f < _features.Length; f++)
        {
            _features[f].Add(columns[f].AsSpan(0, rows));
        }
    }

    /// <summary>Takes in all that another summary has; it must count at the same points.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public void Add(SampleSummary other)
    {
        for (var f = 0; f < _features.Length; f++)
        {
            _features[f].Add(other._features[f]);
        }
    }

    /// <summary>The sample, one a column.</summary>
    public IReadOnlyList<FeatureSample> ToSamples() => [.. _features.Select(f => f.ToSample())];
}
