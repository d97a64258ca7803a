using System.Runtime.InteropServices;
using LoanRisk.Trees.Threading;
using LoanRisk.Trees.Training.Histograms;
using LoanRisk.Trees.Training.Losses;

namespace LoanRisk.Trees.Training.Growing;

/// <summary>The rows of the leaf whose histogram is filled next, with what is added up of them.</summary>
internal interface ILeafRows
{
    /// <summary>Rows in the leaf.</summary>
    public int Count { get; }

    /// <summary>Starts a tree on these gradients.</summary>
    public void Start(GradientPair[] gradients);

    /// <summary>Takes a leaf's rows.</summary>
    public void Take(RowRun taken);

    /// <summary>The gradients and hessians of the leaf's rows added up.</summary>
    public (double Gradient, double Hessian) Sums();

    /// <summary>Fills a stripe's bins, or with half 0 or 1 the bins of half its lanes; they are overwritten.</summary>
    public void Fill(byte[] stripe, int? half, Span<double> bins);
}

/// <summary>A leaf's rows with their gradients side by side, added up in the order of rows.</summary>
/// <param name="scratch">Room for a gradient pair a row, which nobody else uses until the histogram is filled.</param>
internal sealed class LeafRows(RowPartition partition, WorkerTeam team, int[] scratch) : ILeafRows
{
    private RowRun _run;
    private GradientPair[] _ofTable = [];

    public int Count => _run.Count;

    // With all rows of the table they lie in order as they are.
    private bool IsWholeTable => _run.Count == _ofTable.Length;

    private ReadOnlySpan<int> Rows => partition.Rows(_run);

    private ReadOnlySpan<GradientPair> Gradients => IsWholeTable ? _ofTable : (ReadOnlySpan<GradientPair>)Gathered;

    private Span<GradientPair> Gathered => MemoryMarshal.Cast<int, GradientPair>(scratch.AsSpan(0, 2 * _run.Count));

    public void Start(GradientPair[] gradients) => _ofTable = gradients;

    public void Take(RowRun taken)
    {
        _run = taken;
        if (!IsWholeTable)
        {
            RowRun[] chunks = [.. taken.Cut(RowPartition.ChunkRows)];
            team.Run(chunks.Length, unit => Gather(chunks[unit]));
        }
    }

    public (double Gradient, double Hessian) Sums()
    {
        double gradient = 0;
        double hessian = 0;
        foreach (var pair in Gradients)
        {
            gradient += pair.Gradient;
            hessian += pair.Hessian;
        }

        return (gradient, hessian);
    }

    public void Fill(byte[] stripe, int? half, Span<double> bins)
    {
        StripeSums.Clear(bins, half);
        if (half is { } one)
        {
            StripeKernel.FillHalf(stripe, one, Rows, Gradients, bins);
        }
        else
        {
            StripeKernel.Fill(stripe, Rows, Gradients, bins);
        }
    }

    private void Gather(RowRun chunk)
    {
        var rows = partition.Rows(chunk);
        var into = Gathered.Slice(chunk.Start - _run.Start, rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            into[i] = _ofTable[rows[i]];
        }
    }
}
