using LoanRisk.Trees;
using Microsoft.ML.Trainers.FastTree;

namespace LoanRisk.MLNet.Reading;

/// <summary>The nodes of a tree while they are read.</summary>
internal sealed class NodeArrays(RegressionTreeBase tree)
{
    private readonly int[] _features = new int[tree.NumberOfNodes];
    private readonly double[] _thresholds = new double[tree.NumberOfNodes];
    private readonly DecisionType[] _decisions = new DecisionType[tree.NumberOfNodes];
    private readonly int[] _left = [.. tree.LeftChild];
    private readonly int[] _right = [.. tree.RightChild];
    private readonly List<int> _boundaries = [0];
    private readonly List<uint> _words = [];

    /// <summary>A number goes left up to the threshold.</summary>
    public void SplitByNumber(int node, int feature, double threshold, bool missingLeft) =>
        (_features[node], _thresholds[node], _decisions[node]) =
            (feature, threshold, DecisionType.Of(categorical: false, missingLeft, MissingType.NaN));

    /// <summary>Categories that go right in ML.NET: LightGBM has them left, so the children change places.</summary>
    public void SplitByCategories(int node, int feature, IEnumerable<int> categories)
    {
        var codes = categories.ToList();
        var words = new uint[(codes.Max() / 32) + 1];
        codes.ForEach(code => words[code >> 5] |= 1u << (code & 31));
        (_features[node], _thresholds[node], _decisions[node]) =
            (feature, _boundaries.Count - 1, DecisionType.Of(categorical: true, defaultLeft: false, MissingType.None));
        _words.AddRange(words);
        _boundaries.Add(_words.Count);
        (_left[node], _right[node]) = (_right[node], _left[node]);
    }

    /// <summary>The tree.</summary>
    public Tree ToTree() => new()
    {
        SplitFeature = [.. _features],
        SplitGain = tree.SplitGains.Count == _features.Length ? [.. tree.SplitGains] : [],
        Threshold = [.. _thresholds],
        DecisionType = [.. _decisions],
        LeftChild = [.. _left],
        RightChild = [.. _right],
        LeafValue = [.. tree.LeafValues],
        CategoryBoundaries = _boundaries.Count > 1 ? [.. _boundaries] : [],
        CategoryBits = [.. _words],
    };
}
