using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Drift.Samples;

/// <summary>
/// Summarises numbers: all of them are kept up to <see cref="MostExact"/>, and everything about them is exact; from there on they are
/// counted at the points of a <see cref="ValueGrid"/>. Mean, variance and counts are exact always.
/// </summary>
/// <param name="seen">The range of training; null where there is none.</param>
/// <param name="reference">Whose points are counted at; null for those of the first <see cref="MostExact"/> numbers.</param>
internal sealed class NumberSummary(ValueRange? seen, ValueDistribution? reference) : FeatureSummary
{
    /// <summary>Numbers that are kept.</summary>
    public const int MostExact = 100_000;

    private const int Block = 4_096;

    private double[] _block = [];
    private double[] _kept = [];
    private int _keptCount;
    private ValueGrid? _grid;
    private NumberMoments _moments;
    private long _rows;
    private long _unseen;

    public override void Add(ReadOnlySpan<double> values)
    {
        _rows += values.Length;
        for (; values.Length > 0; values = values[Math.Min(Block, values.Length)..])
        {
            AddBlock(values[..Math.Min(Block, values.Length)]);
        }
    }

    public override void Add(FeatureSummary other)
    {
        if (other is not NumberSummary summary)
        {
            throw new ArgumentException("The other summary is not of numbers.", nameof(other));
        }

        if (summary._grid is { } theirs
            && (_grid ??= Fold(theirs.Points)) is var ours
            && !ours.Points.AsSpan().SequenceEqual(theirs.Points))
        {
            throw new ArgumentException("Both summaries count numbers, but at other points.", nameof(other));
        }

        _rows += summary._rows;
        _unseen += summary._unseen;
        _moments = _moments.Plus(summary._moments);
        Keep(summary._kept.AsSpan(0, summary._keptCount));
        if (summary._grid is not null)
        {
            _grid!.Add(summary._grid);
        }
    }

    public override FeatureSample ToSample() =>
        new NumberSample(_rows, _rows - _moments.Count, _unseen, _moments, _grid?.ToDistribution() ?? Sorted());

    private void AddBlock(ReadOnlySpan<double> values)
    {
        if (_block.Length < values.Length)
        {
            _block = new double[values.Length];
        }

        var given = 0;
        foreach (var value in values)
        {
            _block[given] = value;
            given += double.IsNaN(value) ? 0 : 1;
        }

        var numbers = _block.AsSpan(0, given);
        _moments = _moments.Plus(NumberMoments.Of(numbers));
        if (seen is not null)
        {
            foreach (var number in numbers)
            {
                _unseen += number >= seen.Min && number <= seen.Max ? 0 : 1;
            }
        }

        Keep(numbers);
    }

    private void Keep(ReadOnlySpan<double> numbers)
    {
        if (_grid is null && _keptCount + numbers.Length <= MostExact)
        {
            if (_keptCount + numbers.Length > _kept.Length)
            {
                Array.Resize(ref _kept, Math.Clamp(2 * _kept.Length, _keptCount + numbers.Length, MostExact));
            }

            numbers.CopyTo(_kept.AsSpan(_keptCount));
            _keptCount += numbers.Length;
            return;
        }

        _grid ??= Fold(ValueGrid.Along(reference is { Count: > 0 } ? reference : Sorted()));
        foreach (var number in numbers)
        {
            _grid.Add(number);
        }
    }

    private ValueGrid Fold(double[] points)
    {
        var grid = new ValueGrid(points);
        foreach (var number in _kept.AsSpan(0, _keptCount))
        {
            grid.Add(number);
        }

        (_kept, _keptCount) = ([], 0);
        return grid;
    }

    private ValueDistribution Sorted()
    {
        var sorted = _kept.AsSpan(0, _keptCount).ToArray();
        Array.Sort(sorted);
        return ValueDistribution.OfSorted(sorted);
    }
}
