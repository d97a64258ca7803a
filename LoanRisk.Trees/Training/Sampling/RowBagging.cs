using LoanRisk.Trees.Training.Losses;

namespace LoanRisk.Trees.Training.Sampling;

/// <summary>
/// Draws the rows a tree is grown on, anew every bagging_freq iterations. Each block of 1,024 rows has a generator of
/// its own, as in LightGBM, so the draw does not depend on threads.
/// </summary>
internal sealed class RowBagging : IRowSample
{
    /// <summary>Rows that share a generator.</summary>
    public const int BlockSize = 1024;

    private readonly float[] _labels;
    private readonly TrainingParameters _parameters;
    private readonly LinearCongruence[] _draws;
    private readonly bool _byClass;

    public RowBagging(TrainingTable table, TrainingParameters parameters, int seed)
    {
        _labels = table.Labels;
        _parameters = parameters;
        _byClass = (parameters.PosBaggingFraction < 1 || parameters.NegBaggingFraction < 1) && _labels.Any(label => label > 0);
        IsOn = parameters.BaggingFreq > 0 && (parameters.BaggingFraction < 1 || _byClass);
        _draws = IsOn ? Generators(_labels.Length, seed) : [];
    }

    /// <summary>Whether rows are drawn at all.</summary>
    public bool IsOn { get; }

    /// <summary>The rows to grow on, ascending; null is every row.</summary>
    public int[]? InBag { get; private set; }

    /// <summary>The other rows, ascending.</summary>
    public int[] OutOfBag { get; private set; } = [];

    /// <summary>One generator a block of rows.</summary>
    public static LinearCongruence[] Generators(int rows, int seed) =>
        [.. Enumerable.Range(0, ((rows - 1) / BlockSize) + 1).Select(block => new LinearCongruence(unchecked(seed + block)))];

    /// <summary>Draws again when the iteration (from 0) asks for it.</summary>
    public void Prepare(int iteration, GradientPair[][] gradients)
    {
        if (!IsOn || iteration % _parameters.BaggingFreq != 0)
        {
            return;
        }

        var inBag = new List<int>(_labels.Length);
        var outOfBag = new List<int>();
        for (var row = 0; row < _labels.Length; row++)
        {
            var taken = _draws[row / BlockSize].NextFraction() < Fraction(_labels[row]);
            (taken ? inBag : outOfBag).Add(row);
        }

        InBag = [.. inBag];
        OutOfBag = [.. outOfBag];
    }

    // NextFraction is a float; LightGBM compares it with the double as it is.
    private double Fraction(float label) => !_byClass ? _parameters.BaggingFraction
        : label > 0 ? _parameters.PosBaggingFraction : _parameters.NegBaggingFraction;
}
