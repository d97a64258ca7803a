using LoanRisk.Trees.Threading;
using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Growing;

namespace LoanRisk.Trees.Training.Boosting;

/// <summary>The raw scores of a table's rows while trees are added.</summary>
internal sealed class RunningScores(BinnedTable binned, int outputs, ParallelOptions threads)
{
    /// <summary>One array an output, one score a row; 0 at first.</summary>
    public double[][] Values { get; } = [.. Enumerable.Range(0, outputs).Select(_ => new double[binned.RowCount])];

    public void Add(int output, double value)
    {
        var scores = Values[output];
        for (var row = 0; row < scores.Length; row++)
        {
            scores[row] += value;
        }
    }

    public void Multiply(int output, double factor)
    {
        var scores = Values[output];
        for (var row = 0; row < scores.Length; row++)
        {
            scores[row] *= factor;
        }
    }

    /// <summary>Adds a tree's outputs to every row.</summary>
    public void Add(int output, GrownTree tree)
    {
        var scores = Values[output];
        RowChunks.ForEach(scores.Length, threads, (from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                scores[row] += tree.Leaves[tree.LeafOf(binned.Columns, row)].Output;
            }
        });
    }

    /// <summary>Adds the outputs of the tree a grower has just grown, whose rows it still knows.</summary>
    public void Add(int output, GrownTree tree, TreeGrower grower, int[] outOfBag)
    {
        var scores = Values[output];
        grower.AddOutputs(tree, scores);
        RowChunks.ForEach(outOfBag.Length, threads, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                scores[outOfBag[i]] += tree.Leaves[tree.LeafOf(binned.Columns, outOfBag[i])].Output;
            }
        });
    }
}
