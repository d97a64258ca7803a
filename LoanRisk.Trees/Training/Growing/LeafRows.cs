using System.Runtime.InteropServices;
using LoanRisk.Trees.Training.Histograms;
using LoanRisk.Trees.Training.Threading;

namespace LoanRisk.Trees.Training.Growing;

/// <summary>The rows of the leaf whose histogram is filled next, with their gradients side by side.</summary>
/// <param name="scratch">Room for a gradient pair a row, which nobody else uses until the histogram is filled.</param>
internal sealed class LeafRows(RowPartition partition, WorkerTeam team, int[] scratch)
{
    private RowRun run;
    private GradientPair[]? inOrder;

    public int Count => run.Count;

    public ReadOnlySpan<int> Rows => partition.Rows(run);

    /// <summary>One pair a row, in the order of <see cref="Rows"/>.</summary>
    public ReadOnlySpan<GradientPair> Gradients => inOrder is null ? Gathered : (ReadOnlySpan<GradientPair>)inOrder;

    private Span<GradientPair> Gathered => MemoryMarshal.Cast<int, GradientPair>(scratch.AsSpan(0, 2 * run.Count));

    /// <summary>Takes a leaf's rows and gathers their gradients; with all rows of the table they lie in order as they are.</summary>
    public void Take(RowRun taken, GradientPair[] gradients)
    {
        run = taken;
        inOrder = taken.Count == gradients.Length ? gradients : null;
        if (inOrder is null)
        {
            RowRun[] chunks = [.. taken.Cut(RowPartition.ChunkRows)];
            team.Run(chunks.Length, unit => Gather(chunks[unit], gradients));
        }
    }

    /// <summary>The gradients and hessians added up row by row.</summary>
    public (double Gradient, double Hessian) Sums()
    {
        double gradient = 0;
        double hessian = 0;
        foreach (GradientPair pair in Gradients)
        {
            gradient += pair.Gradient;
            hessian += pair.Hessian;
        }

        return (gradient, hessian);
    }

    private void Gather(RowRun chunk, GradientPair[] gradients)
    {
        ReadOnlySpan<int> rows = partition.Rows(chunk);
        Span<GradientPair> into = Gathered.Slice(chunk.Start - run.Start, rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            into[i] = gradients[rows[i]];
        }
    }
}
