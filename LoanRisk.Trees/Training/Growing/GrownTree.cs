using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Splitting;

namespace LoanRisk.Trees.Training.Growing;

/// <summary>
/// A tree over bins while it is grown and while scores are updated; <see cref="TreeWriting"/> makes the model's tree of it.
/// </summary>
internal sealed class GrownTree
{
    private readonly List<GrownNode> _nodes = [];
    private readonly List<GrownLeaf> _leaves;

    public GrownTree(double rootOutput, int rows) => _leaves = [new GrownLeaf(-1, rootOutput, 0, rows)];

    public IReadOnlyList<GrownNode> Nodes => _nodes;

    public IReadOnlyList<GrownLeaf> Leaves => _leaves;

    /// <summary>Turns a leaf into a node; the left child keeps the leaf's number, the right one gets the next.</summary>
    public void Split(int leaf, in SplitCandidate split, bool[] goesLeft, double minGain, (int Left, int Right) rows)
    {
        var old = _leaves[leaf];
        var node = _nodes.Count;
        if (old.Parent >= 0)
        {
            var parent = _nodes[old.Parent];
            _nodes[old.Parent] = parent.Left == ~leaf ? parent with { Left = node } : parent with { Right = node };
        }

        _nodes.Add(new GrownNode(split, goesLeft, ~leaf, ~_leaves.Count, (float)(split.Gain + minGain),
            old.Output, split.Left.Hessian + split.Right.Hessian, rows.Left + rows.Right));
        _leaves[leaf] = new GrownLeaf(node, OrZero(split.Left.Output), split.Left.Hessian, rows.Left);
        _leaves.Add(new GrownLeaf(node, OrZero(split.Right.Output), split.Right.Hessian, rows.Right));
    }

    /// <summary>What the outputs were multiplied with since the bias was added, or at all.</summary>
    public double Shrinkage { get; private set; } = 1;

    /// <summary>Multiplies every output, so that the tree's part of the score is final.</summary>
    public void Shrink(double rate)
    {
        Change(output => output * rate);
        Shrinkage *= rate;
    }

    /// <summary>Adds to every output, as the first tree carries the initial score.</summary>
    public void AddBias(double bias)
    {
        Change(output => output + bias);
        Shrinkage = 1;
    }

    /// <summary>Gives a leaf another output.</summary>
    public void Renew(int leaf, double output) => _leaves[leaf] = _leaves[leaf] with { Output = OrZero(output) };

    /// <summary>The leaf a binned row ends in.</summary>
    public int LeafOf(BinColumns columns, int row)
    {
        var at = _nodes.Count == 0 ? ~0 : 0;
        while (at >= 0)
        {
            var node = _nodes[at];
            at = node.GoesLeft[columns[node.Split.Feature, row]] ? node.Left : node.Right;
        }

        return ~at;
    }

    private void Change(Func<double, double> change)
    {
        for (var i = 0; i < _leaves.Count; i++)
        {
            _leaves[i] = _leaves[i] with { Output = ZeroOrSelf(change(_leaves[i].Output)) };
        }

        for (var i = 0; i < _nodes.Count; i++)
        {
            _nodes[i] = _nodes[i] with { Output = ZeroOrSelf(change(_nodes[i].Output)) };
        }
    }

    private static double ZeroOrSelf(double output) => ZeroBand.Holds(output) ? 0 : output;

    private static double OrZero(double output) => double.IsNaN(output) ? 0 : output;
}

/// <summary>A decision.</summary>
/// <param name="Split">What was found.</param>
/// <param name="GoesLeft">Whether a bin goes left, 256 entries.</param>
/// <param name="Left">Left child: a node, or ~leaf.</param>
/// <param name="Right">Right child: a node, or ~leaf.</param>
/// <param name="Gain">Gain of the split, in single precision as LightGBM keeps it.</param>
/// <param name="Output">Output it had as a leaf.</param>
/// <param name="Hessian">Sum of hessians that reach it.</param>
/// <param name="Rows">Rows that reach it.</param>
internal sealed record GrownNode(
    SplitCandidate Split, bool[] GoesLeft, int Left, int Right, float Gain, double Output, double Hessian, int Rows);

/// <summary>A leaf.</summary>
/// <param name="Parent">Its node; -1 for the root.</param>
/// <param name="Output">Its output.</param>
/// <param name="Hessian">Sum of hessians in it.</param>
/// <param name="Rows">Rows in it.</param>
internal sealed record GrownLeaf(int Parent, double Output, double Hessian, int Rows);
