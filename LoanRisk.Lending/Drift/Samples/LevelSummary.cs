namespace LoanRisk.Lending.Drift.Samples;

/// <summary>Counts levels; always exact.</summary>
internal sealed class LevelSummary(int levels) : FeatureSummary
{
    private readonly long[] _counts = new long[levels + 1];
    private long _rows;

    public override void Add(ReadOnlySpan<double> values)
    {
        _rows += values.Length;
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                _counts[(int)Math.Min(value, _counts.Length - 1)]++;
            }
        }
    }

    public override void Add(FeatureSummary other)
    {
        if (other is not LevelSummary summary || summary._counts.Length != _counts.Length)
        {
            throw new ArgumentException("The other summary is of other levels.", nameof(other));
        }

        _rows += summary._rows;
        for (var level = 0; level < _counts.Length; level++)
        {
            _counts[level] += summary._counts[level];
        }
    }

    public override FeatureSample ToSample() => new LevelSample(_rows, _rows - _counts.Sum(), [.. _counts]);
}
